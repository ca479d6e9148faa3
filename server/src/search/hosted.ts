import { CheckpointFile, loadCheckpoint } from './checkpoint-file.ts';
import { planOf } from './evolve/plan.ts';
import type { Host } from './host.ts';
import { type SearchHooks, type SearchInside, search } from './run.ts';
import { isMeasured, isResult, type SearchProblem, type SearchResult, type SearchTask } from './task.ts';
import { withProfiles } from './watched.ts';

export interface HostedOptions extends SearchHooks {
  /** File to which the state is written now and then, and when the search ends or is cancelled. */
  readonly checkpoint?: string;
  /** Seconds between two checkpoints. */
  readonly checkpointEvery?: number;
  /** Checkpoint to continue from; it must be of the same task. */
  readonly resume?: string;
}

const CHECKPOINT_SECONDS = 5;

/**
 * Runs a search with the workers and the files of a host, to its end, to the abort of its signal, or to a problem.
 * Never throws for what the task can be at fault for.
 */
export async function hostedSearch(
  asked: SearchTask,
  host: Host,
  options: HostedOptions,
): Promise<SearchResult | SearchProblem> {
  const task = withProfiles(asked);
  const { checkpoint, checkpointEvery = CHECKPOINT_SECONDS, resume, ...hooks } = options;
  const inside: { -readonly [K in keyof SearchInside]: SearchInside[K] } = { ...hooks };
  if (resume !== undefined) {
    const reading = loadCheckpoint(host.files, resume, task);
    if ('wrong' in reading) {
      const message = `The checkpoint ${resume} cannot be used: ${reading.wrong}.`;
      return { kind: 'problem', code: 'bad-checkpoint', file: resume, message };
    }
    inside.resume = reading.state;
  }
  const file = checkpoint === undefined ? undefined : new CheckpointFile(host, checkpoint, task, checkpointEvery);
  if (file?.problem !== undefined) return file.problem;
  const unsaved = new AbortController();
  if (file !== undefined) {
    inside.signal = AbortSignal.any([unsaved.signal, ...(hooks.signal === undefined ? [] : [hooks.signal])]);
    inside.onState = (state) => {
      file.offer(state);
      if (file.problem !== undefined) unsaved.abort();
    };
  }
  // What is measured is bred in this thread.
  const executor = isMeasured(task) ? undefined : host.hire(workersFor(task));
  if (executor !== undefined) inside.executor = executor;
  try {
    const outcome = await search(task, host.clock, inside);
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
