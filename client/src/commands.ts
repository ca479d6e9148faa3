import * as vscode from 'vscode';
import { COMMANDS } from './command-ids.ts';
import type { Compare } from './compare/compare.ts';
import type { Dashboard } from './dashboard/dashboard.ts';
import type { SearchRuns } from './dashboard/search-runs.ts';
import type { Designs } from './designs.ts';
import { showGlossary } from './glossary.ts';
import type { LanguageServer } from './language-server.ts';
import { measureCommands } from './measure-commands.ts';
import type { ModelEditors } from './model/model-editors.ts';
import { newFile } from './new-file.ts';
import type { Numbers } from './numbers/numbers.ts';
import type { Picture } from './picture/picture.ts';
import { checkDesignCommand, runSearchCommand } from './search-command.ts';
import { openExample, showDocumentation } from './shipped.ts';

export interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly server: LanguageServer;
  readonly log: vscode.LogOutputChannel;
  readonly runs: SearchRuns;
  readonly designs: Designs;
  readonly dashboard: Dashboard;
  readonly picture: Picture;
  readonly numbers: Numbers;
  readonly compare: Compare;
  readonly models: ModelEditors;
}

/** The commands that every VS Code has, on the desktop and in a browser. */
export function registerCommands({
  context,
  server,
  log,
  runs,
  designs,
  dashboard,
  picture,
  numbers,
  compare,
}: Parts): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand(COMMANDS.runSearch, (target: unknown) =>
      runSearchCommand({ server, runs, designs, fileInFront: () => dashboard.fileInFront }, target),
    ),
    vscode.commands.registerCommand(COMMANDS.checkDesign, (target: unknown) =>
      checkDesignCommand({ server, runs, designs, fileInFront: () => dashboard.fileInFront }, target),
    ),
    vscode.commands.registerCommand(COMMANDS.applyDesign, (shown: unknown) => designs.applyShown(shown)),
    vscode.commands.registerCommand(COMMANDS.newFile, () => newFile(context)),
    vscode.commands.registerCommand(COMMANDS.openExample, () => openExample(context)),
    vscode.commands.registerCommand(COMMANDS.showDocumentation, () => showDocumentation(context)),
    vscode.commands.registerCommand(COMMANDS.showDashboard, () => dashboard.show()),
    vscode.commands.registerCommand(COMMANDS.showPicture, () => picture.show()),
    vscode.commands.registerCommand(COMMANDS.showNumbers, () => numbers.show()),
    vscode.commands.registerCommand(COMMANDS.showGlossary, (entry: unknown) => showGlossary(context, entry)),
    vscode.commands.registerCommand(COMMANDS.exportPicture, () => picture.export()),
    vscode.commands.registerCommand(COMMANDS.compare, () => compare.show()),
    // The explorer gives the file under the pointer, and all that are selected.
    vscode.commands.registerCommand(COMMANDS.compareFiles, (clicked: unknown, selected: unknown) =>
      compare.compareFiles((Array.isArray(selected) ? selected : [clicked]).filter((uri) => uri instanceof vscode.Uri)),
    ),
    vscode.commands.registerCommand(COMMANDS.restart, () => server.restart()),
    vscode.commands.registerCommand(COMMANDS.showLogs, () => log.show()),
    ...measureCommands(server, log),
  ];
}
