import type { BlockKind } from '../backbone/backbone.ts';

/** Numbers from `least` to `most`, both of them allowed. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** Widths on a grid: the multiples of `step` in a range. Steps count from 0. */
export interface Widths extends Range {
  readonly step: number;
}

/** What may be chosen. */
export interface Choices<T> {
  /** Whether what a group has stays a choice beside them. */
  readonly own: boolean;
  readonly of: readonly T[];
}

/** Limits of one stage, one node or the stem; what is left out is as in the rest of the space. */
export interface PlaceLimits {
  readonly out?: Partial<Widths>;
  readonly btn?: Partial<Widths>;
  readonly kernels?: Choices<number>;
  readonly depth?: Partial<Range>;
  readonly blocks?: Choices<BlockKind>;
}

/** What of a group a search may change. */
export const CHANGEABLE = ['out', 'btn', 'kernel', 'depth', 'block'] as const;
export type Changeable = (typeof CHANGEABLE)[number];

/** What stays as it is written: all groups of a place, or one field of them. */
export interface Kept {
  /** `stem`, or the name of a stage or a node. */
  readonly place: string;
  readonly field?: Changeable;
}

/**
 * What a design may look like: limits as settings, not constants, because the published S/M/L networks break the
 * released ones (docs/method.md 4). Every limit is inclusive.
 */
export interface Space {
  readonly name: string;
  /** Output channels of the groups after the stem. */
  readonly out: Widths;
  /** Bottleneck widths of the groups after the stem. */
  readonly btn: Widths;
  readonly kernels: Choices<number>;
  readonly depth: Range;
  /** Block types that the coarse phase may exchange for one another. */
  readonly blocks: Choices<BlockKind>;
  /** out ≤ growth · in for the groups after the stem. */
  readonly growth: number;
  /** out ≥ in for the groups after the stem. */
  readonly monotone: boolean;
  /** out / squeeze ≤ btn. */
  readonly squeeze: number;
  /** btn ≤ expansion · out for residual blocks. */
  readonly expansion: number;
  /** btn ≤ invertedExpansion · out for `inverted` blocks: the largest of their ratios. */
  readonly invertedExpansion: number;
  /** k · kernelMargin ≤ shorter side of the group's output feature map. */
  readonly kernelMargin: number;
  /** Deepest first group after the stem. */
  readonly firstDepth: number;
  /** Whether later groups are also held to depth ≤ ⌊⌊layers/3⌋ / (groups − 1)⌋, from the layers budget. */
  readonly depthFromLayers: boolean;
  /** Limits of the stem; `out` and `btn` above do not bind it. */
  readonly stem: PlaceLimits;
  /** Limits of stages and nodes, by their names. */
  readonly places: Readonly<Record<string, PlaceLimits>>;
  readonly keep: readonly Kept[];
}
