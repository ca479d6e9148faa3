import { parentPort, workerData } from 'node:worker_threads';
import { type DrawTask, drawFailure, runTask } from '../draws.ts';
import type { MeasureFailure } from '../failure.ts';
import type { MeasureRequest } from '../messages.ts';
import { openWasm } from './backends/wasm.ts';

/** Given to a worker at its start. */
export interface WorkerStart {
  /** One shared int: the number of the newest job. A worker whose job is older stops between two layers. */
  readonly newestJob: Int32Array;
}

/** Pool → worker. */
export interface WorkerTask {
  readonly job: number;
  readonly task: DrawTask;
  readonly request: MeasureRequest;
}

/** Worker → pool. */
export type WorkerAnswer =
  | { readonly job: number; readonly task: DrawTask; readonly values: readonly number[] }
  | { readonly job: number; readonly task: DrawTask; readonly failure: MeasureFailure };

/** The body of a draw worker: wasm has one thread per instance, so each worker has an instance of its own. */
export async function runWorker(): Promise<void> {
  const port = parentPort;
  if (port === null) return;
  const { newestJob }: WorkerStart = workerData;
  const opening = openWasm();
  port.on('message', async ({ job, task, request }: WorkerTask) => {
    const answer = (
      outcome: Pick<Extract<WorkerAnswer, { values: unknown }>, 'values'> | { failure: MeasureFailure },
    ) => port.postMessage({ job, task, ...outcome } satisfies WorkerAnswer);
    const opened = await opening;
    if (!opened.ok) return answer({ failure: opened.failure });
    try {
      answer({ values: await runTask(task, request, () => Atomics.load(newestJob, 0) === job) });
    } catch (thrown) {
      const outcome = drawFailure(thrown);
      if (!outcome.ok) answer({ failure: outcome.failure });
    }
  });
}
