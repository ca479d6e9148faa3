import type { Backbone, Group } from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import { groupChannels } from '../backbone/channels.ts';
import { runOrder, wireOf } from '../backbone/lower.ts';
import { sideAfter } from '../graph/shapes.ts';
import { largestKernel, roundToGrid } from './grid.ts';
import { type GroupLimits, limitsOfGroup } from './limits.ts';
import { isExchangeable, isRatio, movesWidth } from './moves.ts';
import { type Rules, rulesOf } from './rules.ts';
import type { Changeable, Space } from './space.ts';
import { stemOf } from './stem.ts';
import { boundBy } from './ties.ts';

export const VIOLATION_CODES = [
  'stem-too-wide',
  'too-wide',
  'too-narrow',
  'off-grid',
  'grows-too-fast',
  'shrinks',
  'bottleneck-too-narrow',
  'bottleneck-too-wide',
  'kernel-too-large',
  'kernel-not-offered',
  'too-deep',
  'too-shallow',
  'block-not-offered',
] as const;
export type ViolationCode = (typeof VIOLATION_CODES)[number];

/** One number of one group outside its limit. */
export interface Violation {
  readonly group: number;
  readonly code: ViolationCode;
  readonly field: Changeable;
  readonly actual: number | string;
  /** The nearest that the space allows here. */
  readonly allowed: number | string;
}

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

/**
 * The deepest that a group may be: what is written for it, or 3 for the first and ⌊⌊layers/3⌋ / (groups − 1)⌋ for the
 * others (docs/method.md 4).
 */
export function deepest(
  backbone: Pick<Backbone, 'groups' | 'wiring'>,
  index: number,
  space: Space,
  layersLimit = Infinity,
  limits: GroupLimits = limitsOfGroup(backbone, index, space),
): number {
  const { groups } = backbone;
  const g = groups[index];
  const { most } = limits.depth;
  if (g === undefined || !blockOf(g).repeats) return Infinity;
  const stem = stemOf(backbone);
  // A network that begins with a block has no stem convolution; its first group is held to what every group is.
  if (limits.ownDepth || index < stem) return most;
  if (index === stem) return space.firstDepth;
  const later = groups.length - stem - 1;
  const share = Math.floor(Math.floor(layersLimit / 3) / later);
  return space.depthFromLayers ? Math.min(most, Math.max(1, share)) : most;
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

/**
 * What a backbone breaks of a space, group by group; an empty list when nothing. Whoever passes the budget's limit on
 * layers gets the depth that follows from it checked too, and whoever knows which groups can have changed may ask for
 * those only. Max-pools have no numbers of their own to break anything, and what is kept breaks no limit of its own.
 */
export function violations(
  backbone: Backbone,
  space: Space,
  layersLimit = Infinity,
  asked: (group: number) => boolean = () => true,
  rules: Rules = rulesOf(backbone, space),
): Violation[] {
  const { groups } = backbone;
  const channels = groupChannels(backbone);
  const sides = outputSides(backbone);
  const found: Violation[] = [];
  groups.forEach((g, group) => {
    if (blockOf(g).keepsChannels || !asked(group)) return;
    const limits = rules.limits(group);
    const { in: before } = channels[group] ?? { in: 0 };
    const tell: Tell = (code, field, allowed) => found.push({ group, code, field, actual: g[field], allowed });
    const said = found.length;
    if (!rules.stays(group)) checkOut(g, limits, tell);
    if (rules.held(group)) {
      const held = heldTo(backbone, group);
      if (held.growth && g.out > space.growth * before) tell('grows-too-fast', 'out', space.growth * before);
      if (held.monotone && space.monotone && g.out < before) tell('shrinks', 'out', before);
    }
    // Of a width that must change anyhow the grid says nothing of its own.
    if (found.length === said && !rules.stays(group) && g.out % limits.out.step !== 0)
      tell('off-grid', 'out', roundToGrid(g.out, 1, limits.out.step));
    if (g.btn > 0 && !(limits.kept.has('btn') && rules.stays(group))) checkBottleneck(g, limits, space, tell);
    checkChoices(g, limits, largestKernel(sides[group] ?? 1, space.kernelMargin), tell);
    checkDepth(g, limits, deepest(backbone, group, space, layersLimit, limits), tell);
  });
  return found;
}

type Tell = (code: ViolationCode, field: Changeable, allowed: number | string) => void;

function checkDepth(g: Group, { depth, kept }: GroupLimits, most: number, tell: Tell): void {
  if (kept.has('depth')) return;
  if (g.depth > most) tell('too-deep', 'depth', most);
  else if (blockOf(g).repeats && g.depth < depth.least) tell('too-shallow', 'depth', depth.least);
}

function checkOut(g: Group, { out, stem }: GroupLimits, tell: Tell): void {
  if (g.out > out.most) tell(stem ? 'stem-too-wide' : 'too-wide', 'out', out.most);
  else if (g.out < out.least) tell('too-narrow', 'out', out.least);
}

function checkBottleneck(g: Group, { btn, kept }: GroupLimits, space: Space, tell: Tell): void {
  const own = kept.has('btn') ? { least: 1, most: Infinity } : btn;
  const most = Math.min(expansionOf(g, space) * g.out, own.most);
  const least = Math.max(Math.ceil(g.out / space.squeeze), movesWidth(g, 'btn') ? own.least : 1);
  if (g.btn > most) tell('bottleneck-too-wide', 'btn', most);
  else if (g.btn < least) tell('bottleneck-too-narrow', 'btn', least);
  else if (!kept.has('btn') && g.btn % btn.step !== 0 && movesWidth(g, 'btn'))
    tell('off-grid', 'btn', roundToGrid(g.btn, 1, btn.step));
}

function checkChoices(g: Group, { kernels, blocks, kept }: GroupLimits, largest: number, tell: Tell): void {
  if (g.kernel > largest && g.kernel > 1 && !kept.has('kernel')) tell('kernel-too-large', 'kernel', largest);
  else if (blockOf(g).search.kernel && !kept.has('kernel') && !kernels.own && !kernels.of.includes(g.kernel)) {
    const [nearest] = kernels.of.toSorted((a, b) => Math.abs(a - g.kernel) - Math.abs(b - g.kernel));
    if (nearest !== undefined) tell('kernel-not-offered', 'kernel', nearest);
  }
  const [first] = blocks.of;
  if (first !== undefined && isExchangeable(g) && !kept.has('block') && !blocks.own && !blocks.of.includes(g.block))
    tell('block-not-offered', 'block', first);
}
