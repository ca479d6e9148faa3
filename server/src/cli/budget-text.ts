import { percent } from '../../../common/numbers.ts';
import { costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { amountText, costText } from '../features/cost-text.ts';
import type { BudgetSource } from '../language/read-budget.ts';

/** What is left of each budget, a line each: «  budget tiny: 13 M of 20 M macs (35 % left), 14 of 40 layers (65 % left)». */
export const budgetLines = (costs: Costs, budgets: readonly BudgetSource[]): string[] =>
  budgets.map(({ name, budget }) => {
    const limits = budget.limits.map(({ cost, amount }) => {
      const value = costOf(costs, cost);
      return `${amountText(cost, value)} of ${costText(cost, amount)} (${leftText(1 - value / amount)})`;
    });
    return `  budget ${name}: ${limits.join(', ')}`;
  });

const leftText = (left: number): string =>
  left === 0 ? 'none left' : left < 0 ? `${percent(-left)} over` : `${percent(left)} left`;
