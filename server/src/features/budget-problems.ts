import { percent } from '../../../common/numbers.ts';
import type { BackboneAnalysis } from '../analysis/analyse.ts';
import { type CostName, costOf, type Excess, exceeded } from '../cost/budget.ts';
import { isOfWhole } from '../cost/registry.ts';
import type { Problem } from '../language/problem.ts';
import type { BackboneSource } from '../language/read-backbone.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import { firstWord } from '../language/span.ts';
import { costText } from './cost-text.ts';

/** The group with the largest share of one cost: where a budget that is exceeded is best mended. */
export function costliestGroup(analysis: BackboneAnalysis, cost: CostName): number {
  const values = analysis.groups.map((g) => costOf(g.costs, cost));
  return values.indexOf(Math.max(...values));
}

/** One error for each budget line that the backbone does not hold, on the group that costs most. */
export function budgetProblems(source: BackboneSource, analysis: BackboneAnalysis, budget: BudgetSource): Problem[] {
  return exceeded(analysis.costs, budget.budget).map((excess) => problem(source, analysis, budget.name, excess));
}

function problem(source: BackboneSource, analysis: BackboneAnalysis, budget: string, excess: Excess): Problem {
  const { cost, amount } = excess.limit;
  const index = costliestGroup(analysis, cost);
  const group = source.groups[index];
  const share = costOf(analysis.groups[index]?.costs ?? analysis.costs, cost);
  const message =
    `${source.name} exceeds budget ${budget} by ${percent(excess.over)}: ${costText(cost, excess.value)}, ` +
    `at most ${costText(cost, amount)}.${isOfWhole(cost) ? '' : ` This group costs most: ${costText(cost, share)}.`}`;
  return {
    code: 'budget-exceeded',
    severity: 'error',
    message,
    // What belongs to the whole network is no group's fault.
    span: isOfWhole(cost) ? firstWord(source.node) : (group?.span ?? firstWord(source.node)),
    data: { kind: 'budget', backbone: source.name, budget, cost },
  };
}
