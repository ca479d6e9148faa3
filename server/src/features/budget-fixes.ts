import { type CodeAction, CodeActionKind } from 'vscode-languageserver-types';
import type { BackboneAnalysis } from '../analysis/analyse.ts';
import { costOf, isCostName } from '../cost/budget.ts';
import type { ProblemData } from '../language/problem.ts';
import { designAction } from './edit-action.ts';
import { fitBudget } from './fit-budget.ts';
import { costText, signed } from './numbers.ts';
import { type FeatureOptions, scoreOf, shownCost } from './options.ts';
import type { Snapshot } from './snapshot.ts';

type BudgetData = Extract<ProblemData, { kind: 'budget' }>;

/** The preferred fix of an exceeded budget: the design brought back within it, with what that costs in the title. */
export function budgetFixes(snapshot: Snapshot, data: BudgetData, options: FeatureOptions): CodeAction[] {
  const backbone = snapshot.backbones.find((b) => b.source.name === data.backbone);
  const budget = backbone?.budgets.find((b) => b.name === data.budget);
  if (backbone?.analysis === undefined || budget === undefined || !backbone.fresh) return [];
  const fitted = fitBudget(backbone.analysis, budget.budget, options);
  if (fitted === undefined) return [];
  const cost = isCostName(data.cost) ? data.cost : shownCost(backbone, options);
  const loss = scoreOf(fitted, options) - scoreOf(backbone.analysis, options);
  const title =
    `Shrink ${data.backbone} to hold ${data.budget}: ${signed(loss)} score, ` +
    `${costText(cost, costOf(fitted.costs, cost))} (${changes(backbone.analysis, fitted)})`;
  return [designAction(snapshot, title, CodeActionKind.QuickFix, backbone.source, fitted.backbone, true)];
}

/** «3 numbers change» */
function changes(before: BackboneAnalysis, after: BackboneAnalysis): string {
  const fields = ['out', 'btn', 'kernel', 'depth'] as const;
  const count = before.backbone.groups.reduce((sum, g, i) => {
    const to = after.backbone.groups[i];
    return sum + fields.filter((field) => to !== undefined && to[field] !== g[field]).length;
  }, 0);
  return count === 1 ? '1 number changes' : `${count} numbers change`;
}
