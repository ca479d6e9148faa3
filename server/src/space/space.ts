/**
 * What a design may look like: limits as settings, not constants, because the published S/M/L networks break the
 * released ones (METHOD section 4). Every limit is inclusive; Infinity switches one off.
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
  /** btn ≤ expansion · out; 1 for residual blocks, 6 for `inverted` (by its ratios). */
  readonly expansion: number;
  /** k · kernelMargin ≤ side of the feature map. */
  readonly kernelMargin: number;
  /** Deepest first group after the stem. */
  readonly firstDepth: number;
  /** Whether later groups are held to depth ≤ ⌊⌊layers/3⌋ / (groups − 1)⌋, from the layers budget. */
  readonly depthFromLayers: boolean;
}

export const SPACE_NAMES = ['tinynas', 'paper'] as const;
export type SpaceName = (typeof SPACE_NAMES)[number];
