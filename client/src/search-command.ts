import * as vscode from 'vscode';
import {
  isSearchTargetKind,
  SEARCH_REQUEST,
  SEARCH_TARGETS_REQUEST,
  type SearchAnswer,
  type SearchParams,
  type SearchTarget,
  type SearchTargetsParams,
} from '../../server/src/server/protocol.ts';
import { COMMANDS } from './command-ids.ts';
import { digestOf } from './dashboard/digest.ts';
import type { SearchRuns } from './dashboard/search-runs.ts';
import { nextSeed, type Searched } from './dashboard/state.ts';
import type { Designs } from './designs.ts';
import type { LanguageServer } from './language-server.ts';
import { maeFile } from './mae-editor.ts';
import { sendRequest } from './messages.ts';
import { reveal } from './reveal.ts';
import { adviseSearch } from './search-advice.ts';
import { tellKnown, tellResult } from './search-result.ts';

type Target = Pick<SearchTarget, 'kind' | 'id'>;

/** What searching takes. */
export interface SearchParts {
  readonly server: LanguageServer;
  readonly runs: SearchRuns;
  readonly designs: Designs;
  /** The file of the dashboard, when that is in front. */
  readonly fileInFront: () => string | undefined;
}

/** What a lens or the dashboard asks for. */
interface Wanted {
  readonly uri?: string;
  readonly target?: Target;
  /** The dashboard asks for the front too; its designs are then chosen there. */
  readonly pareto: readonly string[];
  /** Instead of the seed in the text. */
  readonly seed?: number;
  /** Whatever the text says of a proof. */
  readonly prove?: boolean;
  /** Though its answer is known. */
  readonly again?: boolean;
  /** The text before and after stand side by side at the end. */
  readonly diff?: boolean;
  /** Whether the design in the text is the best is asked, and nothing is written. */
  readonly check?: boolean;
}

/**
 * Run MAE-DET Search. From the palette it runs on the active file and asks only when there is a choice; a lens brings
 * its own target.
 */
export const runSearchCommand = (parts: SearchParts, argument: unknown): Promise<void> =>
  searchWanted(parts, wantedBy(argument));

/** Check Whether a Design Is the Best: the same search with nothing evolved, to its proof; the answer is told, not written. */
export const checkDesignCommand = (parts: SearchParts, argument: unknown): Promise<void> =>
  searchWanted(parts, { ...wantedBy(argument), check: true });

async function searchWanted(parts: SearchParts, wanted: Wanted): Promise<void> {
  const uri = wanted.uri ?? parts.fileInFront() ?? (await askFile());
  if (uri === undefined) return;
  // Whoever searches sees the file that the design will be written into.
  const document = await reveal(vscode.Uri.parse(uri), { preserveFocus: true });
  if (document === undefined) return;
  const target = wanted.target ?? (await pickTarget(parts.server, document));
  if (target !== undefined) await search(parts, document, target, wanted);
}

async function askFile(): Promise<string | undefined> {
  const which = vscode.l10n.t('Search from which file?');
  const none = vscode.l10n.t('Open a .mae file to search from.');
  return (await maeFile({ which, none }))?.uri.toString();
}

function wantedBy(value: unknown): Wanted {
  if (typeof value !== 'object' || value === null) return { pareto: [] };
  const uri = 'uri' in value && typeof value.uri === 'string' ? { uri: value.uri } : {};
  const pareto = 'pareto' in value && Array.isArray(value.pareto) ? value.pareto.map(String) : [];
  const flag = (name: 'prove' | 'diff') => (Reflect.get(value, name) === true ? { [name]: true } : {});
  const wanted = { ...uri, pareto, ...flag('prove'), ...flag('diff') };
  if (!('kind' in value && 'id' in value) || typeof value.id !== 'string') return wanted;
  const { id, kind } = value;
  return isSearchTargetKind(kind) ? { ...wanted, target: { kind, id } } : wanted;
}

async function pickTarget(server: LanguageServer, document: vscode.TextDocument): Promise<Target | undefined> {
  const params: SearchTargetsParams = { uri: document.uri.toString() };
  const targets = await sendRequest(server.client, SEARCH_TARGETS_REQUEST, params);
  if (targets.length === 0) {
    await adviseSearch(server, document);
    return undefined;
  }
  if (targets.length === 1) return targets[0];
  const items = targets.map((target) => ({ label: target.label, description: target.detail, target }));
  const title = vscode.l10n.t('Run MAE-DET Search');
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('Which search?') });
  return picked?.target;
}

async function search(
  parts: SearchParts,
  document: vscode.TextDocument,
  { kind, id }: Target,
  wanted: Wanted,
): Promise<void> {
  const { server, runs } = parts;
  const { pareto, seed, prove, check } = wanted;
  const uri = document.uri.toString();
  const text = document.getText();
  const given = {
    ...(seed === undefined ? {} : { seed }),
    ...(prove === undefined ? {} : { prove }),
    ...(check === true ? { check } : {}),
  };
  const searched: Searched = { text: digestOf(text), pareto, ...given };
  const about = { uri, target: { kind, id }, searched };
  const known = wanted.again === true || check === true ? undefined : runs.known(about);
  if (known !== undefined) {
    const next = await tellKnown(parts, known, nextSeed(runs.state.runs, known));
    if (next === undefined) return;
    return search(parts, await vscode.workspace.openTextDocument(document.uri), { kind, id }, { ...wanted, ...next });
  }
  const cancellation = new vscode.CancellationTokenSource();
  const run = runs.begin(about, () => cancellation.cancel());
  const params: SearchParams = {
    uri,
    version: document.version,
    target: { kind, id },
    run,
    ...(pareto.length > 0 ? { pareto } : {}),
    ...given,
  };
  let byNotification = false;
  const answer = await withProgress(server, params, cancellation, () => {
    byNotification = true;
  });
  cancellation.dispose();
  runs.end(run, answer);
  const becomes = check === true ? 'told' : pareto.length === 0 ? 'written' : 'kept';
  await tellResult(parts, { run, document, text, answer, byNotification, becomes, diff: wanted.diff === true });
}

/**
 * The search with a notification that shows how it goes and can cancel it, as the dashboard can. Undefined when it was
 * cancelled and no answer came any more.
 */
async function withProgress(
  server: LanguageServer,
  params: SearchParams,
  cancellation: vscode.CancellationTokenSource,
  onCancel: () => void,
): Promise<SearchAnswer | undefined> {
  const location = vscode.ProgressLocation.Notification;
  const title = params.check === true ? vscode.l10n.t('MAE-DET check') : vscode.l10n.t('MAE-DET search');
  const options = { location, title, cancellable: true };
  const dashboard = `[${vscode.l10n.t('Dashboard')}](command:${COMMANDS.showDashboard})`;
  return vscode.window.withProgress(options, async (progress, byUser) => {
    let done = 0;
    const listeners = [
      byUser.onCancellationRequested(() => {
        onCancel();
        cancellation.cancel();
      }),
      server.onSearchProgress(({ run, message, fraction }) => {
        if (run !== params.run) return;
        progress.report({ message: `${message} · ${dashboard}`, increment: (fraction - done) * 100 });
        done = fraction;
      }),
    ];
    try {
      return await sendRequest(server.client, SEARCH_REQUEST, params, cancellation.token);
    } catch (error) {
      if (cancellation.token.isCancellationRequested) return undefined;
      return { kind: 'failed', message: vscode.l10n.t('The search stopped: {0}', String(error)) };
    } finally {
      for (const listener of listeners) listener.dispose();
    }
  });
}
