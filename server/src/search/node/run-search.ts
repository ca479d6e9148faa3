import { planOf } from '../evolve/plan.ts';
import { type SearchHooks, search } from '../run.ts';
import type { SearchProblem, SearchResult, SearchTask } from '../task.ts';
import { WorkerExecutor } from './worker-executor.ts';

export interface RunOptions extends SearchHooks {
  /** The worker's entry: dist/search-worker.js in a bundle, search/worker.ts from source. Without it the search runs here. */
  readonly worker?: URL | string;
  /** File to which the state is written at most every 5 s, and when the search is cancelled. */
  readonly checkpoint?: string;
  /** Checkpoint to continue from; it must be of the same task. */
  readonly resume?: string;
}

/** Runs a search to its end, to the abort of its signal, or to a problem. Never throws for what the task can be at fault for. */
export async function runSearch(task: SearchTask, options: RunOptions = {}): Promise<SearchResult | SearchProblem> {
  const { worker, checkpoint, resume, ...hooks } = options;
  if (worker === undefined) return search(task, hooks);
  const threads = Math.max(1, Math.min(task.workers, planOf(task).islands));
  const executor = new WorkerExecutor(worker, threads);
  try {
    return await search(task, { ...hooks, executor });
  } finally {
    await executor.close();
  }
}
