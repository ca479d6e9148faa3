import type { Backbone, Group } from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import { groupChannels } from '../backbone/channels.ts';
import { runOrder, STEM, wireOf } from '../backbone/lower.ts';
import { sideAfter } from '../graph/shapes.ts';
import { largestKernel } from './grid.ts';
import { isRatio } from './moves.ts';
import type { Space } from './space.ts';
import { boundBy, tiesOf } from './ties.ts';

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

/** The same of a backbone: a graph says itself where its stem ends. */
export const stemOf = ({ groups, wiring }: Backbone): number =>
  wiring === undefined
    ? stemLength(groups)
    : 1 +
      Math.max(
        0,
        wiring.nodes.findIndex(({ name }) => name === STEM),
      );

/** Shorter side of every group's output: ceil(size / stride) at every step. */
export function outputSides(backbone: Backbone): number[] {
  const { groups, input } = backbone;
  const whole = Math.min(input.height, input.width);
  if (backbone.wiring === undefined) {
    let side = whole;
    return groups.map((g) => {
      side = Math.ceil(side / g.stride);
      return side;
    });
  }
  const sides = groups.map(() => whole);
  for (const index of runOrder(backbone)) {
    const { reads, at } = wireOf(backbone, index);
    const side = at === undefined ? (sides[reads[0]?.group ?? -1] ?? whole) : sideAfter(whole, at);
    sides[index] = Math.ceil(side / (groups[index]?.stride ?? 1));
  }
  return sides;
}

/** The deepest that a group may be. docs/method.md 4: 3 for the first, ⌊⌊layers/3⌋ / (groups − 1)⌋ for the others. */
export function deepest(
  groups: readonly Group[],
  index: number,
  space: Space,
  layersLimit = Infinity,
  stem = stemLength(groups),
): number {
  const g = groups[index];
  if (g === undefined || !blockOf(g).repeats) return Infinity;
  // A network that begins with a block has no stem convolution; its first group is held to what every group is.
  if (index < stem) return space.depth;
  if (index === stem) return space.firstDepth;
  const later = groups.length - stem - 1;
  const share = Math.floor(Math.floor(layersLimit / 3) / later);
  return space.depthFromLayers ? Math.min(space.depth, Math.max(1, share)) : space.depth;
}

/**
 * Whether a group's output is held to a multiple of what it reads, and to no less. In a graph that is between a node and
 * the one node that it reads as it is; what is resampled is as wide as its reader, and a plain convolution behind the stem is
 * a lateral, which may narrow.
 */
export function heldTo(backbone: Backbone, index: number): { readonly growth: boolean; readonly monotone: boolean } {
  if (backbone.wiring === undefined) return { growth: true, monotone: true };
  const [g, growth] = [backbone.groups[index], boundBy(backbone, index) >= 0];
  return { growth, monotone: growth && g !== undefined && blockOf(g).repeats };
}

/** btn ≤ expansion · out */
export const expansionOf = (g: Group, space: Space): number => (isRatio(g) ? space.invertedExpansion : space.expansion);

/** Whose output a move may change, where wiring or blocks tie some of them; in other chains all are judged. */
export function movableOutputs(backbone: Backbone): (group: number) => boolean {
  if (backbone.wiring === undefined && backbone.groups.every((g) => blockOf(g).reads === undefined)) return () => true;
  const { owner, movable } = tiesOf(backbone);
  return (group) => movable[owner[group] ?? -1] === true;
}

/**
 * What a backbone breaks of a space, group by group; an empty list when nothing. Whoever passes the budget's limit on
 * layers gets the depth that follows from it checked too, and whoever knows which groups can have changed may ask for
 * those only. Max-pools have no numbers of their own to break anything.
 *
 * @param moves see movableOutputs; no width has a part in it, so that whoever judges many designs asks once
 */
export function violations(
  backbone: Backbone,
  space: Space,
  layersLimit = Infinity,
  asked: (group: number) => boolean = () => true,
  moves: (group: number) => boolean = movableOutputs(backbone),
): Violation[] {
  const { groups } = backbone;
  const stem = stemOf(backbone);
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
    // A width that stays as it is written is not judged, whatever a space says of it.
    if (moves(group) && group < stem) holds('stem-too-wide', 'out', space.stemChannels);
    else if (moves(group)) {
      const held = heldTo(backbone, group);
      holds('too-wide', 'out', space.channels);
      if (held.growth) holds('grows-too-fast', 'out', space.growth * before);
      if (held.monotone && space.monotone) holds('shrinks', 'out', before, true);
    }
    if (g.btn > 0) {
      holds('bottleneck-too-wide', 'btn', expansionOf(g, space) * g.out);
      holds('bottleneck-too-narrow', 'btn', Math.ceil(g.out / space.squeeze), true);
    }
    if (g.kernel > 1) holds('kernel-too-large', 'kernel', largestKernel(sides[group] ?? 1, space.kernelMargin));
    holds('too-deep', 'depth', deepest(groups, group, space, layersLimit, stem));
  });
  return found;
}
