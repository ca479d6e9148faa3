import type { Outcome } from '../failure.ts';

/** In the order in which `auto` prefers them when they are equally fast. */
export const BACKENDS = ['cuda', 'webgpu', 'wasm'] as const;
export type BackendName = (typeof BACKENDS)[number];
export type BackendChoice = 'auto' | BackendName;

/** Where backends that are not bundled are looked for. */
export interface BackendSettings {
  /** Folders whose node_modules may hold @tensorflow/tfjs-node-gpu, the most wanted first. */
  readonly cudaFolders: readonly string[];
}

/** A backend that was loaded and is now tfjs's current one. */
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
}

export type OpenBackend = (settings: BackendSettings) => Promise<Outcome<OpenedBackend>>;
