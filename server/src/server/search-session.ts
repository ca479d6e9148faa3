import { availableParallelism } from 'node:os';
import type { CancellationToken } from 'vscode-languageserver';
import { textEdits } from '../features/edit-action.ts';
import { problemText, progressText, resultText, taskOf } from '../features/search-report.ts';
import { resolveRunnable } from '../features/search-targets.ts';
import type { Snapshot } from '../features/snapshot.ts';
import { printBackbone } from '../language/print.ts';
import { rewriteBackbone } from '../language/rewrite.ts';
import { runSearch } from '../search/node/run-search.ts';
import { isResult, type SearchResult } from '../search/task.ts';
import type { SearchAnswer, SearchParams } from './protocol.ts';

/** What a running search tells: a line for people, the share that is done, and the numbers. */
export interface SearchTick {
  readonly message: string;
  readonly fraction: number;
  readonly score: number;
  readonly evaluations: number;
}

export interface SearchRun {
  /** Threads; 0 leaves the choice to us. */
  readonly workers: number;
  readonly token: CancellationToken;
  readonly onTick: (tick: SearchTick) => void;
  readonly onResult: (result: SearchResult) => void;
}

/** Where the bundled worker stands; beside the server's own bundle. */
const WORKER = new URL('./search-worker.js', import.meta.url);

/**
 * Runs one search on a snapshot. Nothing is changed here: the answer holds the edits, bound to the snapshot's version.
 * Problems come back as an answer, so that a client never sees a failed request for what the user can mend.
 */
export async function searchSnapshot(
  snapshot: Snapshot,
  target: SearchParams['target'],
  { workers, token, onTick, onResult }: SearchRun,
): Promise<SearchAnswer> {
  const resolved = resolveRunnable(snapshot, target);
  if (!resolved.ok) return { kind: 'failed', message: resolved.message };
  const { search } = resolved;
  const task = taskOf(search, workers === 0 ? Math.max(1, availableParallelism() - 1) : workers);
  const abort = new AbortController();
  const listener = token.onCancellationRequested(() => abort.abort());
  try {
    const result = await runSearch(task, {
      worker: WORKER,
      signal: abort.signal,
      onProgress: (progress) =>
        onTick({
          message: progressText(progress),
          fraction: Math.min(1, progress.evaluations / task.evaluations),
          score: progress.score,
          evaluations: progress.evaluations,
        }),
    });
    if (!isResult(result)) return { kind: 'failed', message: problemText(result) };
    if (result.stopped === 'cancelled') return { kind: 'cancelled' };
    onResult(result);
    return {
      kind: 'found',
      version: snapshot.document.version,
      edits: textEdits(snapshot, rewriteBackbone(search.backbone.source, result.backbone)),
      message: resultText(search.name, task, result),
      backboneText: printBackbone(result.backbone),
      score: result.score,
    };
  } finally {
    listener.dispose();
  }
}
