import { type ChildProcess, fork } from 'node:child_process';
import { failed, type MeasureFailure, type Outcome } from './failure.ts';
import { type FromChild, readFromChild, type ToChild } from './messages.ts';

export interface ChildOptions {
  /** The bundle `measure.js`. */
  readonly program: string;
  /** Added to the environment of the process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Flags for Node. */
  readonly execArgv?: readonly string[];
  /** How long the process may say nothing while it works, and how long it may take to obey a cancellation (ms). */
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

const CANCELLED = failed('cancelled', 'The measurement was cancelled.');
/** How much of what the process writes is kept for the message that tells of its death. */
const STDERR_KEPT = 2000;

/** One run of the measuring process, which answers one question at a time. */
export class MeasureChild {
  /** Questions asked so far. */
  asked = 0;
  private readonly options: ChildOptions;
  private readonly process: ChildProcess;
  private stderr = '';
  private dead: MeasureFailure | undefined;
  private listener: ((message: FromChild | MeasureFailure) => void) | undefined;

  constructor(options: ChildOptions) {
    this.options = options;
    this.process = fork(options.program, [], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [...(options.execArgv ?? [])],
      env: { ...process.env, ...options.env },
    });
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-STDERR_KEPT);
    });
    this.process.on('message', (message) => this.hear(readFromChild(message)));
    this.process.on('error', (error) =>
      this.die(failed('crashed', `The measuring process failed: ${error.message}`).failure),
    );
    // 'close' and not 'exit': by then the last words are read.
    this.process.on('close', (code, signal) => this.die(this.death(code, signal)));
  }

  get alive(): boolean {
    return this.dead === undefined;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Asks one question and settles exactly once, also when the process dies, hangs or talks nonsense. */
  ask(question: (id: number) => ToChild, options: AskOptions): Promise<Outcome<Answer>> {
    if (this.dead !== undefined) return Promise.resolve({ ok: false, failure: this.dead });
    if (options.signal?.aborted === true) return Promise.resolve(CANCELLED);
    const { graceMs } = this.options;
    const silenceMs = this.options.silenceMs + (options.patienceMs ?? 0);
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
        this.send({ kind: 'cancel', id });
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
        if (!cancelling) timer.refresh();
        if (message.kind === 'ready' || message.id !== id) return;
        if (message.kind === 'progress') {
          if (!cancelling) options.onProgress?.(message.done, message.total);
        } else if (message.kind === 'failed') settle({ ok: false, failure: message.failure });
        else settle(cancelling ? CANCELLED : { ok: true, value: message });
      };
      options.signal?.addEventListener('abort', cancel, { once: true });
      this.send(question(id));
    });
  }

  /** Ends the process at once; a question still open is answered with `reason`. */
  kill(reason: MeasureFailure = failed('closed', 'The measuring process was ended.').failure): void {
    this.process.kill('SIGKILL');
    this.die(reason);
  }

  private send(message: ToChild): void {
    // An error means that the process is gone, and then 'close' tells how.
    if (this.process.connected) this.process.send(message, () => undefined);
  }

  private hear(message: FromChild | undefined): void {
    if (message !== undefined) {
      this.listener?.(message);
      return;
    }
    const text = 'The measuring process gave an answer that makes no sense and was ended.';
    this.kill(failed('bad-answer', text, 'Measure again; if it stays so, choose another backend.').failure);
  }

  private die(reason: MeasureFailure): void {
    if (this.dead !== undefined) return;
    this.dead = reason;
    this.listener?.(reason);
  }

  private death(code: number | null, signal: string | null): MeasureFailure {
    // Ctrl-C reaches every process of a terminal, and ends one that has not begun to listen before its parent says a word.
    if (signal === 'SIGINT' || signal === 'SIGHUP') return CANCELLED.failure;
    const how = signal === null ? `with code ${code}` : `by ${signal}`;
    const words = this.stderr.trim().split('\n').slice(-5).join('\n');
    return failed(
      'crashed',
      `The measuring process ended ${how}${words === '' ? '.' : `: ${words}`}`,
      'It is started again at the next measurement. If it stays so, choose another backend, or run the Doctor.',
    ).failure;
  }
}
