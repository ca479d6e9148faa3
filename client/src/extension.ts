import * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { LanguageServer } from './language-server.ts';
import { Status } from './status.ts';

/** Starts the language server and the parts that only VS Code has. Nothing here waits for the server. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('MAE-DET', { log: true });
  const status = new Status();
  const server = new LanguageServer(context, log, status);
  context.subscriptions.push(log, status, server, ...registerCommands(server, log));
  void server.start();
}
