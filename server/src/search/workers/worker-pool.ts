import { unheld } from '../../../../common/unheld.ts';
import type { SearchWorker } from './search-worker.ts';

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
export class SearchWorkers<W extends SearchWorker = SearchWorker> {
  protected readonly all = new Set<W>();
  private readonly make: () => W;
  private readonly options: PoolOptions;
  private readonly warm: W[] = [];
  private idle: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(make: () => W, options: Partial<PoolOptions> = {}) {
    this.make = make;
    this.options = { ...DEFAULTS, ...options };
  }

  lend(): W {
    clearTimeout(this.idle);
    for (let warm = this.warm.pop(); warm !== undefined; warm = this.warm.pop()) if (warm.alive) return warm;
    const worker = this.make();
    this.all.add(worker);
    return worker;
  }

  /** Takes a worker back, which may still be busy with what nobody wants any more. */
  async takeBack(worker: W): Promise<void> {
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

  private keep(worker: W): void {
    clearTimeout(this.idle);
    this.warm.push(worker);
    this.idle = unheld(
      setTimeout(() => {
        for (const idle of this.warm.splice(0)) this.end(idle);
      }, this.options.idleMs),
    );
  }

  private end(worker: W): void {
    this.all.delete(worker);
    worker.end();
  }
}
