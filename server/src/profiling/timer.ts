import type { Graph } from '../graph/graph.ts';
import type { Operation } from '../latency/operation.ts';
import type { Layout } from '../latency/profile.ts';

/** The time of one thing. */
export interface Timed {
  readonly ms: number;
  /** The middle half of its runs, as a share of the time. */
  readonly spread: number;
  readonly runs: number;
}

/** How the runtime's kernels take their maps. */
export interface Kernels {
  readonly channelBlock: number;
  readonly fused: readonly string[];
  readonly layout: Layout | undefined;
}

/** What times operators and networks: ONNX Runtime, or made-up numbers in a test. */
export interface Timer {
  readonly clock: 'cpu' | 'wall';
  readonly quantile: number;
  readonly warmUps: number;
  readonly kernels: () => Promise<Kernels>;
  /** The operator alone. Undefined where the runtime has none like it. */
  readonly operation: (operation: Operation) => Promise<Timed | undefined>;
  /** One image through a whole network. */
  readonly network: (network: Graph) => Promise<Timed | undefined>;
  readonly close: () => Promise<void>;
}

/** How the runs of a time are told apart. */
export const QUANTILE = 0.2;
export const WARM_UPS = 2;
