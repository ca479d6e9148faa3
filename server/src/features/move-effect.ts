import { analyse, type BackboneAnalysis } from '../analysis/analyse.ts';
import { type Backbone, type Group, stageName } from '../backbone/backbone.ts';
import type { Convention } from '../cost/cost.ts';
import { type ViolationCode, violations } from '../space/constraints.ts';
import { applyMove, type Move } from '../space/moves.ts';
import { SPACES } from '../space/space.ts';
import { si, signed } from './numbers.ts';
import { type FeatureOptions, scoreOf } from './options.ts';

/** A move tried on a backbone: the design it gives, and what changes by it. */
export interface MoveEffect {
  readonly move: Move;
  readonly index: number;
  readonly backbone: Backbone;
  readonly analysis: BackboneAnalysis;
  readonly scoreGain: number;
  readonly costGain: number;
}

/** Tries a move; undefined when it changes nothing, or makes a design that the language would warn of. */
export function tryMove(
  before: BackboneAnalysis,
  index: number,
  move: Move,
  cost: Convention,
  options: FeatureOptions,
): MoveEffect | undefined {
  const groups = applyMove(before.backbone.groups, index, move);
  if (groups === undefined) return undefined;
  const backbone = { ...before.backbone, groups };
  if (breaksMore(backbone, before.backbone)) return undefined;
  const analysis = analyse(backbone);
  const scoreGain = scoreOf(analysis, options) - scoreOf(before, options);
  return { move, index, backbone, analysis, scoreGain, costGain: analysis.costs[cost] - before.costs[cost] };
}

/** The constraints that the language itself warns of, whatever the space; see language/check-shapes.ts. */
const WARNED: readonly ViolationCode[] = ['shrinks', 'bottleneck-too-wide', 'kernel-too-large'];

const warnedOf = (backbone: Backbone) => violations(backbone, SPACES.paper).filter((v) => WARNED.includes(v.code));

/** Whether a design breaks one of those constraints that another kept, or breaks it otherwise. */
export function breaksMore(to: Backbone, from: Backbone): boolean {
  const known = new Set(warnedOf(from).map((v) => `${v.group} ${v.code} ${v.actual}`));
  return warnedOf(to).some((v) => !known.has(`${v.group} ${v.code} ${v.actual}`));
}

/** «+4.1 score, +6.2 G macs» */
export const effectText = (effect: MoveEffect, cost: Convention): string =>
  `${signed(effect.scoreGain)} score, ${signed(effect.costGain, (v) => si(v, 3))} ${cost}`;

/** «Widen C4 bottleneck 112 → 136»: what a move does to a group, in words. */
export function moveText(from: Group, to: Group, stage: number): string {
  const name = stageName(stage);
  if (to.depth !== from.depth) {
    return `${to.depth > from.depth ? 'Deepen' : 'Shorten'} ${name} ${from.depth} → ${to.depth} blocks`;
  }
  if (to.kernel !== from.kernel) return `Change ${name} kernel ${from.kernel} → ${to.kernel}`;
  if (to.out !== from.out) return `${to.out > from.out ? 'Widen' : 'Narrow'} ${name} output ${from.out} → ${to.out}`;
  if (to.btn !== from.btn)
    return `${to.btn > from.btn ? 'Widen' : 'Narrow'} ${name} bottleneck ${from.btn} → ${to.btn}`;
  return `Change ${name} to ${to.block}`;
}
