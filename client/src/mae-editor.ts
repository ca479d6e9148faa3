import * as vscode from 'vscode';
import { COMMANDS } from './command-ids.ts';

/** Of texts that stand in no file: designs, on one side of a diff. */
export const DESIGN_SCHEME = 'mae-det-design';

/** Whether a document is a file of ours, and not a design that only a diff shows. */
export const isMaeFile = ({ languageId, uri }: vscode.TextDocument): boolean =>
  languageId === 'mae' && uri.scheme !== DESIGN_SCHEME;

/** The editor that a command means: the one in front, or the only one on screen. */
export function maeEditor(): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  if (active !== undefined && isMaeFile(active.document)) return active;
  const visible = vscode.window.visibleTextEditors.filter((e) => isMaeFile(e.document));
  return visible.length === 1 ? visible[0] : undefined;
}

/** The files of our language that stand in a tab, on screen or behind another. */
export function openFiles(): vscode.TextDocument[] {
  const inTabs = new Set(
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])),
  );
  return vscode.workspace.textDocuments.filter((d) => isMaeFile(d) && inTabs.has(d.uri.toString()));
}

/** What a command needs a file for. */
export interface FileQuestion {
  /** Asks which of several. */
  readonly which: string;
  /** Says that there is none. */
  readonly none: string;
}

/**
 * The file that a command means. Where the one in front is none of ours, a person chooses among those that are open;
 * where none is open, the message leads to an example, and the answer is undefined.
 */
export async function maeFile({ which, none }: FileQuestion): Promise<vscode.TextDocument | undefined> {
  const front = maeEditor()?.document;
  if (front !== undefined) return front;
  const open = openFiles();
  if (open.length <= 1) return open[0] ?? sayNeeded(none);
  const items = open.map((document) => ({ label: vscode.workspace.asRelativePath(document.uri), document }));
  return (await vscode.window.showQuickPick(items, { title: which }))?.document;
}

async function sayNeeded(none: string): Promise<undefined> {
  const [example, create] = [vscode.l10n.t('Open an Example'), vscode.l10n.t('New Backbone File')];
  const pressed = await vscode.window.showInformationMessage(none, example, create);
  if (pressed === example) await vscode.commands.executeCommand(COMMANDS.openExample);
  if (pressed === create) await vscode.commands.executeCommand(COMMANDS.newFile);
}
