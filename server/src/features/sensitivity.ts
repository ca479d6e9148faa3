import { signed } from '../../../common/numbers.ts';
import type { BackboneAnalysis } from '../analysis/analyse.ts';
import type { Group } from '../backbone/backbone.ts';
import { type CostName, costOf, exceeded } from '../cost/budget.ts';
import type { Downstream } from '../cost/downstream.ts';
import { costNamed } from '../cost/registry.ts';
import type { GroupLimits } from '../space/limits.ts';
import { applyMove, isRatio, type Move, movesFor } from '../space/moves.ts';
import { amountText } from './cost-text.ts';
import { table } from './markdown.ts';
import { groupName, MOST_GROUPS, type MoveEffect, shortMoveText, Trials } from './move-effect.ts';
import { type FeatureOptions, weighedCost } from './options.ts';
import { scoreHead } from './score-text.ts';
import { scoringOf } from './scoring-of.ts';
import type { SnapshotBackbone } from './snapshot.ts';

/** Where the next unit of cost is best spent, and where one is saved at the least loss. */

const WIDER = [1.25, 1.5, 2];
const NARROWER = [0.8, 0.6, 0.5];

/** Each direction of a group once, by its gentlest step: what is marginal, and what is offered on the group's line. */
export function gentleMoves(g: Group, limits: GroupLimits): Move[] {
  const both = (kind: 'out' | 'btn'): Move[] =>
    [WIDER, NARROWER].flatMap((factors) => {
      const moves = factors.map((factor): Move => ({ kind, factor }));
      return moves.find((move) => applyMove([g], 0, move, limits) !== undefined) ?? [];
    });
  const widths = isRatio(g) ? [...ratioSteps(g), ...both('out')] : [...both('btn'), ...both('out')];
  const kernels = limits.kernels.of.filter((k) => k !== g.kernel);
  const [kernel] = kernels.toSorted((a, b) => Math.abs(a - g.kernel) - Math.abs(b - g.kernel));
  const depths = [1, -1].map((by): Move => ({ kind: 'depth', by }));
  return [...widths, ...depths, ...(kernel === undefined ? [] : [{ kind: 'kernel', kernel } as const])];
}

/** An inverted block's bottleneck goes by whole expansion ratios. */
function ratioSteps(g: Group): Move[] {
  const ratio = Math.round(g.btn / Math.max(1, g.out));
  return [ratio + 1, ratio - 1].filter((r) => r >= 1 && r <= 6).map((r) => ({ kind: 'ratio', ratio: r }));
}

/** Every move of the space that keeps the blocks' types: wide steps too. */
export const allMoves = (g: Group, limits: GroupLimits): readonly Move[] =>
  movesFor(g, limits).filter(({ kind }) => kind !== 'block');

type MovesOf = (g: Group, limits: GroupLimits) => readonly Move[];

/** The effects of some moves of some groups of a design, in the order of the groups. */
export function effects(
  trials: Trials,
  cost: CostName,
  moves: MovesOf,
  indexes: Iterable<number> = trials.analysis.backbone.groups.keys(),
): MoveEffect[] {
  return [...indexes].flatMap((index) => {
    const g = trials.analysis.backbone.groups[index];
    return g === undefined
      ? []
      : moves(g, trials.limits(index)).flatMap((move) => trials.move(index, move, cost) ?? []);
  });
}

/**
 * The better change first. Those that win score come before those that lose some; among the winners what wins most
 * per unit of cost, one that costs nothing before all; among the losers what loses least per unit saved.
 */
export function compareEffects(a: MoveEffect, b: MoveEffect): number {
  const wins = (e: MoveEffect): boolean => e.scoreGain > 0;
  if (wins(a) !== wins(b)) return wins(a) ? -1 : 1;
  if (!wins(a)) return priceOf(a) - priceOf(b);
  const free = (e: MoveEffect): boolean => e.costGain <= 0;
  if (free(a) !== free(b)) return free(a) ? -1 : 1;
  return free(a) ? b.scoreGain - a.scoreGain : rateOf(b) - rateOf(a);
}

/** Score for each unit of cost. */
const rateOf = (e: MoveEffect): number => e.scoreGain / e.costGain;

/** Score that each saved unit costs; what saves nothing is priceless. */
const priceOf = (e: MoveEffect): number => (e.costGain < 0 ? rateOf(e) : Number.POSITIVE_INFINITY);

