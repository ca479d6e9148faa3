import { SEARCH_WORKER } from '../answers/search-workers.ts';
import { runSearch } from '../search/node/run-search.ts';
import { WorkerPool } from '../search/node/worker-pool.ts';
import { isCancelled, type SearchTask } from '../search/task.ts';
import { outcomeOf, type SweepOutcome } from '../sweep/outcome.ts';
import { spread } from '../sweep/spread.ts';

/** So many searches at once, each by a process of its own; what they come to, in the order of the plan. */
export async function sweepHere(
  tasks: readonly SearchTask[],
  workers: number,
  signal: AbortSignal,
  onOutcome: (outcome: SweepOutcome) => void,
): Promise<SweepOutcome[]> {
  const outcomes: SweepOutcome[] = [];
  const pool = new WorkerPool(SEARCH_WORKER, { warm: workers });
  try {
    await spread(
      tasks,
      workers,
      async (task, index) => {
        const found = await runSearch(task, { pool, signal });
        // Half a search is no answer: another machine would have come further.
        if (isCancelled(found)) return;
        const outcome = outcomeOf(index, found);
        outcomes.push(outcome);
        onOutcome(outcome);
      },
      signal,
    );
  } finally {
    pool.close();
  }
  return outcomes.toSorted((a, b) => a.index - b.index);
}
