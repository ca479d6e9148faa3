import type { Backbone } from '../backbone/backbone.ts';
import { isCostName } from '../cost/budget.ts';
import { designEdits } from '../features/design-edits.ts';
import { deviceCosts } from '../features/device-costs.ts';
import { textEdits } from '../features/edit-action.ts';
import { type ShownTask, shownProgress, shownSummary, shownTask } from '../features/search-design.ts';
import { faultSpan } from '../features/search-fault.ts';
import { doneShare, problemText, progressText, resultText, taskOf } from '../features/search-report.ts';
import { type ReadySearch, resolveRunnable } from '../features/search-targets.ts';
import { rangeOf, type Snapshot } from '../features/snapshot.ts';
import type { Scorer } from '../search/measured/scorer.ts';
import { isMeasured, isResult, type SearchProblem, type SearchResult, type SearchTask } from '../search/task.ts';
import type { Gate } from './gate.ts';
import type { ServerHost } from './host.ts';
import type { SearchAnswer, SearchParams, SearchProgressParams } from './protocol.ts';

/** What a running search tells: a line for people, the share that is done, and the numbers. */
export type SearchTick = Omit<SearchProgressParams, 'run'>;

export interface SearchRun {
  /** Workers; 0 leaves the choice to the host. */
  readonly workers: number;
  readonly host: Pick<ServerHost, 'search' | 'workers'>;
  readonly signal: AbortSignal;
  /** What measures designs, or why nothing may. */
  readonly scorerFor: (task: SearchTask) => Scorer | string;
  /** Pauses the search; a cancelled search leaves through it. */
  readonly gate?: Gate;
  /** Costs of the front that is kept. */
  readonly pareto?: readonly string[];
  /** Instead of the one in the text. */
  readonly seed?: number;
  /** Instead of what the text says. */
  readonly prove?: boolean;
  /** Nothing evolves: is the design in the text the best? */
  readonly check?: boolean;
  readonly onStart?: (task: ShownTask) => void;
  /** Keeps a design that is told of; gives its id. */
  readonly keep: (design: Backbone) => string;
  readonly onTick: (tick: SearchTick) => void;
  readonly onResult: (task: SearchTask, result: SearchResult) => void;
}

/**
 * Runs one search on a snapshot. Nothing is changed here: the answer holds the edits, bound to the snapshot's version.
 * Problems come back as an answer, so that a client never sees a failed request for what the user can mend.
 */
export async function searchSnapshot(
  snapshot: Snapshot,
  target: SearchParams['target'],
  {
    workers,
    host,
    signal,
    scorerFor,
    gate,
    pareto = [],
    seed,
    prove,
    check,
    keep,
    onStart,
    onTick,
    onResult,
  }: SearchRun,
): Promise<SearchAnswer> {
  const written = [
    ...(seed === undefined ? [] : [['seed', seed] as const]),
    ...(prove === undefined ? [] : [['prove', prove ? 'yes' : 'no'] as const]),
    ...(check === true
      ? ([
          ['evaluations', 1],
          ['prove', 'yes'],
        ] as const)
      : []),
  ];
  const resolved = resolveRunnable(snapshot, target, written);
  if (!resolved.ok) {
    const { fault, message, cause } = resolved;
    if (fault !== undefined) return failedAt(snapshot, fault.search, fault.problem);
    return { kind: 'failed', message, ...(cause === undefined ? {} : { range: rangeOf(snapshot, cause.span) }) };
  }
  const { search } = resolved;
  const costs = pareto.filter(isCostName);
  const task = {
    ...taskOf(search, workers === 0 ? host.workers : workers),
    ...(costs.length > 0 ? { pareto: costs } : {}),
  };
  const scorer = isMeasured(task) ? scorerFor(task) : undefined;
  if (typeof scorer === 'string') return { kind: 'failed', message: scorer };
  if (signal.aborted) return { kind: 'cancelled' };
  // A paused search is cancelled too.
  signal.addEventListener('abort', () => gate?.open(), { once: true });
  const showing = { keep, devices: deviceCosts(snapshot.design) };
  const shown = onStart === undefined ? undefined : shownTask(search.name, task, showing);
  if (shown !== undefined) {
    // Measured here it costs the search nothing: its scorer remembers it.
    const start = await scorer?.score([task.start], signal);
    if (start !== undefined && start.kind !== 'scored') return start;
    onStart?.({ ...shown, start: { ...shown.start, score: start?.scores[0] ?? shown.start.score } });
  }
  const result = await host.search(task, {
    signal,
    gate: () => (signal.aborted ? undefined : gate?.wait()),
    ...(scorer === undefined ? {} : { scorer }),
    onProgress: (progress) =>
      onTick({
        message: progressText(progress, task),
        fraction: doneShare(progress, task),
        ...shownProgress(progress, showing),
      }),
  });
  if (!isResult(result) && result.code === 'cancelled') return { kind: 'cancelled' };
  if (!isResult(result)) return failedAt(snapshot, search, result);
  if (result.stopped === 'cancelled') return { kind: 'cancelled', summary: shownSummary(result, showing) };
  onResult(task, result);
  return {
    kind: 'found',
    version: snapshot.document.version,
    edits: textEdits(snapshot, designEdits(snapshot.design, search.backbone.source, result.backbone)),
    message: resultText(search.name, task, result),
    summary: shownSummary(result, showing),
  };
}

function failedAt(snapshot: Snapshot, search: ReadySearch, problem: SearchProblem): SearchAnswer {
  const span = faultSpan(search, problem);
  const place = span === undefined ? {} : { range: rangeOf(snapshot, span) };
  return { kind: 'failed', message: problemText(problem), ...place };
}
