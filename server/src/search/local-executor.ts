import type { Executor } from './executor.ts';
import { Work } from './work.ts';

/** The executor without workers: each job runs in this thread, and the event loop has its turn between two. */
export function localExecutor(): Executor {
  const work = new Work();
  const turn = <T>(job: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      setTimeout(() => {
        try {
          resolve(job());
        } catch (error) {
          reject(error);
        }
      }, 0);
    });
  return {
    parallel: false,
    evolve: (job) => turn(() => work.evolve(job)),
    certify: (task) => turn(() => work.certify(task)),
    sharpen: (task, certificate, best) => turn(() => work.sharpen(task, certificate, best)),
    close: () => Promise.resolve(),
  };
}
