import * as vscode from 'vscode';
import { COMMANDS } from '../src/command-ids.ts';
import { startExtension } from '../src/start-extension.ts';
import { serverWorker } from './server-worker.ts';
import { shippedDocuments } from './shipped-documents.ts';

/** Commands that start programs, or read and write files of the machine; package.json hides them behind this key. */
const DESKTOP_ONLY = ['exportDesign', 'importModel', 'improveModel', 'makeProfile', 'installCuda'] as const;
const IN_BROWSER = 'mae-det.inBrowser';

/** The extension in a browser. */
export function activate(context: vscode.ExtensionContext): void {
  void vscode.commands.executeCommand('setContext', IN_BROWSER, true);
  startExtension(context, { connect: serverWorker, commands: () => DESKTOP_ONLY.map(refused) });
  context.subscriptions.push(shippedDocuments(context));
}

/** Before the extension has started the palette still has them. */
const refused = (name: (typeof DESKTOP_ONLY)[number]): vscode.Disposable =>
  vscode.commands.registerCommand(COMMANDS[name], () =>
    vscode.window.showInformationMessage(
      vscode.l10n.t('This needs programs or files of the machine: open the folder in VS Code on the desktop.'),
    ),
  );
