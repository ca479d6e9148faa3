import { analyse, type BackboneAnalysis } from '../analysis/analyse.ts';
import type { Backbone, Group } from '../backbone/backbone.ts';
import { type Budget, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { applyMove, type Move } from '../space/moves.ts';
import { breaksMore } from './move-effect.ts';
import { type FeatureOptions, scoreOf } from './options.ts';

/** Moves that make a group cheaper, gentle ones first. */
const SHRINKING: readonly Move[] = [
  { kind: 'btn', factor: 0.8 },
  { kind: 'out', factor: 0.8 },
  { kind: 'ratio', ratio: 4 },
  { kind: 'ratio', ratio: 3 },
  { kind: 'ratio', ratio: 2 },
  { kind: 'depth', by: -1 },
  { kind: 'kernel', kernel: 3 },
];

/** How far the costs are over the budget: Σ max(0, cost / limit − 1). Zero is within. */
function excess(costs: Costs, budget: Budget): number {
  return budget.limits.reduce((sum, l) => sum + Math.max(0, costOf(costs, l.cost) / l.amount - 1), 0);
}

/**
 * Brings a backbone back within a budget by the moves of the space, each time the one that loses least score for the
 * excess that it takes away. The last step is undone where a smaller one is enough: widths are then tried in steps of 8.
 * Undefined when no sequence of moves gets there.
 */
export function fitBudget(
  before: BackboneAnalysis,
  budget: Budget,
  options: FeatureOptions,
): BackboneAnalysis | undefined {
  let current = before;
  // Each step removes a fifth of a width or a block, so that the number of steps is bounded by the design's size.
  for (let left = excess(current.costs, budget); left > 0; left = excess(current.costs, budget)) {
    const next = bestStep(current, budget, left, options);
    if (next === undefined) return undefined;
    current = next;
  }
  return current === before ? undefined : regrow(before.backbone, current, budget, options);
}

function bestStep(
  current: BackboneAnalysis,
  budget: Budget,
  left: number,
  options: FeatureOptions,
): BackboneAnalysis | undefined {
  let best: { readonly analysis: BackboneAnalysis; readonly price: number } | undefined;
  for (let index = 0; index < current.backbone.groups.length; index++) {
    for (const move of SHRINKING) {
      const groups = applyMove(current.backbone.groups, index, move);
      if (groups === undefined || grows(current.backbone.groups[index], groups[index])) continue;
      const backbone = { ...current.backbone, groups };
      if (breaksMore(backbone, current.backbone)) continue;
      const analysis = analyse(backbone);
      const saved = left - excess(analysis.costs, budget);
      if (saved <= 0) continue;
      const price = (scoreOf(current, options) - scoreOf(analysis, options)) / Math.min(saved, left);
      if (best === undefined || price < best.price) best = { analysis, price };
    }
  }
  return best?.analysis;
}

const grows = (from: Group | undefined, to: Group | undefined): boolean =>
  from === undefined || to === undefined || to.btn > from.btn || to.out > from.out || to.kernel > from.kernel;

/** Widths were cut by fifths: give back in steps of 8 what the budget still allows, where it is worth most. */
function regrow(wanted: Backbone, cut: BackboneAnalysis, budget: Budget, options: FeatureOptions): BackboneAnalysis {
  let current = cut;
  for (;;) {
    let best: BackboneAnalysis | undefined;
    for (const candidate of wider(wanted.groups, current.backbone)) {
      const analysis = analyse(candidate);
      if (excess(analysis.costs, budget) > 0) continue;
      if (scoreOf(analysis, options) > scoreOf(best ?? current, options)) best = analysis;
    }
    if (best === undefined) return current;
    current = best;
  }
}

/** The designs one step of 8 closer to the wanted widths. */
function* wider(wanted: readonly Group[], current: Backbone): Generator<Backbone> {
  for (const [index, g] of current.groups.entries()) {
    const goal = wanted[index];
    if (goal === undefined) continue;
    for (const field of ['btn', 'out'] as const) {
      const width = Math.min(goal[field], g[field] + 8);
      if (width > g[field]) yield { ...current, groups: current.groups.with(index, { ...g, [field]: width }) };
    }
  }
}
