import type { Clock, Files, Host } from '../host.ts';
import { PoolExecutor } from '../workers/pool-executor.ts';
import type { SearchWorkers } from '../workers/worker-pool.ts';

export const CLOCK: Clock = {
  now: () => performance.now(),
  later: (run, ms) => void setTimeout(run, ms),
};

const NO_FILES = 'a browser has no files';
const FILES: Files = {
  refusal: () => NO_FILES,
  write: () => NO_FILES,
  read: () => ({ wrong: NO_FILES }),
};

/** A browser's worker as the host of searches. */
export const webHost = (workers: SearchWorkers): Host => ({
  clock: CLOCK,
  files: FILES,
  hire: (count) => new PoolExecutor(workers, count),
});
