/**
 * What a device takes for operators of many shapes, as `NAME.maeprofile.json` has it. The file's name is the device's name
 * in a budget: `latency <= 12ms on NAME`. Plain data: a search carries it to its workers and into its checkpoints.
 */
export interface Profile {
  readonly format: 'maeprofile';
  readonly version: 1;
  /** For people: the processor, the board, the phone. */
  readonly device: string;
  readonly runtime: { readonly name: string; readonly version: string };
  readonly threads: number;
  readonly precision: 'float32';
  /** When it was timed, as 2026-12-01. */
  readonly date: string;
  readonly timing: Timing;
  /** Kernels work on so many channels at once: 68 channels cost what 80 do where it is 16. 1 where no such block was found. */
  readonly channelBlock: number;
  /**
   * What costs nothing of its own behind a convolution, because the runtime does it with it: `relu`, or `sum relu` for a ReLU
   * behind a sum behind a convolution. BatchNorm counts for nothing in between where it is here itself.
   */
  readonly fused: readonly string[];
  /** Which operators leave the layout in blocks of channels that the kernels work in; absent where there is no such layout. */
  readonly layout?: Layout;
  /** By what the sum over a network's operators is multiplied: whole networks against sums, found on whole networks. */
  readonly factor: number;
  /** Milliseconds that each operator costs beside, to be called; nothing where it is left out. */
  readonly overhead?: number;
  /** Milliseconds for each million weights of a convolution beside: a network's come from further away than those of one that is timed by itself. */
  readonly perMillionWeights?: number;
  /** How well networks are predicted that had no part in the profile; absent where none were run. */
  readonly heldOut?: HeldOut;
  readonly operators: readonly OperatorTimes[];
}

/** Where maps do not stay in the blocks. */
export interface Layout {
  /** The operators that read and write them as ONNX has them, whatever their width. */
  readonly plain: readonly string[];
}

/** How the times were got. */
export interface Timing {
  /** `cpu`: processor time of the process. `wall`: the clock, beside a network that was timed in turn with everything else. */
  readonly clock: 'cpu' | 'wall';
  /** Which of the runs of one point is its time, as 0.2 for the 20th percentile. */
  readonly quantile: number;
  readonly warmUps: number;
  /** The same network timed twice: the median of what the two times differ by, as a share. */
  readonly noise: number;
}

/** Errors are shares of what was measured. */
export interface HeldOut {
  readonly networks: number;
  readonly medianError: number;
  readonly error95: number;
  /** Spearman's, of predicted and measured times. */
  readonly rank: number;
}

/** Whether a convolution mixes all channels (`one` group), none (`each` channel by itself), or those of `several` groups. */
export type Grouping = 'one' | 'each' | 'several';

/** One kind of operator, with its times. An operator without a window has kernel and stride 1. */
export interface OperatorTimes {
  readonly op: string;
  readonly kernel: number;
  readonly stride: number;
  readonly grouping: Grouping;
  readonly points: readonly Point[];
}

/** What the numbers of a point are, in this order. */
export const POINT_COLUMNS = ['in', 'out', 'groups', 'height', 'width', 'ms', 'spread', 'runs'] as const;

/**
 * One shape with its time: channels read and written, channel groups, height and width of the map that is read, the time in
 * milliseconds, how far runs spread (the middle half of them, as a share of the time), and how many there were.
 */
export type Point = readonly [
  inChannels: number,
  out: number,
  groups: number,
  height: number,
  width: number,
  ms: number,
  spread: number,
  runs: number,
];

/** What a profile's file is called. */
export const PROFILE_SUFFIX = '.maeprofile.json';
export const profileFile = (name: string): string => `${name}${PROFILE_SUFFIX}`;
