import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Request, type Response, requestToWire, responseFromWire } from './wire.ts';

/** Who has lent a worker: it hears every answer, and of its death once. */
export interface Employer {
  readonly hear: (response: Response) => void;
  readonly died: (cause: string) => void;
}

/** One search worker: a process that answers requests in their order, until it is ended or dies. */
export class WorkerProcess {
  employer: Employer | undefined;
  private readonly child: ChildProcess;
  private dead = false;
  /** Requests without an answer yet. */
  private open = 0;
  private quiet: (() => void) | undefined;

  constructor(entry: URL | string) {
    const script = entry instanceof URL ? fileURLToPath(entry) : entry;
    // Not fork(): that would hand on flags of this process, such as a debugger's port. In VS Code this is Electron,
    // which is Node by a variable of its environment, and that is handed on.
    this.child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], windowsHide: true });
    this.child.on('message', (message) => this.hear(responseFromWire(message)));
    this.child.on('error', (error) => this.die(`a worker could not be started: ${error.message}`));
    this.child.on('exit', (code, signal) =>
      this.die(signal === null ? `a worker ended with code ${code}` : `a worker was ended by ${signal}`),
    );
    this.hold(false);
  }

  get alive(): boolean {
    return !this.dead;
  }

  get busy(): boolean {
    return this.open > 0;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  send(request: Request): void {
    this.open += 1;
    this.hold(true);
    // An error means that the process is gone, and then 'exit' tells how.
    if (this.child.connected) this.child.send(requestToWire(request), () => undefined);
  }

  /** Waits until every request is answered; false when that takes longer, or the process dies. */
  async becomesQuiet(withinMs: number): Promise<boolean> {
    if (this.busy && this.alive) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        timer.unref();
        this.quiet = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.alive && !this.busy;
  }

  end(): void {
    this.employer = undefined;
    this.child.kill('SIGKILL');
    this.die('a worker was ended');
  }

  private hear(response: Response | undefined): void {
    if (response === undefined) {
      this.child.kill('SIGKILL');
      this.die('a worker gave an answer that makes no sense');
      return;
    }
    this.open -= 1;
    if (this.open === 0) {
      this.hold(false);
      this.quiet?.();
    }
    this.employer?.hear(response);
  }

  private die(cause: string): void {
    if (this.dead) return;
    this.dead = true;
    this.hold(false);
    this.quiet?.();
    this.employer?.died(cause);
  }

  /** Only a process whose answer somebody waits for keeps this one alive. */
  private hold(waiting: boolean): void {
    const { child } = this;
    if (waiting) {
      child.ref();
      child.channel?.ref();
    } else {
      child.unref();
      child.channel?.unref();
    }
  }
}
