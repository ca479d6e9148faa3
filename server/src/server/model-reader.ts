import { Worker } from 'node:worker_threads';
import type { ModelAnswer, ModelTask } from './model-answers.ts';
import type { ModelFault } from './protocol.ts';

/** Where the bundled thread stands; beside the server's own bundle. */
const WORKER = new URL('./model-worker.js', import.meta.url);

export interface Bounds {
  /** What the thread may keep in memory (MB): the largest networks take a tenth of it. */
  readonly memoryMb: number;
  /** The largest networks take a second. */
  readonly timeMs: number;
}

const BOUNDS: Bounds = { memoryMb: 256, timeMs: 30_000 };
/** Objects that are young when they die (MB). */
const YOUNG_MB = 16;

/** Answers what is asked about a model in a thread of its own, so that the server goes on listening. */
export function readModel(
  task: ModelTask,
  signal: AbortSignal,
  bounds: Bounds = BOUNDS,
  program: URL = WORKER,
): Promise<ModelAnswer | ({ readonly kind: 'fault' } & ModelFault)> {
  if (signal.aborted) return Promise.resolve(fault('The reading was cancelled.'));
  return new Promise((resolve) => {
    const worker = new Worker(program, {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: bounds.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    const settle = (answer: ModelAnswer): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      void worker.terminate();
      resolve(answer);
    };
    const cancel = (): void => settle(fault('The reading was cancelled.'));
    const timer = setTimeout(
      () => settle(fault(`Reading it takes longer than ${bounds.timeMs / 1000} seconds.`)),
      bounds.timeMs,
    );
    signal.addEventListener('abort', cancel, { once: true });
    worker.once('message', settle);
    worker.once('error', (error) => settle(fault(reasonFor(error, bounds))));
    worker.once('exit', () => settle(fault('The thread that reads models ended without an answer.')));
  });
}

const fault = (message: string): { readonly kind: 'fault'; readonly message: string } => ({ kind: 'fault', message });

const reasonFor = (error: Error, { memoryMb }: Bounds): string =>
  'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? `Reading it takes more than ${memoryMb} MB.`
    : `It could not be read: ${error.message}`;
