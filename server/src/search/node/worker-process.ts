import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Request } from '../workers/messages.ts';
import { SearchWorker } from '../workers/search-worker.ts';
import { requestToWire, responseFromWire } from './wire.ts';

/** A search worker that is a process: nothing that happens to it happens to this program. */
export class WorkerProcess extends SearchWorker {
  private readonly child: ChildProcess;

  constructor(entry: URL | string) {
    super();
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

  get pid(): number | undefined {
    return this.child.pid;
  }

  protected override post(request: Request): void {
    // An error means that the process is gone, and then 'exit' tells how.
    if (this.child.connected) this.child.send(requestToWire(request), () => undefined);
  }

  protected override kill(): void {
    this.child.kill('SIGKILL');
  }

  protected override hold(waiting: boolean): void {
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
