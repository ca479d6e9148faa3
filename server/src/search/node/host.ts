import { readBounded } from '../../files/read-bounded.ts';
import { writable, writeWhole } from '../../files/write-whole.ts';
import type { Clock, Files, Host } from '../host.ts';
import { PoolExecutor } from '../workers/pool-executor.ts';
import type { WorkerPool } from './worker-pool.ts';

/** More than the largest population and front of a checkpoint come to. */
const MOST_BYTES = 256_000_000;

const CLOCK: Clock = {
  now: () => performance.now(),
  later: (run, ms) => void setTimeout(run, ms),
};

const FILES: Files = {
  refusal: (file) => {
    const found = writable(file);
    if (found.kind === 'not') return found.why;
    return found.kind === 'stream' ? 'it is no regular file' : undefined;
  },
  write: (file, text) => {
    const writing = writeWhole(file, text);
    return writing.ok ? undefined : writing.why;
  },
  read: (file) => readBounded(file, MOST_BYTES),
};

/** Node as the host of searches. Their work is done by the processes of a pool; without one it is done in this thread. */
export const nodeHost = (pool?: WorkerPool): Host => ({
  clock: CLOCK,
  files: FILES,
  hire: (workers) => (pool === undefined ? undefined : new PoolExecutor(pool, workers)),
});
