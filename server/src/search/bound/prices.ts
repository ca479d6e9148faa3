import type { CostName } from '../../cost/budget.ts';
import { isPeak } from '../../cost/registry.ts';
import { Judge } from '../evolve/judge.ts';
import type { Certificate } from '../executor.ts';
import type { Evaluator } from '../model/evaluator.ts';
import { encode } from '../model/genome.ts';
import { type ChainModel, placeOf } from '../model/model.ts';
import type { SearchTask } from '../task.ts';

/** What a budget is worth at the bound. */
export interface Prices {
  /**
   * Score per unit of each cost that the budget limits; where a cost is minimised, how many units of it one unit more of
   * each saves. Memory, which is a peak, has no price, and no cost of the whole network has one.
   */
  readonly costs: Readonly<Record<CostName, number>>;
  /** Where a cost is minimised: how many units of it each nat of the score to hold takes. */
  readonly held?: number;
}

/** The variables of a task's dual: each limited cost by its index among the additive ones; −1 for the weight of the score. */
export function variablesOf({ additive, limits, task }: Pick<ChainModel, 'additive' | 'limits' | 'task'>): number[] {
  // A cost of the whole network has no price: without its limit there are only more designs, and the bound holds.
  const limited = additive.flatMap((_, c) => ((limits[c] ?? Infinity) < Infinity ? [c] : []));
  return task.goal.kind === 'minimise' ? [-1, ...limited] : limited;
}

/** What costs are counted in by the dual where one is minimised: that of the start, which it loads; otherwise 1. */
export function unitOf(evaluator: Evaluator): number {
  const { model } = evaluator;
  const { goal } = model.task;
  if (goal.kind !== 'minimise' || isPeak(goal.cost)) return 1;
  evaluator.load(0, encode(model, model.task.start.groups));
  return Math.max(1, new Judge(evaluator).value(placeOf(model, goal.cost)));
}

/**
 * The dual's prices in units of what they are paid in. With fixed prices p the bound is Z − Σ p_c · cost_c + Σ p_c · b_c of
 * the best design there, so that for any other limits b′ no design scores more than the bound + Σ p_c · (b′_c − b_c): the
 * best score over the limits is concave but for what no design reaches, and p is its slope (docs/search.md).
 *
 * Undefined where the least memory is looked for: its bound is a bisection, and no price says how it moves.
 */
export function pricesOf(task: SearchTask, { prices: y }: Certificate, evaluator: Evaluator): Prices | undefined {
  const { model } = evaluator;
  const { goal } = task;
  if (model.kind !== 'chain' || (goal.kind === 'minimise' && isPeak(goal.cost))) return undefined;
  const unit = unitOf(evaluator);
  const costs: Record<CostName, number> = {};
  let held: number | undefined;
  variablesOf(model).forEach((c, i) => {
    const cost = model.additive[c];
    if (cost === undefined) held = (y[i] ?? 0) * unit;
    else if (goal.kind === 'maximise' || goal.cost !== cost)
      costs[cost] = ((y[i] ?? 0) / (model.limits[c] ?? 1)) * unit;
  });
  return { costs, ...(held === undefined ? {} : { held }) };
}
