import { WorkerPool } from '../search/node/worker-pool.ts';
import type { SearchTask } from '../search/task.ts';

/** Where the bundled worker stands: beside this bundle. */
export const SEARCH_WORKER = new URL('./search-worker.js', import.meta.url);

/** Candidates times groups that are computed here in less time than processes take to start. */
const FEW = 2e6;

/** Runs a search with processes that do its work, where they are worth their start. They are gone afterwards. */
export async function withWorkers<T>(task: SearchTask, run: (pool: WorkerPool | undefined) => Promise<T>): Promise<T> {
  if (task.evaluations * task.start.groups.length <= FEW) return run(undefined);
  const pool = new WorkerPool(SEARCH_WORKER);
  try {
    return await run(pool);
  } finally {
    pool.close();
  }
}
