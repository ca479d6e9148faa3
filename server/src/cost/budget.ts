import type { Costs } from './cost.ts';
import { costNamed } from './registry.ts';

/** The name of a cost in the registry. `params` counts BatchNorm too; `memory` is in bytes. */
export type CostName = string;

/** Whether a budget may limit a cost of this name. */
export const isCostName = (name: string): name is CostName => costNamed(name)?.limit !== undefined;

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
export const costOf = (costs: Costs, name: CostName): number => costs[name] ?? 0;

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
