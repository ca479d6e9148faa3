import { type ChildProcess, fork } from 'node:child_process';
import { CANCELLED, MeasureChild, type Patience } from '../child.ts';
import { failed, type MeasureFailure } from '../failure.ts';
import { readFromChild, type ToChild } from '../messages.ts';

export interface ForkOptions {
  /** The bundle `measure.js`. */
  readonly program: string;
  /** Added to the environment of the process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Flags for Node. */
  readonly execArgv?: readonly string[] | undefined;
}

/** How much of what the process writes is kept for the message that tells of its death. */
const STDERR_KEPT = 2000;

/** The measuring process as a process of Node. */
export class ForkedChild extends MeasureChild {
  private readonly process: ChildProcess;
  private stderr = '';

  constructor({ program, env, execArgv = [] }: ForkOptions, patience: Patience) {
    super(patience);
    this.process = fork(program, [], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [...execArgv],
      env: { ...process.env, ...env },
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

  override get pid(): number | undefined {
    return this.process.pid;
  }

  protected override post(message: ToChild): void {
    // An error means that the process is gone, and then 'close' tells how.
    if (this.process.connected) this.process.send(message, () => undefined);
  }

  protected override end(): void {
    this.process.kill('SIGKILL');
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
