import type { Outcome } from '../failure.ts';
import type { Continue, PassOptions } from '../forward.ts';
import type { Plan } from '../plan.ts';

/** In the order in which `auto` prefers them when they are equally fast; it takes `onnx` never, which knows no Zen-Score. */
export const BACKENDS = ['cuda', 'webgpu', 'wasm', 'onnx'] as const;
export type BackendName = (typeof BACKENDS)[number];
/** Those that measure entropies alone. */
const WITHOUT_ZEN: readonly BackendChoice[] = ['onnx'];
export const measuresZen = (backend: BackendChoice): boolean => !WITHOUT_ZEN.includes(backend);

export type BackendChoice = 'auto' | BackendName;

/** Where backends that are not bundled are looked for. */
export interface BackendSettings {
  /** Folders whose node_modules may hold @tensorflow/tfjs-node-gpu or onnxruntime-node, the most wanted first. */
  readonly cudaFolders: readonly string[];
}

/** A draw of the entropy: Σ log γ at the end of each stage. */
export type EntropyPass = (plan: Plan, options: PassOptions, goOn: Continue) => Promise<number[]>;

/** A backend that was loaded, and is now tfjs's current one unless it is none of tfjs's. */
export interface OpenedBackend {
  readonly name: BackendName;
  /** The name of what really computes, as the driver gives it. */
  readonly device: string;
  /** `cpu` also for a backend made for GPUs that found only a software device. */
  readonly kind: 'cpu' | 'gpu';
  readonly versions: Readonly<Record<string, string>>;
  /** Bytes that one tensor may have. */
  readonly maxTensorBytes: number;
  /** Bytes that all tensors of a draw may have together. */
  readonly maxTotalBytes: number;
  /** What a backend that is none of tfjs's does in its stead. */
  readonly own?: OwnEngine;
}

export interface OwnEngine {
  readonly pass: EntropyPass;
  /** Compares log σ of a test convolution with that of plain loops. Gives its speed in GMAC/s. */
  prove(): Promise<Outcome<number>>;
}

export type OpenBackend = (settings: BackendSettings) => Promise<Outcome<OpenedBackend>>;
