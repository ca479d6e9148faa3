import { BACKENDS, type BackendSettings } from './backends/backend.ts';
import { Backends, type OpenBackends, type ProvenBackend } from './backends/choose.ts';
import { type Draws, fitted, runDrawsHere } from './draws.ts';
import { failed, type MeasureFailure, type Outcome, thrownText } from './failure.ts';
import type { BackendReport, FromChild, MeasureRequest, ToChild } from './messages.ts';

/** Draws on wasm side by side. */
export interface DrawThreads {
  run(requests: readonly MeasureRequest[], progress: (done: number, total: number) => void): Promise<Outcome<Draws[]>>;
  /** Stops what runs between two layers. */
  cancel(): void;
}

/** What measures knows its machine by this alone. */
export interface EngineMachine {
  readonly backends: OpenBackends;
  /** Undefined where draws on wasm are done one after another, by the one thread that there is. */
  readonly threads: DrawThreads | undefined;
  readonly send: (message: FromChild) => void;
  /** Most memory that was ever held, all threads together; 0 where that is not told. */
  readonly peakBytes: () => number;
}

/** The measuring process's own side: it answers questions one after another, and never throws. */
export class MeasuringEngine {
  private readonly machine: EngineMachine;
  private readonly backends: Backends;
  private readonly cancelled = new Set<number>();
  private running: Promise<void> = Promise.resolve();

  constructor(machine: EngineMachine) {
    this.machine = machine;
    this.backends = new Backends(machine.backends);
  }

  receive(message: ToChild): void {
    if (message.kind === 'cancel') {
      this.cancelled.add(message.id);
      this.machine.threads?.cancel();
      return;
    }
    // One at a time: backends are shared, and a GPU is not faster for being asked twice.
    this.running = this.running.then(() => this.answer(message));
  }

  private async answer(message: Exclude<ToChild, { kind: 'cancel' }>): Promise<void> {
    const { id } = message;
    try {
      this.machine.send(await this.reply(message));
    } catch (thrown) {
      this.machine.send({ kind: 'failed', id, failure: failed('internal', thrownText(thrown)).failure });
    } finally {
      this.cancelled.delete(id);
    }
  }

  private reply(message: Exclude<ToChild, { kind: 'cancel' }>): Promise<FromChild> {
    const { id } = message;
    if (message.kind === 'measure') return this.measure(id, message.request);
    return message.kind === 'batch' ? this.batch(id, message.requests) : this.examine(id, message.settings);
  }

  private async measure(id: number, wanted: MeasureRequest): Promise<FromChild> {
    const backend = await this.backends.choose(wanted.backend, wanted.settings);
    if (!backend.ok) return { kind: 'failed', id, failure: backend.failure };
    const request = fitted(wanted, backend.value);
    if (!request.ok) return { kind: 'failed', id, failure: request.failure };
    const start = performance.now();
    const result = await this.run(id, backend.value, [request.value]);
    if (!result.ok) return { kind: 'failed', id, failure: result.failure };
    const [draws = { draws: [], zen: [] }] = result.value;
    const { batch, zenBatch } = request.value;
    const seconds = (performance.now() - start) / 1000;
    return {
      kind: 'measured',
      id,
      backend: report(backend.value),
      batch,
      zenBatch,
      ...draws,
      seconds,
      peakBytes: this.machine.peakBytes(),
    };
  }

  /** Networks that the device has no room for, and numbers that are none, are one answer's failure and not that of all. */
  private async batch(id: number, wanted: readonly MeasureRequest[]): Promise<FromChild> {
    const [first] = wanted;
    const backend = await this.backends.choose(first?.backend ?? 'auto', first?.settings ?? { cudaFolders: [] });
    if (!backend.ok) return { kind: 'failed', id, failure: backend.failure };
    const requests = wanted.map((request) => unshrunk(request, backend.value));
    const possible = requests.flatMap((request) => (request.ok ? request.value : []));
    const result = await this.run(id, backend.value, possible);
    if (!result.ok) return { kind: 'failed', id, failure: result.failure };
    const results = result.value.values();
    const answers = requests.map((request) => {
      if (!request.ok) return request;
      const draws = results.next().value ?? { draws: [], zen: [] };
      return [...draws.draws.flat(), ...draws.zen].every(Number.isFinite) ? { ok: true as const, ...draws } : NO_NUMBER;
    });
    return { kind: 'batched', id, backend: report(backend.value), answers };
  }

  /** All draws of some requests, in threads on wasm and one after another where a draw has all of the device. */
  private async run(
    id: number,
    backend: ProvenBackend,
    requests: readonly MeasureRequest[],
  ): Promise<Outcome<Draws[]>> {
    const cancelled = (): boolean => this.cancelled.has(id);
    if (cancelled()) return failed('cancelled', 'The measurement was cancelled.');
    const progress = (done: number, total: number): void => this.machine.send({ kind: 'progress', id, done, total });
    const { threads } = this.machine;
    if (backend.name === 'wasm' && threads !== undefined) return threads.run(requests, progress);
    return runDrawsHere(requests, cancelled, progress, backend.own?.pass);
  }

  private async examine(id: number, settings: BackendSettings): Promise<FromChild> {
    const backends: Extract<FromChild, { kind: 'examined' }>['backends'] = [];
    for (const name of BACKENDS) {
      const outcome = await this.backends.get(name, settings);
      backends.push(
        outcome.ok
          ? { usable: true, backend: report(outcome.value) }
          : { usable: false, name, failure: outcome.failure },
      );
      // A sign of life: loading a GPU's libraries takes seconds.
      this.machine.send({ kind: 'progress', id, done: backends.length, total: BACKENDS.length });
    }
    return { kind: 'examined', id, backends };
  }
}

/** A request as it was asked: with other batches its numbers could not be compared with those of its neighbours. */
function unshrunk(request: MeasureRequest, device: ProvenBackend): Outcome<MeasureRequest> {
  const fit = fitted(request, device);
  if (!fit.ok || (fit.value.batch === request.batch && fit.value.zenBatch === request.zenBatch)) return fit;
  return failed('too-large', `${device.device} (${device.name}) has no room for it.`, 'Measure at a smaller input.');
}

const NO_NUMBER: { readonly ok: false; readonly failure: MeasureFailure } = failed(
  'internal',
  'The forward pass gave no finite number.',
);

const report = ({ name, device, kind, versions, gmacsPerSecond }: ProvenBackend): BackendReport => ({
  name,
  device,
  kind,
  versions: { ...versions },
  gmacsPerSecond,
});
