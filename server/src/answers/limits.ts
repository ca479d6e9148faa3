import { type CostName, costOf, exceeded } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import type { BudgetSource } from '../language/read-budget.ts';

/** How much of one line of a budget a design uses, as JSON has it. */
export interface UsedLimit {
  readonly budget: string;
  readonly cost: CostName;
  readonly limit: number;
  readonly value: number;
  readonly holds: boolean;
}

/** Every line of some budgets against the costs of a design. */
export const limitsOf = (costs: Costs, budgets: readonly BudgetSource[]): UsedLimit[] =>
  budgets.flatMap(({ name, budget }) => {
    const over = exceeded(costs, budget).map(({ limit }) => limit);
    return budget.limits.map((limit) => ({
      budget: name,
      cost: limit.cost,
      limit: limit.amount,
      value: costOf(costs, limit.cost),
      holds: !over.includes(limit),
    }));
  });