/** A backbone that is changed within budgets: its own, or those of a detector that it is built into. */
export interface Changeable extends Pick<SnapshotBackbone, 'analysis' | 'budgets' | 'searches' | 'space'> {
  /** What the budgets count besides. */
  readonly downstream?: Downstream;
}

/** The gentle change that wins most score per cost, and keeps whatever budget the design holds. */
export const bestNext = (backbone: Changeable, options: FeatureOptions): MoveEffect | undefined =>
  gains(backbone, options, gentleMoves).sort(compareEffects)[0];

/** The single change of any size that wins most score while every budget of the backbone is held; the cheaper of two that win the same. */
export const bestWithinBudget = (backbone: Changeable, options: FeatureOptions): MoveEffect | undefined =>
  gains(backbone, options, allMoves).sort((a, b) => b.scoreGain - a.scoreGain || a.costGain - b.costGain)[0];

/** The changes of a design that win score and hold its budgets; none of a design that is too large to look for them. */
function gains(backbone: Changeable, options: FeatureOptions, moves: MovesOf): MoveEffect[] {
  const { analysis, space, downstream } = backbone;
  if (analysis === undefined || analysis.backbone.groups.length > MOST_GROUPS) return [];
  const trials = new Trials(analysis, scoringOf(backbone, options), space, downstream);
  const all = effects(trials, weighedCost(backbone, options), moves);
  return all.filter((e) => e.scoreGain > 0 && holdsBudgets(backbone, e));
}

const holdsBudgets = ({ budgets }: Changeable, { costs }: Pick<MoveEffect, 'costs'>): boolean =>
  budgets.every(({ budget }) => exceeded(costs, budget).length === 0);

/** The unit that a design's cost is spoken of in: «G» where it is billions, «ms» of a time. */
function unitOf(analysis: BackboneAnalysis, cost: CostName): { readonly size: number; readonly name: string } {
  if (isTime(cost)) return { size: 1, name: 'ms' };
  const total = costOf(analysis.costs, cost);
  if (total >= 1e9) return { size: 1e9, name: 'G' };
  return total >= 1e6 ? { size: 1e6, name: 'M' } : { size: 1e3, name: 'k' };
}

/** «best next: C4 depth +1: +8.4 per G macs» */
export function bestNextText(backbone: SnapshotBackbone, options: FeatureOptions): string | undefined {
  const best = bestNext(backbone, options);
  if (best === undefined || backbone.analysis === undefined) return undefined;
  const cost = weighedCost(backbone, options);
  const what = `best next: ${groupName(backbone.analysis.network, best.index)} ${shortMoveText(best, backbone.analysis.network)}`;
  if (best.costGain <= 0) return `${what}: ${signed(best.scoreGain)} for no ${cost}`;
  const unit = unitOf(backbone.analysis, cost);
  return `${what}: ${rateText(rateOf(best) * unit.size)} per ${isTime(cost) ? unit.name : `${unit.name} ${cost}`}`;
}

const isTime = (cost: CostName): boolean => costNamed(cost)?.unit === 'milliseconds';

const rateText = (rate: number): string =>
  signed(rate, (v) => (v >= 100 ? v.toFixed(0) : String(Number(v.toPrecision(2)))));

/** Nobody reads on. */
const MOST_ROWS = 24;

/** The gentle changes of some groups, the best first, with what each unit of cost buys or saves; for a hover. */
export function sensitivityTable(
  backbone: SnapshotBackbone,
  indexes: readonly number[],
  options: FeatureOptions,
): string | undefined {
  const { analysis } = backbone;
  if (analysis === undefined) return undefined;
  const cost = weighedCost(backbone, options);
  const unit = unitOf(analysis, cost);
  const scoring = scoringOf(backbone, options);
  const tried = effects(new Trials(analysis, scoring, backbone.space), cost, gentleMoves, indexes.slice(0, MOST_ROWS));
  const found = tried.sort(compareEffects);
  if (found.length === 0) return undefined;
  const several = indexes.length > 1;
  const rows = found.map((e) => [
    `${several ? `${groupName(analysis.network, e.index)} ` : ''}${shortMoveText(e, analysis.network)}`,
    signed(e.scoreGain),
    signed(e.costGain, (v) => amountText(cost, v, 3)),
    e.costGain === 0 ? '–' : rateText(rateOf(e) * unit.size),
  ]);
  return table(['change', scoreHead(scoring), cost, `score per ${unit.name}`], rows);
}
