import { Worker } from 'node:worker_threads';
import { type Certificate, type EpochJob, type Executor, WorkFailure } from '../executor.ts';
import type { SearchTask } from '../task.ts';
import type { Request, Response } from './worker-messages.ts';

/** How often a job is tried again after its worker died. */
const RETRIES = 3;

interface Waiting {
  readonly request: Request;
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
  deaths: number;
}

interface Seat {
  worker: Worker;
  job: Waiting | undefined;
}

/** Jobs in worker threads, one job a thread. A thread that dies is replaced, and its job is done again. */
export class WorkerExecutor implements Executor {
  private readonly entry: URL | string;
  private readonly seats: Seat[];
  private readonly queue: Waiting[] = [];
  private nextId = 0;
  private closed = false;

  /** @param entry the worker's script: dist/search-worker.js, or search/node/worker.ts when run from source */
  constructor(entry: URL | string, threads: number) {
    this.entry = entry;
    this.seats = Array.from({ length: threads }, () => this.hire());
  }

  async evolve(job: EpochJob) {
    const response = await this.ask((id) => ({ id, kind: 'evolve', job }));
    if (response.kind !== 'evolved') throw new Error('a worker answered something else');
    return response.state;
  }

  async certify(task: SearchTask) {
    const response = await this.ask((id) => ({ id, kind: 'certify', task }));
    if (response.kind !== 'certified') throw new Error('a worker answered something else');
    return response.certificate;
  }

  async sharpen(task: SearchTask, certificate: Certificate, best: Int32Array) {
    const response = await this.ask((id) => ({ id, kind: 'sharpen', task, certificate, best }));
    if (response.kind !== 'sharpened') throw new Error('a worker answered something else');
    return response.certificate;
  }

  /** Threads, for tests that end one. */
  get threadIds(): number[] {
    return this.seats.map((seat) => seat.worker.threadId);
  }

  /** Ends one thread as a crash would. */
  async crash(index: number): Promise<void> {
    await this.seats[index]?.worker.terminate();
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const waiting of [...this.queue.splice(0), ...this.seats.flatMap((s) => s.job ?? [])])
      waiting.reject(new WorkFailure('the search was closed'));
    await Promise.all(this.seats.map((seat) => seat.worker.terminate()));
  }

  private ask(request: (id: number) => Request): Promise<Response> {
    if (this.closed) return Promise.reject(new WorkFailure('the search was closed'));
    return new Promise((resolve, reject) => {
      this.queue.push({ request: request(this.nextId++), resolve, reject, deaths: 0 });
      this.assign();
    });
  }

  private assign(): void {
    for (const seat of this.seats) {
      if (seat.job !== undefined) continue;
      const waiting = this.queue.shift();
      if (waiting === undefined) return;
      seat.job = waiting;
      seat.worker.postMessage(waiting.request);
    }
  }

  private hire(): Seat {
    const seat: Seat = { worker: this.start(), job: undefined };
    this.attend(seat);
    return seat;
  }

  private start(): Worker {
    const worker = new Worker(this.entry);
    // A search that nobody waits for any more must not keep the process alive.
    worker.unref();
    return worker;
  }

  private attend(seat: Seat): void {
    const { worker } = seat;
    let cause = new Error('the worker ended');
    worker.on('message', (response: Response) => {
      const done = seat.job;
      seat.job = undefined;
      done?.resolve(response);
      this.assign();
    });
    worker.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', () => {
      if (!this.closed) this.replace(seat, cause);
    });
  }

  private replace(seat: Seat, cause: Error): void {
    const lost = seat.job;
    seat.job = undefined;
    if (lost !== undefined) {
      lost.deaths += 1;
      if (lost.deaths > RETRIES) lost.reject(new WorkFailure(cause.message));
      else this.queue.unshift(lost);
    }
    seat.worker = this.start();
    this.attend(seat);
    this.assign();
  }
}
