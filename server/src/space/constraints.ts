import type { Backbone, Group } from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import { groupChannels } from '../backbone/channels.ts';
import { largestKernel } from './grid.ts';
import { isRatio } from './moves.ts';
import type { Space } from './space.ts';

export const VIOLATION_CODES = [
  'stem-too-wide',
  'too-wide',
  'grows-too-fast',
  'shrinks',
  'bottleneck-too-narrow',
  'bottleneck-too-wide',
  'kernel-too-large',
  'too-deep',
] as const;
export type ViolationCode = (typeof VIOLATION_CODES)[number];

/** One number of one group outside its limit. */
export interface Violation {
  readonly group: number;
  readonly code: ViolationCode;
  readonly field: 'out' | 'btn' | 'kernel' | 'depth';
  readonly actual: number;
  /** The largest (smallest for `shrinks` and `bottleneck-too-narrow`) number that the space allows here. */
  readonly allowed: number;
}

/** Number of groups that make up the stem: the convolutions and max-pools before the first block, at least one. */
export function stemLength(groups: readonly Pick<Group, 'block'>[]): number {
  const first = groups.findIndex((g) => blockOf(g).repeats);
  return Math.max(1, first < 0 ? groups.length : first);
}

/** Shorter side of every group's output: ceil(size / stride) at every step. */
export function outputSides(backbone: Backbone): number[] {
  let side = Math.min(backbone.input.height, backbone.input.width);
  return backbone.groups.map((g) => {
    side = Math.ceil(side / g.stride);
    return side;
  });
}

/** The deepest that a group may be. docs/method.md 4: 3 for the first, ⌊⌊layers/3⌋ / (groups − 1)⌋ for the others. */
export function deepest(groups: readonly Group[], index: number, space: Space, layersLimit = Infinity): number {
  const g = groups[index];
  if (g === undefined || !blockOf(g).repeats) return Infinity;
  const stem = stemLength(groups);
  // A network that begins with a block has no stem convolution; its first group is held to what every group is.
  if (index < stem) return space.depth;
  if (index === stem) return space.firstDepth;
  const later = groups.length - stem - 1;
  const share = Math.floor(Math.floor(layersLimit / 3) / later);
  return space.depthFromLayers ? Math.min(space.depth, Math.max(1, share)) : space.depth;
}

/** btn ≤ expansion · out */
export const expansionOf = (g: Group, space: Space): number => (isRatio(g) ? space.invertedExpansion : space.expansion);

/**
 * What a backbone breaks of a space, group by group; an empty list when nothing. Whoever passes the budget's limit on
 * layers gets the depth that follows from it checked too, and whoever knows which groups can have changed may ask for
 * those only. Max-pools have no numbers of their own to break anything.
 */
export function violations(
  backbone: Backbone,
  space: Space,
  layersLimit = Infinity,
  asked: (group: number) => boolean = () => true,
): Violation[] {
  const { groups } = backbone;
  const stem = stemLength(groups);
  const channels = groupChannels(backbone);
  const sides = outputSides(backbone);
  const found: Violation[] = [];
  groups.forEach((g, group) => {
    if (blockOf(g).keepsChannels || !asked(group)) return;
    const { in: before } = channels[group] ?? { in: 0 };
    const holds = (code: ViolationCode, field: Violation['field'], allowed: number, atLeast = false): void => {
      const actual = g[field];
      if (atLeast ? actual < allowed : actual > allowed) found.push({ group, code, field, actual, allowed });
    };
    if (group < stem) holds('stem-too-wide', 'out', space.stemChannels);
    else {
      holds('too-wide', 'out', space.channels);
      holds('grows-too-fast', 'out', space.growth * before);
      if (space.monotone) holds('shrinks', 'out', before, true);
    }
    if (g.btn > 0) {
      holds('bottleneck-too-wide', 'btn', expansionOf(g, space) * g.out);
      holds('bottleneck-too-narrow', 'btn', Math.ceil(g.out / space.squeeze), true);
    }
    if (g.kernel > 1) holds('kernel-too-large', 'kernel', largestKernel(sides[group] ?? 1, space.kernelMargin));
    holds('too-deep', 'depth', deepest(groups, group, space, layersLimit));
  });
  return found;
}
