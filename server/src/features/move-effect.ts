import { counted, si, signed } from '../../../common/numbers.ts';
import type { BackboneAnalysis } from '../analysis/analyse.ts';
import { type Outlook, WhatIf } from '../analysis/what-if.ts';
import type { Backbone, Group } from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import type { Network } from '../backbone/lower.ts';
import { costOf } from '../cost/budget.ts';
import type { Convention, Costs } from '../cost/cost.ts';
import type { Scoring } from '../entropy/objectives/definition.ts';
import { type ViolationCode, violations } from '../space/constraints.ts';
import { applyMove, type Move } from '../space/moves.ts';
import { SPACES } from '../space/space.ts';

/**
 * Each change that is tried reads the whole design, so that trying all of them takes the square of its size: in larger
 * ones nothing is looked for, and no published backbone has a third of these.
 */
export const MOST_GROUPS = 120;

export const tooLargeText = (groups: number): string =>
  `Changes of the whole design are looked for up to ${MOST_GROUPS} groups: here are ${groups.toLocaleString('en-US')}.`;

/** A move tried on a design: what it gives, and what changes by it. */
export interface MoveEffect {
  readonly move: Move;
  readonly index: number;
  readonly from: Group;
  readonly to: Group;
  readonly backbone: Backbone;
  readonly costs: Costs;
  /** In the unit of the objective. */
  readonly scoreGain: number;
  /** In the unit of the cost that was asked for. */
  readonly costGain: number;
}

/** The constraints that the language itself warns of, whatever the space; see language/check-shapes.ts. */
const WARNED: readonly ViolationCode[] = ['shrinks', 'bottleneck-too-wide', 'kernel-too-large'];

const warningsOf = (backbone: Backbone, asked?: (group: number) => boolean): string[] =>
  violations(backbone, SPACES.paper, Number.POSITIVE_INFINITY, asked)
    .filter((v) => WARNED.includes(v.code))
    .map((v) => `${v.group} ${v.code} ${v.actual}`);

/** Tries changes of one design, each in a few microseconds. */
export class Trials {
  readonly analysis: BackboneAnalysis;
  /** Of the design as it is. */
  readonly score: number;
  private readonly whatIf: WhatIf;
  private readonly warnings: ReadonlySet<string>;

  constructor(analysis: BackboneAnalysis, scoring: Scoring) {
    this.analysis = analysis;
    this.whatIf = new WhatIf(analysis, scoring);
    this.score = this.whatIf.score;
    this.warnings = new Set(warningsOf(analysis.backbone));
  }

  /** Costs and score with other groups; undefined for a design that the language would warn of where it did not before. */
  try(groups: readonly Group[]): Outlook | undefined {
    const known = this.analysis.backbone.groups;
    // A group is judged by its own numbers and by what it reads; max-pools hand on what they read themselves.
    let read = false;
    const asked = groups.map((g, i) => {
      const changed = g !== known[i];
      const asks = changed || read;
      read = changed || (read && blockOf(g).keepsChannels);
      return asks;
    });
    const warnings = warningsOf({ ...this.analysis.backbone, groups }, (group) => asked[group] === true);
    return warnings.some((w) => !this.warnings.has(w)) ? undefined : this.whatIf.try(groups);
  }

  /** One move of one group; undefined also when it changes nothing. */
  move(index: number, move: Move, cost: Convention): MoveEffect | undefined {
    const { backbone, costs } = this.analysis;
    const groups = applyMove(backbone.groups, index, move);
    const [from, to] = [backbone.groups[index], groups?.[index]];
    const outlook = groups === undefined ? undefined : this.try(groups);
    if (groups === undefined || from === undefined || to === undefined || outlook === undefined) return undefined;
    const scoreGain = outlook.score - this.score;
    const costGain = costOf(outlook.costs, cost) - costOf(costs, cost);
    return { move, index, from, to, backbone: { ...backbone, groups }, costs: outlook.costs, scoreGain, costGain };
  }
}

/** «+4.1 score, +6.2 G macs» */
export const effectText = (effect: Pick<MoveEffect, 'scoreGain' | 'costGain'>, cost: Convention): string =>
  `${signed(effect.scoreGain)} score, ${signed(effect.costGain, (v) => si(v, 3))} ${cost}`;

/** «C4», or «C4 group 2» where a stage has several; of a graph the node's name. */
export function groupName({ groups }: Pick<Network, 'groups'>, index: number): string {
  const place = groups[index]?.place ?? '';
  const members = groups.filter((g) => g.place === place);
  const number = members.findIndex((g) => g.index === index) + 1;
  return members.length === 1 ? place : `${place} group ${number}`;
}

/** «Widen C4 bottleneck 112 → 136»: what a move does to a group, in words. */
export function moveText({ from, to }: Pick<MoveEffect, 'from' | 'to'>, name: string): string {
  if (to.depth !== from.depth) {
    return `${to.depth > from.depth ? 'Deepen' : 'Shorten'} ${name} ${from.depth} → ${counted(to.depth, 'block')}`;
  }
  if (to.kernel !== from.kernel) return `Change ${name} kernel ${from.kernel} → ${to.kernel}`;
  if (to.out !== from.out) return `${to.out > from.out ? 'Widen' : 'Narrow'} ${name} output ${from.out} → ${to.out}`;
  if (to.btn !== from.btn)
    return `${to.btn > from.btn ? 'Widen' : 'Narrow'} ${name} bottleneck ${from.btn} → ${to.btn}`;
  return `Change ${name} to ${to.block}`;
}

/** «depth +1», «btn 112 → 136»: the same without the group, as short as a hint must be. */
export function shortMoveText({ from, to }: Pick<MoveEffect, 'from' | 'to'>): string {
  if (to.depth !== from.depth) return `depth ${signed(to.depth - from.depth, String)}`;
  if (to.kernel !== from.kernel) return `k ${from.kernel} → ${to.kernel}`;
  if (to.out !== from.out) return `out ${from.out} → ${to.out}`;
  return `btn ${from.btn} → ${to.btn}`;
}
