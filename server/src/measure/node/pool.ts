import { Worker } from 'node:worker_threads';
import { collect, type Draws, noDraws, tasksOf } from '../draws.ts';
import type { DrawThreads } from '../engine.ts';
import { failed, type Outcome } from '../failure.ts';
import type { MeasureRequest } from '../messages.ts';
import { planBytes } from '../plan.ts';
import type { WorkerAnswer, WorkerStart, WorkerTask } from './worker.ts';

/** What all draws that run side by side may use together. */
const MEMORY_BUDGET = 2 * 1024 ** 3;

/** Wasm memories only grow and hold what was once asked for: about twice the tensors, as the allocator splits blocks. */
const HEAP_PER_TENSOR_BYTE = 2;

/** How many draws may run at once: no more than were asked for, than there are, and than memory allows. */
export function workersFor(requests: readonly MeasureRequest[]): number {
  const perDraw = HEAP_PER_TENSOR_BYTE * Math.max(1, ...requests.map(tensorBytes));
  const affordable = Math.floor(MEMORY_BUDGET / perDraw);
  const wanted = Math.max(...requests.map((request) => request.workers));
  return Math.max(1, Math.min(wanted, tasksOf(requests).length, affordable));
}

/** A Zen-Score has two inputs on their way. */
const tensorBytes = ({ plan, draws, batch, zenDraws, zenBatch }: MeasureRequest): number =>
  Math.max(draws > 0 ? planBytes(plan, batch) : 0, zenDraws > 0 ? 2 * planBytes(plan, zenBatch) : 0);

/** Runs draws in worker threads, each with its own wasm instance. Workers stay for the next job. */
export class DrawPool implements DrawThreads {
  private readonly workers: Worker[] = [];
  private readonly newestJob = new Int32Array(new SharedArrayBuffer(4));
  private readonly program: URL;

  /** @param program the bundle, which runs the worker's body when it is not on the main thread */
  constructor(program: URL) {
    this.program = program;
  }

  /** Stops the running job between two layers. */
  cancel(): void {
    Atomics.add(this.newestJob, 0, 1);
  }

  async run(
    requests: readonly MeasureRequest[],
    progress: (done: number, total: number) => void,
  ): Promise<Outcome<Draws[]>> {
    const job = Atomics.add(this.newestJob, 0, 1) + 1;
    const tasks = tasksOf(requests);
    const results = noDraws(requests);
    const waiting = tasks.values();
    let finished = 0;
    const lanes = Array.from({ length: workersFor(requests) }, async (_, index): Promise<Outcome<undefined>> => {
      for (const task of waiting) {
        const request = requests[task.request];
        if (request === undefined) continue;
        const answer = await this.ask(index, { job, task, request });
        if ('failure' in answer) {
          // The others need not go on; their draws would be thrown away.
          this.cancel();
          return { ok: false, failure: answer.failure };
        }
        collect(results, task, answer.values);
        finished += 1;
        progress(finished, tasks.length);
      }
      return { ok: true, value: undefined };
    });
    const outcomes = await Promise.all(lanes);
    const broken = outcomes.filter((o) => !o.ok);
    // A lane that was stopped because another failed says `cancelled`: the cause is what the user wants to know.
    const cause = broken.find((o) => o.failure.code !== 'cancelled') ?? broken[0];
    if (cause !== undefined) return cause;
    return tasks.length === finished
      ? { ok: true, value: results }
      : failed('cancelled', 'The measurement was cancelled.');
  }

  /** One draw on one worker; a worker that dies answers with the reason and is replaced at the next draw. */
  private ask(index: number, work: WorkerTask): Promise<WorkerAnswer> {
    const worker = this.workers[index] ?? this.start(index);
    return new Promise((resolve) => {
      const settle = (answer: WorkerAnswer): void => {
        worker.off('message', settle).off('error', onError).off('exit', onExit);
        resolve(answer);
      };
      const died = (message: string): void => {
        delete this.workers[index];
        settle({ job: work.job, task: work.task, failure: failed('internal', message).failure });
      };
      const onError = (error: Error): void => died(`A draw failed: ${error.message}`);
      const onExit = (code: number): void => died(`A draw's thread ended with code ${code}.`);
      worker.on('message', settle).on('error', onError).on('exit', onExit);
      worker.postMessage(work);
    });
  }

  private start(index: number): Worker {
    const worker = new Worker(this.program, { workerData: { newestJob: this.newestJob } satisfies WorkerStart });
    this.workers[index] = worker;
    return worker;
  }
}
