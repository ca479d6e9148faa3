import type { BlockKind } from '../backbone/backbone.ts';

/**
 * What a design may look like: limits as settings, not constants, because the published S/M/L networks break the
 * released ones (docs/method.md 4). Every limit is inclusive; Infinity switches one off.
 */
export interface Space {
  readonly name: SpaceName;
  /** Widest stem convolution. */
  readonly stemChannels: number;
  /** Widest output of any group. */
  readonly channels: number;
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
  /** Deepest later group, whatever the budget: without it a budget on memory alone would not bound a network. */
  readonly depth: number;
  /** Whether later groups are also held to depth ≤ ⌊⌊layers/3⌋ / (groups − 1)⌋, from the layers budget. */
  readonly depthFromLayers: boolean;
  /** Block types that the coarse phase may exchange for one another; none keeps every group's type. */
  readonly blocks: readonly BlockKind[];
}

export const SPACE_NAMES = ['tinynas', 'paper'] as const;
export type SpaceName = (typeof SPACE_NAMES)[number];

export const SPACES: Readonly<Record<SpaceName, Space>> = {
  /** The released searcher's constraints. One of its spaces holds one block type, so types stay. */
  tinynas: {
    name: 'tinynas',
    stemChannels: 32,
    channels: 2048,
    growth: 4,
    monotone: true,
    squeeze: 10,
    expansion: 1,
    invertedExpansion: 6,
    kernelMargin: 1.5,
    firstDepth: 3,
    depth: 32,
    depthFromLayers: true,
    blocks: [],
  },
  /**
   * Wide enough for MAE-DET-S/M/L: a stem of 80, 2400 channels, out = 5.7 in, out = 14.6 btn, 12 blocks in a group.
   * The coarse phase may also change the type of residual blocks.
   */
  paper: {
    name: 'paper',
    stemChannels: 128,
    channels: 4096,
    growth: 8,
    monotone: true,
    squeeze: 16,
    expansion: 1,
    invertedExpansion: 6,
    kernelMargin: 1.5,
    firstDepth: 3,
    depth: 16,
    depthFromLayers: false,
    blocks: ['bottleneck', 'basic', 'k1kx'],
  },
};
