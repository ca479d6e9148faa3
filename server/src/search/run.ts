import { Epochs } from './epochs.ts';
import { founded } from './evolve/island.ts';
import { type Plan, planOf } from './evolve/plan.ts';
import {
  type Certificate,
  type Executor,
  Interrupted,
  type IslandState,
  type Proof,
  type ProofJob,
  WorkFailure,
} from './executor.ts';
import type { Clock } from './host.ts';
import { localExecutor } from './local-executor.ts';
import { measuredExecutor } from './measured/executor.ts';
import type { Scorer } from './measured/scorer.ts';
import { type Prepared, prepare } from './model/prepare.ts';
import { effortsOf } from './proof/prove.ts';
import { Reporter } from './report.ts';
import {
  isMeasured,
  type SearchProblem,
  type SearchProgress,
  type SearchResult,
  type SearchTask,
  type Stopped,
} from './task.ts';

/** What a caller listens to. Progress comes at most five times a second. */
export interface SearchHooks {
  readonly onProgress?: (progress: SearchProgress) => void;
  readonly signal?: AbortSignal;
  /** Asked between two epochs: while its promise is pending the search is paused. Pauses count as no time. */
  readonly gate?: () => Promise<void> | undefined;
  /** Measures designs, where the task's score is measured. */
  readonly scorer?: Scorer;
  /** How many different designs of the final population the result names; none when left out. */
  readonly leaders?: number;
}

/** How long a search that is told to stop waits for the epoch that runs (ms). Some 10 are usual; a worker may hang. */
const EPOCH_GRACE = 1000;

/** A search between two epochs. */
export interface SearchState {
  readonly epoch: number;
  readonly islands: readonly IslandState[];
  /** Seconds spent before, when the search was resumed. */
  readonly seconds: number;
}

export interface SearchInside extends SearchHooks {
  readonly executor?: Executor;
  readonly resume?: SearchState;
  /** Told after every epoch; it decides itself what it writes down. */
  readonly onState?: (state: SearchState) => void;
}

/**
 * Runs a search to its end, to the abort of its signal, or to a problem. Islands evolve in epochs; between two, each
 * gets the best design of its neighbour. What stops it is looked at where all have done an epoch, in the order of their
 * numbers, so that the answer depends on nothing but the task.
 */
export async function search(
  task: SearchTask,
  clock: Clock,
  inside: SearchInside,
): Promise<SearchResult | SearchProblem> {
  const prepared = prepare(task);
  if (prepared.kind === 'problem') return prepared;
  const plan = planOf(task);
  const executor = executorFor(prepared, clock, inside);
  if (executor === undefined) return NO_SCORER;
  const report = new Reporter(prepared, clock, inside.resume?.seconds ?? 0);
  let certificate: Certificate | undefined;
  const certified = executor.certify(task).then((found) => {
    certificate = found;
  });
  // A failure shows where the certificate is awaited.
  certified.catch(() => undefined);
  let epoch = inside.resume?.epoch ?? 0;
  let islands =
    inside.resume?.islands ?? Array.from({ length: plan.islands }, (_, index) => founded(task, prepared.genes, index));
  // What had stopped when its checkpoint was written has stopped: its islands are only read.
  let stopped = inside.resume === undefined ? undefined : reasonToStop(task, plan, islands, report, undefined);
  const { signal } = inside;
  const goesOn = (): boolean => signal?.aborted !== true && inside.gate?.() === undefined;
  const epochs = new Epochs(task, plan, executor, goesOn);
  try {
    if (stopped !== undefined) islands = await epochs.unchanged(islands);
    while (stopped === undefined) {
      await report.idle(inside.gate?.());
      const settle = epoch === plan.strategy.settling;
      // The relaxation is solved while the islands are in the epochs before.
      if (settle) await unlessAborted(certified, clock, signal);
      // Without its settlers the epoch would be another one.
      if (settle && certificate === undefined && signal?.aborted) {
        stopped = 'cancelled';
        break;
      }
      const next = epochs.next(islands, epoch, settle ? certificate?.designs : undefined);
      // What measures ends by itself, and says what it had.
      const evolved = isMeasured(task) ? await next : await unlessAborted(next, clock, signal, EPOCH_GRACE);
      if (evolved === undefined) {
        stopped = 'cancelled';
        break;
      }
      islands = evolved;
      epoch += 1;
      stopped = reasonToStop(task, plan, islands, report, signal);
      inside.onState?.({ epoch, islands, seconds: report.seconds });
      report.progress(islands, certificate, inside.onProgress);
    }
    // Nobody who stops a search, or gives it little time, waits for more than the bound that there is.
    if (stopped !== 'cancelled') await unlessAborted(certified, clock, signal);
    if (certificate !== undefined && (stopped === 'done' || stopped === 'plateau'))
      certificate = await proven(task, certificate, executor, report, islands, clock, inside);
    const result = report.result(islands, certificate, stopped, inside.leaders);
    return stopped === 'cancelled' ? result : (unheld(task, result) ?? result);
  } catch (error) {
    if (!(error instanceof WorkFailure)) throw error;
    // Measurements are dear: what they found is not lost.
    if (islands.some((i) => i.measured !== undefined)) {
      const ended = error instanceof Interrupted ? 'cancelled' : 'failed';
      const result = report.result(islands, certificate, ended, inside.leaders);
      return ended === 'failed' ? { ...result, failure: error.message } : result;
    }
    if (error instanceof Interrupted) return { kind: 'problem', code: 'cancelled', message: error.message };
    if (isMeasured(task)) return { kind: 'problem', code: 'measuring-failed', message: error.message };
    return { kind: 'problem', code: 'worker-failed', message: `The search's workers failed: ${error.message}` };
  } finally {
    if (inside.executor === undefined) await executor.close();
  }
}

