import * as vscode from 'vscode';
import { COMMANDS } from './command-ids.ts';
import type { Dashboard } from './dashboard/dashboard.ts';
import type { SearchRuns } from './dashboard/search-runs.ts';
import type { LanguageServer } from './language-server.ts';
import { runSearchCommand } from './search-command.ts';

export interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly server: LanguageServer;
  readonly log: vscode.LogOutputChannel;
  readonly runs: SearchRuns;
  readonly dashboard: Dashboard;
}

/** Every command of the extension. */
export function registerCommands({ server, log, runs, dashboard }: Parts): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand(COMMANDS.runSearch, (target: unknown) => runSearchCommand(server, runs, target)),
    vscode.commands.registerCommand(COMMANDS.showDashboard, () => dashboard.show()),
    vscode.commands.registerCommand(COMMANDS.restart, () => server.restart()),
    vscode.commands.registerCommand(COMMANDS.showLogs, () => log.show()),
  ];
}
