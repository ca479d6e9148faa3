import * as vscode from 'vscode';
import { fileName } from './dashboard/file-label.ts';
import type { DesignEdit } from './design-edit.ts';
import { reveal } from './reveal.ts';

/** An edit of ours in a document, which can be taken back as long as nothing came after it. */
export interface AppliedEdit {
  readonly document: vscode.TextDocument;
  /** Of the document right after it. */
  readonly version: number;
  /** The text before it. */
  readonly before: string;
}

type Edits = DesignEdit['edits'];

/** Edits a document in one undo step. */
export async function applyEdits(document: vscode.TextDocument, edits: Edits): Promise<AppliedEdit | undefined> {
  const before = document.getText();
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, edits.map(toEdit));
  return (await vscode.workspace.applyEdit(edit)) ? { document, version: document.version, before } : undefined;
}

/** Takes back exactly this edit, or says why not. */
export async function undoEdit({ document, version }: AppliedEdit): Promise<void> {
  if (document.isClosed || document.version !== version) {
    const name = fileName(document.uri.toString());
    await vscode.window.showWarningMessage(
      document.isClosed
        ? vscode.l10n.t('{0} was closed since: there is nothing to undo.', name)
        : vscode.l10n.t('{0} changed since: undo it step by step in the file.', name),
    );
    return;
  }
  await reveal(document.uri);
  await vscode.commands.executeCommand('undo');
}

const toEdit = ({ range, newText }: Edits[number]): vscode.TextEdit =>
  new vscode.TextEdit(
    new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character),
    newText,
  );
