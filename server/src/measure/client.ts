import { unheld } from '../../../common/unheld.ts';
import type { BackendSettings } from './backends/backend.ts';
import type { Answer, AskOptions, MeasureChild, Patience } from './child.ts';
import { failed, type MeasureFailure, type Outcome } from './failure.ts';
import type { Batched, Examined, Measured, MeasureRequest, ToChild } from './messages.ts';
import { planMacs } from './plan.ts';

export interface ClientOptions extends Patience {
  /** Starts the measuring process, or says why that cannot be. */
  readonly start: (patience: Patience) => Outcome<MeasureChild>;
  /** Crashes, hangs and nonsense that are borne within `restartWindowMs`; after that nothing is started. */
  readonly restarts: number;
  readonly restartWindowMs: number;
  /** Questions after which the process is replaced: what leaks in native code goes with it. */
  readonly recycleAfter: number;
  /** How long an idle process keeps its memory (ms). */
  readonly idleMs: number;
}

export const CLIENT_DEFAULTS: Omit<ClientOptions, 'start'> = {
  silenceMs: 120_000,
  graceMs: 3_000,
  restarts: 3,
  restartWindowMs: 600_000,
  recycleAfter: 50,
  idleMs: 60_000,
};

export interface MeasureOptions extends AskOptions {
  /** What is measured: a request replaces an older one of the same key, running or waiting. Default: all the same. */
  readonly key?: string;
}

/** What a status item shows. */
export type ClientState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'measuring'; readonly key: string; readonly done: number; readonly total: number }
  | { readonly kind: 'unavailable'; readonly failure: MeasureFailure };

interface Job {
  readonly key: string;
  readonly run: (child: MeasureChild, options: AskOptions) => Promise<Outcome<Answer>>;
  readonly settle: (outcome: Outcome<Answer>) => void;
  readonly abort: AbortController;
  superseded: boolean;
  onProgress: AskOptions['onProgress'];
}

/** Failures that are the process's fault and count against its restarts: asked again, another process may do better. */
const FAULTS: readonly string[] = ['crashed', 'timeout', 'bad-answer'];
export const isFault = ({ code }: MeasureFailure): boolean => FAULTS.includes(code);

/**
 * The parent's side of the measuring process. It is started at the first need and never throws: a crash, a hang, a
 * cancellation and a missing device are values. One question runs at a time; the newest of a key wins.
 */
