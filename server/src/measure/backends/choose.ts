import { failed, type Outcome } from '../failure.ts';
import { setBackend } from '../tf.ts';
import type { BackendChoice, BackendName, BackendSettings, OpenBackend, OpenedBackend } from './backend.ts';
import { BACKENDS } from './backend.ts';
import { prove, speed } from './prove.ts';

/** A backend whose answer was checked, and how fast it was. */
export interface ProvenBackend extends OpenedBackend {
  readonly gmacsPerSecond: number;
}

/** How each backend is opened on a machine. */
export type OpenBackends = Readonly<Record<BackendName, OpenBackend>>;

/** What tfjs calls those that are its own. */
const TFJS_NAME: Readonly<Partial<Record<BackendName, string>>> = {
  cuda: 'tensorflow',
  webgpu: 'webgpu',
  wasm: 'wasm',
};

/**
 * The backends of this process, each opened and proven once. `auto` is the fastest that proved itself; one that is made
 * for GPUs but computes on the CPU is not raced, because wasm is made for that.
 */
export class Backends {
  private readonly opened = new Map<BackendName, Promise<Outcome<ProvenBackend>>>();
  private readonly openers: OpenBackends;

  constructor(openers: OpenBackends) {
    this.openers = openers;
  }

  /** Opens (the first time) and proves one backend. */
  get(name: BackendName, settings: BackendSettings): Promise<Outcome<ProvenBackend>> {
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    const opening = this.open(name, settings);
    this.opened.set(name, opening);
    return opening;
  }

  /** The wanted backend, current in tfjs. */
  async choose(choice: BackendChoice, settings: BackendSettings): Promise<Outcome<ProvenBackend>> {
    const chosen = choice === 'auto' ? await this.fastest(settings) : await this.get(choice, settings);
    const tfjs = chosen.ok ? TFJS_NAME[chosen.value.name] : undefined;
    if (chosen.ok && tfjs !== undefined && !(await setBackend(tfjs))) {
      return failed(
        'backend-broken',
        `tfjs refused to go back to ${chosen.value.name}.`,
        'Restart the measuring process.',
      );
    }
    return chosen;
  }

  private async open(name: BackendName, settings: BackendSettings): Promise<Outcome<ProvenBackend>> {
    const opened = await this.openers[name](settings);
    if (!opened.ok) return opened;
    if (opened.value.own !== undefined) {
      const speed = await opened.value.own.prove();
      return speed.ok ? { ok: true, value: { ...opened.value, gmacsPerSecond: speed.value } } : speed;
    }
    const proven = await prove(opened.value);
    return proven.ok ? { ok: true, value: { ...proven.value, gmacsPerSecond: await speed() } } : proven;
  }

  private async fastest(settings: BackendSettings): Promise<Outcome<ProvenBackend>> {
    const wasm = await this.get('wasm', settings);
    let best = wasm;
    for (const name of BACKENDS) {
      if (name === 'wasm') continue;
      const other = await this.get(name, settings);
      if (!other.ok || other.value.kind !== 'gpu') continue;
      if (!best.ok || other.value.gmacsPerSecond > best.value.gmacsPerSecond) best = other;
    }
    return best;
  }
}
