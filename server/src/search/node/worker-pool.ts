import { type PoolOptions, SearchWorkers } from '../workers/worker-pool.ts';
import { WorkerProcess } from './worker-process.ts';

/** Search workers that are processes. */
export class WorkerPool extends SearchWorkers<WorkerProcess> {
  /** @param entry the worker's script: dist/search-worker.js, or search/node/worker.ts when run from source */
  constructor(entry: URL | string, options: Partial<PoolOptions> = {}) {
    super(() => new WorkerProcess(entry), options);
  }

  /** Process numbers of the workers that live. */
  get pids(): readonly number[] {
    return [...this.all].flatMap((worker) => (worker.alive && worker.pid !== undefined ? [worker.pid] : []));
  }
}
