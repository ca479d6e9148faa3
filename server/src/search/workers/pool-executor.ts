import { type EpochJob, type Executor, type ProofJob, WorkFailure } from '../executor.ts';
import type { SearchTask } from '../task.ts';
import type { Request, Response } from './messages.ts';
import type { SearchWorker } from './search-worker.ts';
import type { SearchWorkers } from './worker-pool.ts';

/** How often a job is tried again after its worker died. */
const RETRIES = 3;
/** Jobs that a worker has at a time: while it answers one, the next is there already. */
const DEPTH = 2;

interface Waiting {
  readonly request: Request;
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
  deaths: number;
}

/** A place for a worker, which gets one when there is something to do. The first of its jobs is the one that runs. */
interface Seat {
  worker: SearchWorker | undefined;
  jobs: Waiting[];
}

/** Jobs of one search in workers. One that dies is replaced, and its jobs are done again. */
export class PoolExecutor implements Executor {
  /** One worker too has its next job before it has done the first. */
  readonly parallel = true;
  private readonly pool: SearchWorkers;
  private readonly seats: readonly Seat[];
  private readonly queue: Waiting[] = [];
  private nextId = 0;
  private closed = false;

  constructor(pool: SearchWorkers, workers: number) {
    this.pool = pool;
    this.seats = Array.from({ length: workers }, () => ({ worker: undefined, jobs: [] }));
  }

  async evolve(job: EpochJob) {
    const response = await this.ask((id) => ({ id, kind: 'evolve', job }));
    return response.kind === 'evolved' ? response.state : unexpected(response);
  }

  async certify(task: SearchTask) {
    const response = await this.ask((id) => ({ id, kind: 'certify', task }));
    return response.kind === 'certified' ? response.certificate : unexpected(response);
  }

  async prove(job: ProofJob) {
    const response = await this.ask((id) => ({ id, kind: 'prove', job }));
    return response.kind === 'proved' ? response.proof : unexpected(response);
  }

  /** Gives the workers back. What they are at is not waited for. */
  close(): Promise<void> {
    this.closed = true;
    for (const waiting of [...this.queue.splice(0), ...this.seats.flatMap((seat) => seat.jobs.splice(0))])
      waiting.reject(new WorkFailure('the search was closed'));
    for (const seat of this.seats) {
      if (seat.worker !== undefined) void this.pool.takeBack(seat.worker);
      seat.worker = undefined;
    }
    return Promise.resolve();
  }

  private ask(request: (id: number) => Request): Promise<Response> {
    if (this.closed) return Promise.reject(new WorkFailure('the search was closed'));
    return new Promise((resolve, reject) => {
      this.queue.push({ request: request(this.nextId++), resolve, reject, deaths: 0 });
      this.assign();
    });
  }

  /** Each worker gets a job before any gets a second. */
  private assign(): void {
    for (let depth = 0; depth < DEPTH; depth++)
      for (const seat of this.seats) {
        if (seat.jobs.length !== depth) continue;
        const waiting = this.queue.shift();
        if (waiting === undefined) return;
        seat.jobs.push(waiting);
        seat.worker ??= this.hire(seat);
        seat.worker.send(waiting.request);
      }
  }

  private hire(seat: Seat): SearchWorker {
    const worker = this.pool.lend();
    worker.employer = {
      hear: (response) => this.hear(seat, response),
      died: (cause) => this.replace(seat, worker, cause),
    };
    return worker;
  }

  private hear(seat: Seat, response: Response): void {
    const at = seat.jobs.findIndex(({ request }) => request.id === response.id);
    const [done] = at < 0 ? [] : seat.jobs.splice(at, 1);
    if (response.kind === 'failed') done?.reject(new WorkFailure(response.message));
    else done?.resolve(response);
    this.assign();
  }

  /** Only the job that ran can be what its worker died of. */
  private replace(seat: Seat, worker: SearchWorker, cause: string): void {
    void this.pool.takeBack(worker);
    seat.worker = undefined;
    const [ran, ...others] = seat.jobs.splice(0);
    this.queue.unshift(...others);
    if (ran !== undefined) {
      ran.deaths += 1;
      if (ran.deaths > RETRIES) ran.reject(new WorkFailure(cause));
      else this.queue.unshift(ran);
    }
    this.assign();
  }
}

function unexpected({ kind }: Response): never {
  throw new WorkFailure(`a worker answered with ${kind}`);
}
