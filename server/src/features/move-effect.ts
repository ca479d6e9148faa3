import { counted, signed } from '../../../common/numbers.ts';
import type { BackboneAnalysis } from '../analysis/analyse.ts';
import { type Outlook, WhatIf } from '../analysis/what-if.ts';
import type { Backbone, Group } from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import { groupChannels } from '../backbone/channels.ts';
import type { Network } from '../backbone/lower.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import type { Downstream } from '../cost/downstream.ts';
import type { Scoring } from '../entropy/objectives/definition.ts';
import { VIOLATION_CODES, type ViolationCode, violations } from '../space/constraints.ts';
import { type GroupLimits, limitsAt } from '../space/limits.ts';
import type { Move } from '../space/moves.ts';
import { PRESETS } from '../space/presets.ts';
import { type Rules, rulesOf } from '../space/rules.ts';
import type { Space } from '../space/space.ts';
import { applyTied, type Ties, withMoved } from '../space/ties.ts';
import { costChange } from './cost-text.ts';

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
  /** Groups whose output goes with it, because the wiring ties them. */
  readonly tied: readonly number[];
  readonly backbone: Backbone;
  readonly costs: Costs;
  /** In the unit of the objective. */
  readonly scoreGain: number;
  /** In the unit of the cost that was asked for. */
  readonly costGain: number;
}

/** The constraints that the language itself warns of, whatever the space; see language/check-shapes.ts. */
const WARNED: readonly ViolationCode[] = ['shrinks', 'bottleneck-too-wide', 'kernel-too-large'];

/** What moves go by where no search says what may change. */
const ANYWHERE = limitsAt(PRESETS.tinynas, { names: [], stem: false });

const STAYS: GroupLimits = { ...ANYWHERE, kept: new Set(['out']) };

/** The same where an output stays as it is, because of what reads it behind the backbone. */
const anywhere = ({ kept }: GroupLimits): GroupLimits => (kept.has('out') ? STAYS : ANYWHERE);

type Asked = (group: number) => boolean;

const warningsOf = (backbone: Backbone, rules: Rules, codes: readonly ViolationCode[], asked?: Asked): string[] =>
  violations(backbone, rules.space, Number.POSITIVE_INFINITY, asked, rules)
    .filter((v) => codes.includes(v.code))
    .map((v) => `${v.group} ${v.code} ${v.actual}`);

/** Whether blocks that do not take any channels read what they may. */
function readsFit(design: Backbone, picky: readonly number[]): boolean {
  if (picky.length === 0) return true;
  const channels = groupChannels(design);
  return picky.every((index) => {
    const g = design.groups[index];
    const range = g === undefined ? undefined : blockOf(g).reads?.(g);
    const read = channels[index]?.in ?? 0;
    return range === undefined || (read >= range.least && read <= range.most);
  });
}

/** Tries changes of one design, each in a few microseconds. */
export class Trials {
  readonly analysis: BackboneAnalysis;
  /** Of the design as it is, with its downstream where it has one. */
  readonly costs: Costs;
  readonly score: number;
  /** Which outputs go with one another. */
  readonly ties: Ties;
  private readonly whatIf: WhatIf;
  private readonly warnings: ReadonlySet<string>;
  /** What the moves of a group go by. */
  readonly limits: (group: number) => GroupLimits;
  private readonly rules: Rules;
  private readonly judged: readonly ViolationCode[];
  /** Groups whose block does not take any channels. */
  private readonly picky: readonly number[];
  /** Groups that are judged, and those that hand on something else than before: 1 where it is so. */
  private readonly asked: Uint8Array;
  private readonly widened: Uint8Array;

  /**
   * @param space in which changes have to stay; without one they may go wherever the language does not warn
   * @param downstream what stands behind the backbone: costs are then those of both, and what it keeps does not change
   */
  constructor(analysis: BackboneAnalysis, scoring: Scoring, space?: Space, downstream?: Downstream) {
    this.analysis = analysis;
    this.whatIf = new WhatIf(analysis, scoring, downstream);
    this.score = this.whatIf.score;
    this.costs = this.whatIf.costs;
    this.rules = rulesOf(analysis.backbone, space ?? PRESETS.paper, downstream?.kept);
    this.ties = this.rules.ties;
    this.judged = space === undefined ? WARNED : VIOLATION_CODES;
    this.limits = space === undefined ? (group) => anywhere(this.rules.limits(group)) : this.rules.limits;
    this.warnings = new Set(warningsOf(analysis.backbone, this.rules, this.judged));
    const { groups } = analysis.backbone;
    this.picky = groups.flatMap((g, index) => (blockOf(g).reads === undefined ? [] : [index]));
    this.asked = new Uint8Array(groups.length);
    this.widened = new Uint8Array(groups.length);
  }

  /** The groups with another one in one of them, and what is tied to it; undefined where its output must stay. */
  with(groups: readonly Group[], index: number, to: Group): readonly Group[] | undefined {
    return withMoved(groups, this.ties, index, to, this.limits(index));
  }

