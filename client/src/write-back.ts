import * as vscode from 'vscode';
import {
  REBASE_REQUEST,
  type RebaseAnswer,
  type RebaseParams,
  type SearchAnswer,
} from '../../server/src/server/protocol.ts';
import type { LanguageServer } from './language-server.ts';

type Found = Extract<SearchAnswer, { kind: 'found' }>;

/** Writes the best design into the document: one undo step, and only into the text that the search saw. */
export async function writeBack(server: LanguageServer, document: vscode.TextDocument, found: Found): Promise<void> {
  if (document.isClosed || document.version !== found.version) return offerChoices(server, document, found);
  if (found.edits.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('The search found nothing better: the file has the best design already. {0}', found.message),
    );
    return;
  }
  if (!(await applyEdits(document, found.edits))) return offerChoices(server, document, found);
  await vscode.window.showInformationMessage(found.message);
}

function applyEdits(document: vscode.TextDocument, edits: Found['edits']): Thenable<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, edits.map(toEdit));
  return vscode.workspace.applyEdit(edit);
}

const toEdit = ({ range, newText }: Found['edits'][number]): vscode.TextEdit =>
  new vscode.TextEdit(
    new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character),
    newText,
  );

/** The text moved on while the search ran: the person decides what becomes of its result. */
async function offerChoices(server: LanguageServer, document: vscode.TextDocument, found: Found): Promise<void> {
  const apply = vscode.l10n.t('Apply');
  const diff = vscode.l10n.t('Diff');
  const copy = vscode.l10n.t('Copy');
  const message = vscode.l10n.t('The file changed while the search ran. {0}', found.message);
  const choices = document.isClosed ? [copy] : [apply, diff, copy];
  const chosen = await vscode.window.showWarningMessage(message, ...choices);
  if (chosen === undefined) return;
  const params: RebaseParams = { uri: document.uri.toString(), backboneText: found.backboneText };
  const rebased = chosen === copy ? null : await server.client.sendRequest<RebaseAnswer>(REBASE_REQUEST, params);
  if (rebased === null || document.version !== rebased.version) {
    await vscode.env.clipboard.writeText(found.backboneText);
    if (chosen === copy) return;
    const gone = vscode.l10n.t('The backbone is no longer in the file. The design was copied instead.');
    await vscode.window.showWarningMessage(gone);
  } else if (chosen === apply) await applyEdits(document, rebased.edits);
  else await showDiff(document, rebased.text);
}

async function showDiff(document: vscode.TextDocument, proposed: string): Promise<void> {
  const right = await vscode.workspace.openTextDocument({ language: 'mae', content: proposed });
  await vscode.commands.executeCommand('vscode.diff', document.uri, right.uri, vscode.l10n.t('Search result'));
}
