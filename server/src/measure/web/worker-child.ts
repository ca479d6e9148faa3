import { MeasureChild, type Patience } from '../child.ts';
import { failed, thrownText } from '../failure.ts';
import type { FromChild, ToChild } from '../messages.ts';

/** What a measuring worker is made of. */
export interface MeasureProgram {
  /** Its script. */
  readonly script: string;
  /** TensorFlow.js's binary. */
  readonly wasm: Uint8Array<ArrayBuffer>;
}

/** The first message to a worker. */
export interface Begin {
  readonly kind: 'begin';
  readonly wasm: MeasureProgram['wasm'];
}

/** The measuring process as a worker of a browser. Both sides are of one build, so that what they say needs no check. */
export class WorkerChild extends MeasureChild {
  private worker: Worker | undefined;
  /** What was said before the worker was there. */
  private readonly early: ToChild[] = [];

  /** @param program reads what the worker is made of, which takes a moment */
  constructor(program: () => Promise<MeasureProgram>, patience: Patience) {
    super(patience);
    program().then(
      (read) => this.begin(read),
      (thrown: unknown) => {
        const text = `The measuring program could not be read: ${thrownText(thrown)}`;
        this.die(failed('backend-broken', text, 'Reinstall the extension.').failure);
      },
    );
  }

  protected override post(message: ToChild): void {
    if (this.worker === undefined) this.early.push(message);
    else this.worker.postMessage(message);
  }

  protected override end(): void {
    this.worker?.terminate();
  }

  private begin({ script, wasm }: MeasureProgram): void {
    if (!this.alive) return;
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const worker = new Worker(address, { name: 'MAE-DET measuring' });
    worker.onmessage = ({ data }: MessageEvent<FromChild>) => this.hear(data);
    worker.onerror = ({ message }) => {
      worker.terminate();
      this.die(failed('crashed', `The measuring worker ended: ${message}`, 'Measure again.').failure);
    };
    this.worker = worker;
    worker.postMessage({ kind: 'begin', wasm } satisfies Begin);
    for (const message of this.early.splice(0)) worker.postMessage(message);
    // By now the worker has its script.
    URL.revokeObjectURL(address);
  }
}
