import * as vscode from 'vscode';
import {
  SEARCH_REQUEST,
  SEARCH_TARGETS_REQUEST,
  type SearchAnswer,
  type SearchParams,
  type SearchTarget,
  type SearchTargetsAnswer,
  type SearchTargetsParams,
} from '../../server/src/server/protocol.ts';
import { COMMANDS } from './command-ids.ts';
import type { SearchRuns } from './dashboard/search-runs.ts';
import type { LanguageServer } from './language-server.ts';
import { maeFile } from './mae-editor.ts';
import { writeBack } from './write-back.ts';

type Target = Pick<SearchTarget, 'kind' | 'id'>;

/**
 * Run MAE-DET Search. From the palette it runs on the active file and asks only when there is a choice; a lens brings
 * its own target.
 */
export async function runSearchCommand(server: LanguageServer, runs: SearchRuns, argument: unknown): Promise<void> {
  const fromLens = isLensArgument(argument) ? argument : undefined;
  const document = await documentOf(fromLens?.uri);
  if (document === undefined) return;
  const target = fromLens ?? (await pickTarget(server, document));
  if (target !== undefined) await search(server, runs, document, target, fromLens?.pareto ?? []);
}

interface LensArgument extends Target {
  readonly uri: string;
  /** The dashboard asks for the front too; its designs are then chosen there. */
  readonly pareto?: readonly string[];
}

function isLensArgument(value: unknown): value is LensArgument {
  if (typeof value !== 'object' || value === null) return false;
  return 'uri' in value && typeof value.uri === 'string' && 'kind' in value && 'id' in value;
}

async function documentOf(uri: string | undefined): Promise<vscode.TextDocument | undefined> {
  if (uri !== undefined) return vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  return maeFile({
    which: vscode.l10n.t('Search from which file?'),
    none: vscode.l10n.t('Open a .mae file to search from.'),
  });
}

async function pickTarget(server: LanguageServer, document: vscode.TextDocument): Promise<Target | undefined> {
  const params: SearchTargetsParams = { uri: document.uri.toString() };
  const targets = await server.client.sendRequest<SearchTargetsAnswer>(SEARCH_TARGETS_REQUEST, params);
  if (targets.length === 0) {
    const message = vscode.l10n.t(
      'This file has nothing to search: it needs a backbone and a budget. Write «budget small {0}» and «within small» in the backbone, or a search block.',
      '{ macs <= 4.4G }',
    );
    await vscode.window.showWarningMessage(message);
    return undefined;
  }
  if (targets.length === 1) return targets[0];
  const items = targets.map((target) => ({ label: target.label, description: target.detail, target }));
  const title = vscode.l10n.t('Run MAE-DET Search');
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('Which search?') });
  return picked?.target;
}

async function search(
  server: LanguageServer,
  runs: SearchRuns,
  document: vscode.TextDocument,
  { kind, id }: Target,
  pareto: readonly string[],
): Promise<void> {
  const cancellation = new vscode.CancellationTokenSource();
  const uri = document.uri.toString();
  const params: SearchParams = {
    uri,
    version: document.version,
    target: { kind, id },
    run: runs.begin(uri, { kind, id }, () => cancellation.cancel()),
    ...(pareto.length > 0 ? { pareto } : {}),
  };
  const answer = await withProgress(server, params, cancellation);
  cancellation.dispose();
  runs.end(params.run, answer);
  if (answer?.kind === 'found' && pareto.length === 0) await writeBack(server, document, answer);
  else if (answer?.kind === 'failed') await showFailure(document, answer);
}

/** What went wrong, with the way to where it can be mended. */
async function showFailure(
  document: vscode.TextDocument,
  { message, range }: Extract<SearchAnswer, { readonly kind: 'failed' }>,
): Promise<void> {
  const show = vscode.l10n.t('Show Line');
  const pressed = await vscode.window.showErrorMessage(message, ...(range === undefined ? [] : [show]));
  if (range === undefined || pressed !== show) return;
  const start = new vscode.Position(range.start.line, range.start.character);
  const end = new vscode.Position(range.end.line, range.end.character);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, end) });
}

/**
 * The search with a notification that shows how it goes and can cancel it, as the dashboard can. Undefined when it was
 * cancelled and no answer came any more.
 */
async function withProgress(
  server: LanguageServer,
  params: SearchParams,
  cancellation: vscode.CancellationTokenSource,
): Promise<SearchAnswer | undefined> {
  const location = vscode.ProgressLocation.Notification;
  const options = { location, title: vscode.l10n.t('MAE-DET search'), cancellable: true };
  const dashboard = `[${vscode.l10n.t('Dashboard')}](command:${COMMANDS.showDashboard})`;
  return vscode.window.withProgress(options, async (progress, byUser) => {
    let done = 0;
    const listeners = [
      byUser.onCancellationRequested(() => cancellation.cancel()),
      server.onSearchProgress(({ run, message, fraction }) => {
        if (run !== params.run) return;
        progress.report({ message: `${message} · ${dashboard}`, increment: (fraction - done) * 100 });
        done = fraction;
      }),
    ];
    try {
      return await server.client.sendRequest<SearchAnswer>(SEARCH_REQUEST, params, cancellation.token);
    } catch (error) {
      if (cancellation.token.isCancellationRequested) return undefined;
      return { kind: 'failed', message: vscode.l10n.t('The search stopped: {0}', String(error)) };
    } finally {
      for (const listener of listeners) listener.dispose();
    }
  });
}
