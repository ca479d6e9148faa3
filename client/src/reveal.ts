import * as vscode from 'vscode';
import type { Range } from 'vscode-languageclient';
import { fileName } from './dashboard/file-label.ts';

/**
 * Shows a file where it is already, else beside the views: nothing is ever written into a file that nobody sees. Says so
 * where it cannot be opened, as when it was deleted.
 */
export async function reveal(
  uri: vscode.Uri,
  options: Pick<vscode.TextDocumentShowOptions, 'preserveFocus' | 'selection'> = {},
): Promise<vscode.TextDocument | undefined> {
  const place = { ...options, viewColumn: columnOf(uri), preview: false };
  try {
    return (await vscode.window.showTextDocument(uri, place)).document;
  } catch {
    const name = fileName(uri.toString());
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} cannot be opened: it may have been moved or deleted.', name),
    );
    return undefined;
  }
}

/** Goes to a place of a file. */
export async function showRange(uri: vscode.Uri, { start, end }: Range): Promise<void> {
  await reveal(uri, { selection: new vscode.Range(start.line, start.character, end.line, end.character) });
}

/** The column of a file, or one whose front is no view. */
export function columnOf(uri: vscode.Uri): vscode.ViewColumn {
  const groups = vscode.window.tabGroups.all;
  const own = groups.find(({ tabs }) => tabs.some((tab) => holds(tab, uri)));
  const free = groups.find(({ activeTab }) => !(activeTab?.input instanceof vscode.TabInputWebview));
  return (own ?? free)?.viewColumn ?? vscode.ViewColumn.Beside;
}

/** Whether a person has the file open. */
export const isOpen = (uri: vscode.Uri): boolean =>
  vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => holds(tab, uri)));

function holds({ input }: vscode.Tab, uri: vscode.Uri): boolean {
  const shown = input instanceof vscode.TabInputText ? [input.uri] : [];
  const both = input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : shown;
  return both.some((one) => one.toString() === uri.toString());
}
