import { WorkerProcess } from './worker-process.ts';

export interface PoolOptions {
  /** How long one worker that has nothing to do is kept, for the next search to begin at once (ms). */
  readonly idleMs: number;
  /** How long the job of a search that is over may still take before its worker is ended (ms). */
  readonly graceMs: number;
  /** How many that have nothing to do are kept. */
  readonly warm: number;
}

const DEFAULTS: PoolOptions = { idleMs: 300_000, graceMs: 2000, warm: 1 };

/** The search workers of a program. Searches borrow them; of those that come back one is kept warm, or more where more searches run at once. */
export class WorkerPool {
  private readonly entry: URL | string;
  private readonly options: PoolOptions;
  private readonly all = new Set<WorkerProcess>();
  private readonly warm: WorkerProcess[] = [];
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
    clearTimeout(this.idle);
    for (let warm = this.warm.pop(); warm !== undefined; warm = this.warm.pop()) if (warm.alive) return warm;
    const worker = new WorkerProcess(this.entry);
    this.all.add(worker);
    return worker;
  }

  /** Takes a worker back, which may still be busy with what nobody wants any more. */
  async takeBack(worker: WorkerProcess): Promise<void> {
    worker.employer = undefined;
    const quiet = await worker.becomesQuiet(this.options.graceMs);
    if (quiet && this.warm.length < this.options.warm && !this.closed) this.keep(worker);
    else this.end(worker);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.idle);
    for (const worker of this.all) this.end(worker);
  }

  private keep(worker: WorkerProcess): void {
    clearTimeout(this.idle);
    this.warm.push(worker);
    this.idle = setTimeout(() => {
      for (const idle of this.warm.splice(0)) this.end(idle);
    }, this.options.idleMs);
    this.idle.unref();
  }

  private end(worker: WorkerProcess): void {
    this.all.delete(worker);
    worker.end();
  }
}
