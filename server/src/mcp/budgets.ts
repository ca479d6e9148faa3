import type { z } from 'zod';
import { costOf, exceeded } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import type { LIMIT } from './costs.ts';

/** Every line of some budgets against the costs of a design. */
export const limitsOf = (costs: Costs, budgets: readonly BudgetSource[]): z.input<typeof LIMIT>[] =>
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
