import * as vscode from 'vscode';
import {
  SEARCH_ADVICE_REQUEST,
  type SearchAdviceAnswer,
  type SearchTargetsParams,
} from '../../server/src/server/protocol.ts';
import { applyEdits } from './applied-edit.ts';
import { fileName } from './dashboard/file-label.ts';
import type { LanguageServer } from './language-server.ts';
import { sendRequest } from './messages.ts';
import { reveal, showRange } from './reveal.ts';

type Advice = NonNullable<SearchAdviceAnswer>;

/** A file has nothing to search: says why, with the way to the error, or with a search that can be written. */
export async function adviseSearch(server: LanguageServer, document: vscode.TextDocument): Promise<void> {
  const params: SearchTargetsParams = { uri: document.uri.toString() };
  const advice = await sendRequest(server.client, SEARCH_ADVICE_REQUEST, params);
  if (advice === null) return;
  const { error, offers } = advice;
  const showLine = vscode.l10n.t('Show Line');
  const write =
    advice.reason === 'no-budget' ? vscode.l10n.t('Write Budget and Search') : vscode.l10n.t('Write Search');
  const choices = error !== undefined ? [showLine] : offers.length > 0 ? [write] : [];
  const chosen = await vscode.window.showWarningMessage(reasonOf(advice, fileName(params.uri)), ...choices);
  if (chosen === showLine && error !== undefined) await showRange(document.uri, error.range);
  else if (chosen === write) await writeSearch(document, advice);
}

function reasonOf({ reason, error }: Advice, name: string): string {
  switch (reason) {
    case 'error':
      return vscode.l10n.t(
        '{0} cannot be searched: line {1}: {2}',
        name,
        (error?.range.start.line ?? 0) + 1,
        error?.message ?? '',
      );
    case 'no-backbone':
      return vscode.l10n.t('{0} has no backbone to search from.', name);
    case 'no-budget':
      return vscode.l10n.t('{0} has no budget to search within.', name);
    case 'no-search':
      return vscode.l10n.t('{0} does not say which backbone to search within which budget.', name);
  }
}

/** Writes the only search there is to write, or the one that is chosen, and shows it. */
async function writeSearch(document: vscode.TextDocument, { offers, version }: Advice): Promise<void> {
  const items = offers.map((offer) => ({
    label: vscode.l10n.t('{0} within {1}', offer.backbone, offer.budget),
    offer,
  }));
  const placeHolder = vscode.l10n.t('Which search?');
  const picked = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { placeHolder });
  if (picked === undefined) return;
  const { edits } = picked.offer;
  const applied = document.version === version ? await applyEdits(document, edits) : undefined;
  if (applied === undefined) {
    const name = fileName(document.uri.toString());
    await vscode.window.showWarningMessage(vscode.l10n.t('{0} changed meanwhile: try again.', name));
    return;
  }
  const end = document.positionAt(document.getText().length);
  await reveal(document.uri, { selection: new vscode.Range(end, end) });
}
