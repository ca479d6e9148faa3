import { type HostedOptions, hostedSearch } from '../hosted.ts';
import { type SearchInside, search as searchBy } from '../run.ts';
import type { SearchProblem, SearchResult, SearchTask } from '../task.ts';
import { nodeHost } from './host.ts';
import type { WorkerPool } from './worker-pool.ts';

export interface RunOptions extends HostedOptions {
  /** Whose workers do it; without them the search runs here. */
  readonly pool?: WorkerPool | undefined;
}

/** Runs a search in this program, or by the processes of a pool; see `hostedSearch`. */
export const runSearch = (
  task: SearchTask,
  { pool, ...options }: RunOptions = {},
): Promise<SearchResult | SearchProblem> => hostedSearch(task, nodeHost(pool), options);

/** The search by Node's clock alone: no files, and no workers but those that are handed in. */
export const search = (task: SearchTask, inside: SearchInside = {}): Promise<SearchResult | SearchProblem> =>
  searchBy(task, nodeHost().clock, inside);
