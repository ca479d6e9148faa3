import type { Request, Response } from '../workers/messages.ts';
import { SearchWorker } from '../workers/search-worker.ts';

/** A search worker that is a worker of a browser. Both sides are of one build, so that what they say needs no form of its own. */
export class WorkerThread extends SearchWorker {
  private readonly worker: Worker;

  constructor(worker: Worker) {
    super();
    this.worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Response>) => this.hear(data);
    worker.onerror = ({ message }) => {
      worker.terminate();
      this.die(`a worker ended: ${message}`);
    };
  }

  protected override post(request: Request): void {
    this.worker.postMessage(request);
  }

  protected override kill(): void {
    this.worker.terminate();
  }

  protected override hold(): void {
    // A page lives as long as its tab.
  }
}
