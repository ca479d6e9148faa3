import { runSearch } from '../../server/src/search/node/run-search.ts';
import { WorkerPool } from '../../server/src/search/node/worker-pool.ts';
import { r50Task } from './search-arbitrary.ts';

/** A process to be killed: it searches without end, and says which processes work for it. */
const pool = new WorkerPool(new URL('../../server/src/search/node/worker.ts', import.meta.url));
let told = false;
await runSearch(
  { ...r50Task, evaluations: 1e9, workers: 2 },
  {
    pool,
    onProgress: () => {
      if (!told) console.log(pool.pids.join(' '));
      told = true;
    },
  },
);
