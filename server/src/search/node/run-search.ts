import { planOf } from '../evolve/plan.ts';
import { type SearchHooks, type SearchInside, search } from '../run.ts';
import { isMeasured, isResult, type SearchProblem, type SearchResult, type SearchTask } from '../task.ts';
import { CheckpointFile, loadCheckpoint } from './checkpoint-file.ts';
import { ProcessExecutor } from './process-executor.ts';
import type { WorkerPool } from './worker-pool.ts';

export interface RunOptions extends SearchHooks {
  /** Whose workers do it; without them the search runs here. */
  readonly pool?: WorkerPool | undefined;
  /** File to which the state is written now and then, and when the search ends or is cancelled. */
  readonly checkpoint?: string;
  /** Seconds between two checkpoints. */
  readonly checkpointEvery?: number;
  /** Checkpoint to continue from; it must be of the same task. */
  readonly resume?: string;
}

const CHECKPOINT_SECONDS = 5;

/** Runs a search to its end, to the abort of its signal, or to a problem. Never throws for what the task can be at fault for. */
export async function runSearch(task: SearchTask, options: RunOptions = {}): Promise<SearchResult | SearchProblem> {
  const { pool, checkpoint, checkpointEvery = CHECKPOINT_SECONDS, resume, ...hooks } = options;
  const inside: { -readonly [K in keyof SearchInside]: SearchInside[K] } = { ...hooks };
  if (resume !== undefined) {
    const reading = loadCheckpoint(resume, task);
    if ('wrong' in reading) {
      const message = `The checkpoint ${resume} cannot be used: ${reading.wrong}.`;
      return { kind: 'problem', code: 'bad-checkpoint', file: resume, message };
    }
    inside.resume = reading.state;
  }
  const file = checkpoint === undefined ? undefined : new CheckpointFile(checkpoint, task, checkpointEvery);
  if (file?.problem !== undefined) return file.problem;
  const unsaved = new AbortController();
  if (file !== undefined) {
    inside.signal = AbortSignal.any([unsaved.signal, ...(hooks.signal === undefined ? [] : [hooks.signal])]);
    inside.onState = (state) => {
      file.offer(state);
      if (file.problem !== undefined) unsaved.abort();
    };
  }
  const executor = pool === undefined || isMeasured(task) ? undefined : new ProcessExecutor(pool, workersFor(task));
  if (executor !== undefined) inside.executor = executor;
  try {
    const outcome = await search(task, inside);
    file?.flush();
    return file?.problem === undefined ? outcome : unsavedOutcome(outcome, file.problem);
  } finally {
    await executor?.close();
  }
}

/** A search that cannot be saved ends instead of running on; the best so far is not lost. */
const unsavedOutcome = (outcome: SearchResult | SearchProblem, problem: SearchProblem): SearchResult | SearchProblem =>
  isResult(outcome) ? { ...outcome, stopped: 'failed', failure: problem.message } : outcome;

/** No more workers than there are islands to evolve. */
const workersFor = (task: SearchTask): number => Math.max(1, Math.min(task.workers, planOf(task).islands));
