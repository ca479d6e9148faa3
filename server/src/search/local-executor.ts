import type { Executor } from './executor.ts';
import type { Clock } from './host.ts';
import { Work } from './work.ts';

/** The executor without workers: each job runs in this thread, and the event loop has its turn between two. */
export function localExecutor(clock: Clock): Executor {
  const work = new Work(clock);
  const turn = <T>(job: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      clock.later(() => {
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
    prove: async (job, signal) => {
      const attempt = work.prove(job);
      for (;;) {
        const step = await turn(() => attempt.next(signal?.aborted === true));
        if (step.done === true) return step.value;
      }
    },
    close: () => Promise.resolve(),
  };
}
