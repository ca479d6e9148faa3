import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Parts, registerCommands } from './commands.ts';
import { Compare } from './compare/compare.ts';
import { Dashboard } from './dashboard/dashboard.ts';
import { History } from './dashboard/history.ts';
import { SearchRuns } from './dashboard/search-runs.ts';
import { Designs } from './designs.ts';
import { indentAsSet } from './indentation.ts';
import { LanguageServer, type ServerConnection } from './language-server.ts';
import { LineHints } from './line-hints/line-hints.ts';
import { ModelEditors } from './model/model-editors.ts';
import { Numbers } from './numbers/numbers.ts';
import { watchOpenFiles } from './palette.ts';
import { Picture } from './picture/picture.ts';
import { Status } from './status.ts';

/** What differs between VS Code on the desktop and in a browser. */
export interface ExtensionHost extends ServerConnection {
  /** Commands that need programs or files of the machine. */
  readonly commands: (parts: Parts) => readonly vscode.Disposable[];
}

/** Starts the language server and the parts that only VS Code has. Nothing here waits for the server. */
export function startExtension(context: vscode.ExtensionContext, host: ExtensionHost): void {
  // The parts that the pages share with us know no vscode.
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const log = vscode.window.createOutputChannel('MAE-DET', { log: true });
  const status = new Status();
  const server = new LanguageServer(context, log, status, host);
  const runs = new SearchRuns(server, new History(context.workspaceState));
  const designs = new Designs(server);
  const dashboard = new Dashboard(context, server, runs, designs);
  const picture = new Picture(context, server);
  const numbers = new Numbers(context, server);
  const compare = new Compare(context, server);
  const models = new ModelEditors(context, server);
  const lineHints = new LineHints(server);
  const parts: Parts = { context, server, log, runs, designs, dashboard, picture, numbers, compare, models };
  const { context: _, ...disposed } = parts;
  context.subscriptions.push(
    ...Object.values(disposed),
    status,
    lineHints,
    watchOpenFiles(),
    ...registerCommands(parts),
    ...host.commands(parts),
  );
  indentAsSet(vscode.window.visibleTextEditors);
  void server.start();
}
