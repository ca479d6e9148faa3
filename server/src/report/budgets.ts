import { percent } from '../../../common/numbers.ts';
import { costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { amountText } from '../features/cost-text.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import { html, type Markup } from './html.ts';
import { amount, cost, left, part, right, share, tableBox } from './parts.ts';

/** What a design is held to, how much of it is used, and what is left. Nothing where it has no budget. */
export function budgets(name: string, costs: Costs, held: readonly BudgetSource[]): Markup {
  const rows = held.flatMap(({ name: budget, budget: { limits } }) =>
    limits.map((limit) => {
      const used = costOf(costs, limit.cost);
      return [
        budget,
        limit.cost,
        cost(costs, limit.cost),
        amount(limit.cost, limit.amount),
        share(used / limit.amount),
        leftText(limit.cost, used, limit.amount),
      ];
    }),
  );
  if (rows.length === 0) return html``;
  const columns = [left('budget'), left('cost'), right('is'), right('at most'), left('used'), right('left')];
  return part('Budgets', tableBox(`The budgets of ${name}`, columns, rows));
}

function leftText(name: string, used: number, limit: number): Markup | string {
  if (used <= limit) return amountText(name, limit - used);
  return html`<strong class="over">over by ${amountText(name, used - limit)} (${percent(used / limit - 1)})</strong>`;
}
