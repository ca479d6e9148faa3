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
  const rebased = chosen === copy ? null : await rebase(server, document, found.backboneText);
  if (rebased === null || document.version !== rebased.version) {
    await vscode.env.clipboard.writeText(found.backboneText);
    if (chosen === copy) return;
    const gone = vscode.l10n.t('The backbone is no longer in the file. The design was copied instead.');
    await vscode.window.showWarningMessage(gone);
  } else if (chosen === apply) await applyEdits(document, rebased.edits);
  else await showDiff(document, rebased.text);
}

/** Writes a design into a file as it is now. Answers with what to say of it. */
export async function applyDesign(server: LanguageServer, uri: vscode.Uri, text: string): Promise<string> {
  const document = await vscode.workspace.openTextDocument(uri);
  const rebased = await rebase(server, document, text);
  if (rebased === null) return vscode.l10n.t('The backbone is no longer in the file.');
  if (rebased.edits.length === 0) return vscode.l10n.t('The file has this design already.');
  const applied = document.version === rebased.version && (await applyEdits(document, rebased.edits));
  return applied
    ? vscode.l10n.t('Applied to {0}.', vscode.workspace.asRelativePath(uri))
    : vscode.l10n.t('The file changed meanwhile: try again.');
}

/** Opens the editor's own diff of a file against the file with a design. Answers only where that cannot be. */
export async function showDesignDiff(
  server: LanguageServer,
  uri: vscode.Uri,
  text: string,
): Promise<string | undefined> {
  const document = await vscode.workspace.openTextDocument(uri);
  const rebased = await rebase(server, document, text);
  if (rebased === null) return vscode.l10n.t('The backbone is no longer in the file.');
  await showDiff(document, rebased.text);
  return undefined;
}

function rebase(server: LanguageServer, document: vscode.TextDocument, backboneText: string): Promise<RebaseAnswer> {
  const params: RebaseParams = { uri: document.uri.toString(), backboneText };
  return server.client.sendRequest<RebaseAnswer>(REBASE_REQUEST, params);
}

async function showDiff(document: vscode.TextDocument, proposed: string): Promise<void> {
  const right = await vscode.workspace.openTextDocument({ language: 'mae', content: proposed });
  await vscode.commands.executeCommand('vscode.diff', document.uri, right.uri, vscode.l10n.t('Search result'));
}
