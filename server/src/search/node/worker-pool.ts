import { WorkerProcess } from './worker-process.ts';

export interface PoolOptions {
  /** How long one worker that has nothing to do is kept, for the next search to begin at once (ms). */
  readonly idleMs: number;
  /** How long the job of a search that is over may still take before its worker is ended (ms). */
  readonly graceMs: number;
}

const DEFAULTS: PoolOptions = { idleMs: 300_000, graceMs: 2000 };

/** The search workers of a program. Searches borrow them; of those that come back one is kept warm. */
export class WorkerPool {
  private readonly entry: URL | string;
  private readonly options: PoolOptions;
  private readonly all = new Set<WorkerProcess>();
  private warm: WorkerProcess | undefined;
  private idle: NodeJS.Timeout | undefined;
  private closed = false;

  /** @param entry the worker's script: dist/search-worker.js, or search/node/worker.ts when run from source */
  constructor(entry: URL | string, options: Partial<PoolOptions> = {}) {
    this.entry = entry;
    this.options = { ...DEFAULTS, ...options };
  }

  /** Process numbers of the workers that live. */
  get pids(): readonly number[] {
    return [...this.all].flatMap((worker) => (worker.alive && worker.pid !== undefined ? [worker.pid] : []));
  }

  lend(): WorkerProcess {
    const { warm } = this;
    clearTimeout(this.idle);
    this.warm = undefined;
    if (warm?.alive === true) return warm;
    const worker = new WorkerProcess(this.entry);
    this.all.add(worker);
    return worker;
  }

  /** Takes a worker back, which may still be busy with what nobody wants any more. */
  async takeBack(worker: WorkerProcess): Promise<void> {
    worker.employer = undefined;
    const quiet = await worker.becomesQuiet(this.options.graceMs);
    if (quiet && this.warm === undefined && !this.closed) this.keep(worker);
    else this.end(worker);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.idle);
    for (const worker of this.all) this.end(worker);
  }

  private keep(worker: WorkerProcess): void {
    this.warm = worker;
    this.idle = setTimeout(() => {
      this.warm = undefined;
      this.end(worker);
    }, this.options.idleMs);
    this.idle.unref();
  }

  private end(worker: WorkerProcess): void {
    this.all.delete(worker);
    worker.end();
  }
}
