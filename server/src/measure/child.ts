import { failed, type MeasureFailure, type Outcome } from './failure.ts';
import type { FromChild, ToChild } from './messages.ts';

/** How long the process may say nothing while it works, and how long it may take to obey a cancellation (ms). */
export interface Patience {
  readonly silenceMs: number;
  readonly graceMs: number;
}

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Silence that this question needs beside what every question may have (ms). */
  readonly patienceMs?: number | undefined;
}

/** What answers a question when all goes well. */
export type Answer = Extract<FromChild, { kind: 'measured' | 'batched' | 'examined' }>;

export const CANCELLED = failed('cancelled', 'The measurement was cancelled.');

/** One run of the measuring process, whatever its machine runs it in. It answers one question at a time. */
export abstract class MeasureChild {
  /** Questions asked so far. */
  asked = 0;
  private readonly patience: Patience;
  private dead: MeasureFailure | undefined;
  private listener: ((message: FromChild | MeasureFailure) => void) | undefined;

  constructor(patience: Patience) {
    this.patience = patience;
  }

  get alive(): boolean {
    return this.dead === undefined;
  }

  /** Its number, where it is a process of the system. */
  get pid(): number | undefined {
    return undefined;
  }

  /** Asks one question and settles exactly once, also when the process dies, hangs or talks nonsense. */
  ask(question: (id: number) => ToChild, options: AskOptions): Promise<Outcome<Answer>> {
    if (this.dead !== undefined) return Promise.resolve({ ok: false, failure: this.dead });
    if (options.signal?.aborted === true) return Promise.resolve(CANCELLED);
    const { graceMs } = this.patience;
    const silenceMs = this.patience.silenceMs + (options.patienceMs ?? 0);
    this.asked += 1;
    const id = this.asked;
    return new Promise((resolve) => {
      const expire = (): void =>
        this.kill(
          failed(
            'timeout',
            `The measuring process said nothing for ${Number((silenceMs / 1000).toPrecision(3))} s and was ended.`,
            'Measure at a smaller input, or choose another backend.',
          ).failure,
        );
      let timer = setTimeout(expire, silenceMs);
      const cancel = (): void => {
        this.post({ kind: 'cancel', id });
        clearTimeout(timer);
        timer = setTimeout(() => this.kill(CANCELLED.failure), graceMs);
      };
      const settle = (outcome: Outcome<Answer>): void => {
        clearTimeout(timer);
        options.signal?.removeEventListener('abort', cancel);
        this.listener = undefined;
        resolve(outcome);
      };
      this.listener = (message) => {
        // Still cancelling: an answer that comes too late is not wanted, and a sign of life no reason to wait longer.
        const cancelling = options.signal?.aborted === true;
        // Ctrl-C may end the process before it has begun to listen.
        if ('code' in message) return settle(cancelling ? CANCELLED : { ok: false, failure: message });
        if (!cancelling) {
          clearTimeout(timer);
          timer = setTimeout(expire, silenceMs);
        }
        if (message.kind === 'ready' || message.id !== id) return;
        if (message.kind === 'progress') {
          if (!cancelling) options.onProgress?.(message.done, message.total);
        } else if (message.kind === 'failed') settle({ ok: false, failure: message.failure });
        else settle(cancelling ? CANCELLED : { ok: true, value: message });
      };
      options.signal?.addEventListener('abort', cancel, { once: true });
      this.post(question(id));
    });
  }

  /** Ends the process at once; a question still open is answered with `reason`. */
  kill(reason: MeasureFailure = failed('closed', 'The measuring process was ended.').failure): void {
    this.end();
    this.die(reason);
  }

  /** @param message undefined for one that is none of ours */
  protected hear(message: FromChild | undefined): void {
    if (message !== undefined) {
      this.listener?.(message);
      return;
    }
    const text = 'The measuring process gave an answer that makes no sense and was ended.';
    this.kill(failed('bad-answer', text, 'Measure again; if it stays so, choose another backend.').failure);
  }

  protected die(reason: MeasureFailure): void {
    if (this.dead !== undefined) return;
    this.dead = reason;
    this.listener?.(reason);
  }

  protected abstract post(message: ToChild): void;
  protected abstract end(): void;
}
