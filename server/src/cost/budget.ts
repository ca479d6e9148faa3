import { CONVENTIONS, type Costs } from './cost.ts';

/** Everything a budget can limit. `params` counts BatchNorm too; `memory` is in bytes. */
export const COST_NAMES = [...CONVENTIONS, 'params', 'layers', 'memory'] as const;
export type CostName = (typeof COST_NAMES)[number];

export const isCostName = (name: string): name is CostName => (COST_NAMES as readonly string[]).includes(name);

/** At most `amount` of one cost. */
export interface Limit {
  readonly cost: CostName;
  readonly amount: number;
}

export interface Budget {
  readonly name: string;
  readonly limits: readonly Limit[];
}

/** One cost as a number: multiply–accumulates, parameters, layers or bytes. */
export function costOf(costs: Costs, name: CostName): number {
  switch (name) {
    case 'params':
      return costs.params.total;
    case 'memory':
      return costs.memoryBytes;
    default:
      return costs[name];
  }
}

/** A limit that is not held, and by how much. */
export interface Excess {
  readonly limit: Limit;
  readonly value: number;
  /** value / amount − 1 */
  readonly over: number;
}

export function exceeded(costs: Costs, budget: Budget): Excess[] {
  return budget.limits.flatMap((limit) => {
    const value = costOf(costs, limit.cost);
    return value > limit.amount ? [{ limit, value, over: value / limit.amount - 1 }] : [];
  });
}
