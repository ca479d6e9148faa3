import * as vscode from 'vscode';
import { offerAgentTools } from './agents/agent-tools.ts';
import { COMMANDS } from './command-ids.ts';
import { installCuda } from './install-cuda.ts';
import { makeProfile } from './make-profile.ts';
import { doctor } from './measure-commands.ts';
import { serverProcess } from './server-process.ts';
import { startExtension } from './start-extension.ts';

/** The extension on the desktop, and wherever else Node runs. */
export function activate(context: vscode.ExtensionContext): void {
  startExtension(context, {
    connect: serverProcess,
    commands: (_, server, log) => [
      vscode.commands.registerCommand(COMMANDS.makeProfile, (wanted: unknown) => makeProfile(context, wanted)),
      vscode.commands.registerCommand(COMMANDS.installCuda, async () => {
        if (await installCuda(context.globalStorageUri.fsPath, log)) await doctor(server, log);
      }),
      ...offerAgentTools(context),
    ],
  });
}