  /** Costs and score with other groups; undefined for a design that the language would warn of where it did not before. */
  try(groups: readonly Group[]): Outlook | undefined {
    const { backbone, network } = this.analysis;
    const { asked, widened } = this;
    // A group is judged by its own numbers and by what it reads; max-pools hand on what they read themselves.
    asked.fill(0);
    widened.fill(0);
    let left = false;
    for (const index of network.order) {
      const g = groups[index];
      const changed = g !== backbone.groups[index];
      const read = left && network.groups[index]?.reads.some((source) => widened[source] === 1) === true;
      if (!changed && !read) continue;
      asked[index] = 1;
      if (!changed && (g === undefined || !blockOf(g).keepsChannels)) continue;
      widened[index] = 1;
      left = true;
    }
    const design = { ...backbone, groups };
    const warnings = warningsOf(design, this.rules, this.judged, (group) => asked[group] === 1);
    if (warnings.some((w) => !this.warnings.has(w)) || !readsFit(design, this.picky)) return undefined;
    return this.whatIf.try(groups);
  }

  /** One move of one group; undefined also when it changes nothing. */
  move(index: number, move: Move, cost: CostName): MoveEffect | undefined {
    const { costs } = this;
    const { backbone } = this.analysis;
    const groups = applyTied(backbone.groups, this.ties, index, move, this.limits(index));
    const [from, to] = [backbone.groups[index], groups?.[index]];
    const outlook = groups === undefined ? undefined : this.try(groups);
    if (groups === undefined || from === undefined || to === undefined || outlook === undefined) return undefined;
    const scoreGain = outlook.score - this.score;
    const costGain = costOf(outlook.costs, cost) - costOf(costs, cost);
    const tied = groups.flatMap((g, i) => (i !== index && g !== backbone.groups[i] ? [i] : []));
    const { costs: after } = outlook;
    return { move, index, from, to, tied, backbone: { ...backbone, groups }, costs: after, scoreGain, costGain };
  }
}

/** «+4.1 score, +6.2 G macs», and «−0.8 ms on phone» where that is told: what changes from some costs to others. */
export const effectText = (scoreGain: number, before: Costs, after: Costs, told: readonly CostName[]): string =>
  [
    `${signed(scoreGain)} score`,
    ...told.map((name) => costChange(name, costOf(after, name) - costOf(before, name))),
  ].join(', ');

/** «C4», or «C4 group 2» where a stage has several; of a graph the node's name. */
export function groupName({ groups }: Pick<Network, 'groups'>, index: number): string {
  const place = groups[index]?.place ?? '';
  const members = groups.filter((g) => g.place === place);
  const number = members.findIndex((g) => g.index === index) + 1;
  return members.length === 1 ? place : `${place} group ${number}`;
}

/** Groups are named as long as they can be taken in at a glance. */
const MOST_NAMES = 3;

/** «b14», «b, c», or «b, c, d and 2 others»: what goes with a change; nothing where nothing does. */
function tiedText({ tied }: Pick<MoveEffect, 'tied'>, network: Pick<Network, 'groups'>): string {
  const names = tied.slice(0, MOST_NAMES).map((index) => groupName(network, index));
  const others = tied.length - names.length;
  return `${names.join(', ')}${others > 0 ? ` and ${counted(others, 'other')}` : ''}`;
}

type Changed = Pick<MoveEffect, 'from' | 'to' | 'index' | 'tied'>;

/** «Widen C4 bottleneck 112 → 136», «Widen b output 64 → 80, c with it»: what a move does to a group, in words. */
export function moveText(effect: Changed, network: Pick<Network, 'groups'>): string {
  const { from, to, index, tied } = effect;
  const name = groupName(network, index);
  if (to.depth !== from.depth) {
    return `${to.depth > from.depth ? 'Deepen' : 'Shorten'} ${name} ${from.depth} → ${counted(to.depth, 'block')}`;
  }
  if (to.kernel !== from.kernel) return `Change ${name} kernel ${from.kernel} → ${to.kernel}`;
  if (to.out !== from.out) {
    const others = tied.length === 0 ? '' : `, ${tiedText(effect, network)} with it`;
    return `${to.out > from.out ? 'Widen' : 'Narrow'} ${name} output ${from.out} → ${to.out}${others}`;
  }
  if (to.btn !== from.btn)
    return `${to.btn > from.btn ? 'Widen' : 'Narrow'} ${name} bottleneck ${from.btn} → ${to.btn}`;
  return `Change ${name} to ${to.block}`;
}

/** «depth +1», «btn 112 → 136», «out 64 → 80 with c»: the same without the group, as short as a hint must be. */
export function shortMoveText(effect: Changed, network: Pick<Network, 'groups'>): string {
  const { from, to, tied } = effect;
  if (to.depth !== from.depth) return `depth ${signed(to.depth - from.depth, String)}`;
  if (to.kernel !== from.kernel) return `k ${from.kernel} → ${to.kernel}`;
  if (to.out !== from.out)
    return `out ${from.out} → ${to.out}${tied.length === 0 ? '' : ` with ${tiedText(effect, network)}`}`;
  return `btn ${from.btn} → ${to.btn}`;
}