/**
 * Looks for a proof that the best design is the best there is, with growing effort until there is one. A design that was
 * found on the way is what the next attempt begins with.
 */
async function proven(
  task: SearchTask,
  certificate: Certificate,
  executor: Executor,
  report: Reporter,
  islands: readonly IslandState[],
  clock: Clock,
  { signal, onProgress }: SearchInside,
): Promise<Certificate> {
  let known: Certificate | Proof = certificate;
  let best = report.bestGenes(islands);
  for (const effort of effortsOf(task)) {
    const seconds = (task.timeLimit ?? Infinity) - report.seconds;
    if (signal?.aborted === true || seconds <= 0) break;
    const job: ProofJob = { task, certificate: known, best, effort, ...(seconds < Infinity ? { seconds } : {}) };
    // Who works in this thread ends by itself, with what it has.
    const grace = executor.parallel ? 0 : EPOCH_GRACE;
    const attempt: Proof | undefined = await unlessAborted(executor.prove(job, signal), clock, signal, grace);
    if (attempt === undefined) break;
    known = attempt;
    best = attempt.best;
    if (attempt.proven) break;
    report.progress(islands, known, onProgress);
  }
  return keepsItsOwn(task) ? own(known, report.bestGenes(islands)) : known;
}

/** Whoever asks for the paper's rules wants to see what these find: a better design then only tells how far they came. */
const keepsItsOwn = ({ algorithm, prove }: SearchTask): boolean => algorithm === 'paper' && prove !== true;

/** What is proven of a design, or of how far it is from the best. */
function own({ bound, designs, prices, ...proof }: Certificate | Proof, best: Int32Array): Certificate | Proof {
  const certificate = { bound, designs, prices };
  return 'best' in proof && proof.best.join() === best.join() ? { ...certificate, ...proof } : certificate;
}

/** Undefined for a search that has to measure and has nothing to do it with. */
function executorFor(
  { model }: Prepared,
  clock: Clock,
  { executor, scorer, signal }: SearchInside,
): Executor | undefined {
  if (!isMeasured(model.task)) return executor ?? localExecutor(clock);
  return scorer === undefined ? undefined : measuredExecutor(model, scorer, signal);
}

const NO_SCORER: SearchProblem = {
  kind: 'problem',
  code: 'measuring-failed',
  message: 'The objective zen-measured needs a measuring process, and there is none here.',
};

/** What comes of a promise; nothing when the signal is aborted and it takes longer than so many milliseconds. */
async function unlessAborted<T>(
  promise: Promise<T>,
  clock: Clock,
  signal: AbortSignal | undefined,
  graceMs = 0,
): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const stop = (): void => clock.later(() => late.resolve(undefined), graceMs);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function reasonToStop(
  task: SearchTask,
  plan: Plan,
  islands: readonly IslandState[],
  report: Reporter,
  signal: AbortSignal | undefined,
): Stopped | undefined {
  if (islands.every((i) => i.exhausted || i.evaluations >= plan.quota)) return 'done';
  if (signal?.aborted) return 'cancelled';
  if (task.timeLimit !== undefined && report.seconds >= task.timeLimit) return 'time';
  const { plateau } = task;
  const since = islands.reduce((sum, i) => sum + i.evaluations - i.improvedAt, 0);
  return plateau !== undefined && since >= plateau ? 'plateau' : undefined;
}

/** When a cost is minimised: the score that no design was found to hold. */
function unheld(task: SearchTask, { score: best }: SearchResult): SearchProblem | undefined {
  if (task.goal.kind !== 'minimise' || best >= task.goal.score) return undefined;
  const { score } = task.goal;
  const within = task.budget.limits.length === 0 ? '' : ` within budget ${task.budget.name}`;
  const message =
    `No design${within} was found to hold a score of ${score}: the best has ${best.toFixed(1)}. ` +
    'Hold a lower score, or allow the designs more.';
  return { kind: 'problem', code: 'score-impossible', score, best, message };
}