export class MeasureClient {
  private readonly options: ClientOptions;
  private readonly onState: (state: ClientState) => void;
  private readonly waiting: Job[] = [];
  private faults: number[] = [];
  private running: Job | undefined;
  private child: MeasureChild | undefined;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    options: Pick<ClientOptions, 'start'> & Partial<ClientOptions>,
    onState: (state: ClientState) => void = () => undefined,
  ) {
    this.options = { ...CLIENT_DEFAULTS, ...options };
    this.onState = onState;
  }

  /** The process that runs at present, if one does. */
  get pid(): number | undefined {
    return this.child?.alive === true ? this.child.pid : undefined;
  }

  async measure(request: MeasureRequest, options: MeasureOptions = {}): Promise<Outcome<Measured>> {
    const patienceMs = slowestDrawMs(request);
    const outcome = await this.enqueue((id) => ({ kind: 'measure', id, request }), { ...options, patienceMs });
    if (!outcome.ok) return outcome;
    return outcome.value.kind === 'measured' ? { ok: true, value: outcome.value } : WRONG_KIND;
  }

  /** Measures several networks at once, on the same backend and threads: many small draws keep every core busy. */
  async measureBatch(requests: readonly MeasureRequest[], options: MeasureOptions): Promise<Outcome<Batched>> {
    const patienceMs = Math.max(0, ...requests.map(slowestDrawMs));
    const outcome = await this.enqueue((id) => ({ kind: 'batch', id, requests }), { ...options, patienceMs });
    if (!outcome.ok) return outcome;
    return outcome.value.kind === 'batched' && outcome.value.answers.length === requests.length
      ? { ok: true, value: outcome.value }
      : WRONG_KIND;
  }

  /** Opens and proves every backend. */
  async examine(settings: BackendSettings, options: MeasureOptions = {}): Promise<Outcome<Examined>> {
    const outcome = await this.enqueue((id) => ({ kind: 'examine', id, settings }), { key: 'examine', ...options });
    if (!outcome.ok) return outcome;
    return outcome.value.kind === 'examined' ? { ok: true, value: outcome.value } : WRONG_KIND;
  }

  /** Ends the process and forgets its crashes: the next question starts a fresh one (settings changed, user asks). */
  reset(): void {
    this.faults = [];
    if (this.running === undefined) this.stopChild();
    this.onState({ kind: 'idle' });
  }

  /** Ends the process; open questions are answered with a failure. */
  close(): void {
    this.closed = true;
    for (const job of this.waiting.splice(0)) job.settle(CLOSED);
    this.stopChild();
  }

  private enqueue(question: (id: number) => ToChild, options: MeasureOptions): Promise<Outcome<Answer>> {
    if (this.closed) return Promise.resolve(CLOSED);
    if (options.signal?.aborted === true) return Promise.resolve(CANCELLED);
    const key = options.key ?? '';
    this.supersede(key);
    return new Promise((resolve) => {
      const abort = new AbortController();
      const job: Job = {
        key,
        run: (child, ask) => child.ask(question, { ...ask, patienceMs: options.patienceMs }),
        settle: resolve,
        abort,
        superseded: false,
        onProgress: options.onProgress,
      };
      const cancel = (): void => {
        abort.abort();
        const at = this.waiting.indexOf(job);
        if (at >= 0) this.waiting.splice(at, 1)[0]?.settle(CANCELLED);
      };
      options.signal?.addEventListener('abort', cancel, { once: true });
      this.waiting.push(job);
      void this.next();
    });
  }

  private supersede(key: string): void {
    const older = this.waiting.findIndex((job) => job.key === key);
    if (older >= 0) this.waiting.splice(older, 1)[0]?.settle(SUPERSEDED);
    if (this.running?.key !== key) return;
    this.running.superseded = true;
    this.running.abort.abort();
  }

  private async next(): Promise<void> {
    if (this.running !== undefined) return;
    const job = this.waiting.shift();
    if (job === undefined) return;
    this.running = job;
    const outcome = await this.runJob(job);
    this.running = undefined;
    this.tell(outcome);
    job.settle(job.superseded && !outcome.ok ? SUPERSEDED : outcome);
    this.retire();
    void this.next();
  }

  private async runJob(job: Job): Promise<Outcome<Answer>> {
    const child = this.ready();
    if (!child.ok) return child;
    const progress = (done: number, total: number): void => {
      this.onState({ kind: 'measuring', key: job.key, done, total });
      job.onProgress?.(done, total);
    };
    this.onState({ kind: 'measuring', key: job.key, done: 0, total: 0 });
    const outcome = await job.run(child.value, { signal: job.abort.signal, onProgress: progress });
    if (!outcome.ok && isFault(outcome.failure)) this.faults.push(Date.now());
    return outcome;
  }

  /** The process, started if need be and if it has not failed too often. */
  private ready(): Outcome<MeasureChild> {
    clearTimeout(this.idle);
    if (this.child?.alive === true) return { ok: true, value: this.child };
    const { restarts, restartWindowMs, start } = this.options;
    this.faults = this.faults.filter((time) => Date.now() - time < restartWindowMs);
    if (this.faults.length > restarts) {
      return failed(
        'restart-budget',
        `The measuring process failed ${this.faults.length} times and is not started again for now.`,
        'Run the Doctor for the cause, choose another backend, or restart measuring.',
      );
    }
    const child = start(this.options);
    if (child.ok) this.child = child.value;
    return child;
  }

  private tell(outcome: Outcome<unknown>): void {
    const quiet = outcome.ok || outcome.failure.code === 'cancelled' || outcome.failure.code === 'closed';
    this.onState(quiet ? { kind: 'idle' } : { kind: 'unavailable', failure: outcome.failure });
  }

  /** After an answer: an old process goes at once, a young one when nobody asks for a while. */
  private retire(): void {
    if (this.closed || (this.child?.asked ?? 0) >= this.options.recycleAfter) this.stopChild();
    else if (this.waiting.length === 0) {
      this.idle = unheld(setTimeout(() => this.stopChild(), this.options.idleMs));
    }
  }

  private stopChild(): void {
    clearTimeout(this.idle);
    this.child?.kill(CLOSED.failure);
    this.child = undefined;
  }
}

const CLOSED = failed('closed', 'Measuring was ended.');
const CANCELLED = failed('cancelled', 'The measurement was cancelled.');
const SUPERSEDED = failed('superseded', 'A newer measurement took its place.');
const WRONG_KIND = failed('bad-answer', 'The measuring process answered another question.');

/** Progress comes with every draw: a device of half a GMAC/s is slow, below that it hangs. */
function slowestDrawMs({ plan, batch, zenDraws, zenBatch }: MeasureRequest): number {
  const images = Math.max(batch, zenDraws > 0 ? 2 * zenBatch : 0);
  return (planMacs(plan) * images * 1000) / 0.5e9;
}
