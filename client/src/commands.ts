import * as vscode from 'vscode';
import { COMMANDS } from './command-ids.ts';
import type { LanguageServer } from './language-server.ts';
import { runSearchCommand } from './search-command.ts';

/** Every command of the extension. */
export function registerCommands(server: LanguageServer, log: vscode.LogOutputChannel): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand(COMMANDS.runSearch, (argument: unknown) => runSearchCommand(server, argument)),
    vscode.commands.registerCommand(COMMANDS.restart, () => server.restart()),
    vscode.commands.registerCommand(COMMANDS.showLogs, () => log.show()),
  ];
}
