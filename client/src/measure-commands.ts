import * as vscode from 'vscode';
import { CANCEL_MEASURE_COMMAND, DOCTOR_REQUEST, MEASURE_COMMAND } from '../../server/src/server/protocol.ts';
import { COMMANDS } from './command-ids.ts';
import type { LanguageServer } from './language-server.ts';
import { maeFile } from './mae-editor.ts';
import { sendRequest } from './messages.ts';

/** The commands around measured entropy. What they find shows in lens, hover and status item; popups are for trouble. */
export function measureCommands(server: LanguageServer, log: vscode.LogOutputChannel): vscode.Disposable[] {
  const execute = (command: string, argument?: unknown) =>
    server.client.sendRequest('workspace/executeCommand', {
      command,
      arguments: argument === undefined ? [] : [argument],
    });
  return [
    vscode.commands.registerCommand(COMMANDS.measure, async () => {
      const document = await maeFile({
        which: vscode.l10n.t('Measure which file?'),
        none: vscode.l10n.t('Open a .mae file to measure.'),
      });
      if (document !== undefined) await execute(MEASURE_COMMAND, { uri: document.uri.toString() });
    }),
    vscode.commands.registerCommand(COMMANDS.cancelMeasurement, () => execute(CANCEL_MEASURE_COMMAND)),
    vscode.commands.registerCommand(COMMANDS.doctor, () => doctor(server, log)),
  ];
}

/** Examines the backends and writes what they can do to the log, which is then shown. */
export async function doctor(server: LanguageServer, log: vscode.LogOutputChannel): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('MAE-DET: examining the backends'),
  };
  const { text } = await vscode.window.withProgress(options, () =>
    sendRequest(server.client, DOCTOR_REQUEST, undefined),
  );
  log.info(`\n${text}`);
  log.show();
}
