import { type CodeAction, CodeActionKind } from 'vscode-languageserver-types';
import { signed } from '../../../common/numbers.ts';
import type { BackboneAnalysis } from '../analysis/analyse.ts';
import { scoreOf } from '../analysis/score-of.ts';
import type { Backbone } from '../backbone/backbone.ts';
import { type CostName, costOf, isCostName } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { downstreamOf } from '../detector/downstream.ts';
import type { ProblemData } from '../language/problem.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import { costText } from './cost-text.ts';
import { timesLimitedBy } from './device-costs.ts';
import { designAction } from './edit-action.ts';
import { fitBudget } from './fit-budget.ts';
import { type FeatureOptions, shownCost } from './options.ts';
import { scoringIn, scoringOf } from './scoring-of.ts';
import type { Snapshot, SnapshotBackbone, SnapshotDetector } from './snapshot.ts';
import { spaceText } from './space-of.ts';

type BudgetData = Extract<ProblemData, { kind: 'budget' }>;

/** The preferred fix of an exceeded budget: the design brought back within it, with what that costs in the title. */
export function budgetFixes(snapshot: Snapshot, data: BudgetData, options: FeatureOptions): CodeAction[] {
  const backbone = snapshot.backbones.find((b) => b.source.name === data.backbone);
  const detector = snapshot.detectors.find(({ source }) => source.name === data.detector);
  if (backbone !== undefined && detector !== undefined)
    return shrinkDetector(snapshot, backbone, detector, data, options);
  const budget = backbone?.budgets.find((b) => b.name === data.budget);
  if (backbone === undefined || budget === undefined) return [];
  const cost = isCostName(data.cost) ? data.cost : shownCost(backbone, options);
  return shrinkActions(snapshot, backbone, budget, cost, options);
}

/** «Shrink r50_start to hold r50: −12.3 score, 3.99 G tinynas (3 numbers change)» */
export function shrinkActions(
  snapshot: Snapshot,
  backbone: SnapshotBackbone,
  budget: BudgetSource,
  cost: CostName,
  options: FeatureOptions,
): CodeAction[] {
  const { analysis, fresh, source } = backbone;
  const scoring = scoringOf(backbone, options);
  const fitted =
    analysis === undefined || !fresh ? undefined : fitBudget(analysis, budget.budget, scoring, backbone.space);
  if (analysis === undefined || fitted === undefined) return [];
  const title =
    `Shrink ${source.name} to hold ${budget.name}: ${signed(fitted.score - scoreOf(analysis, scoring))} score, ` +
    `${reachedText(fitted.costs, cost, backbone)} (${changesText(analysis, fitted.backbone)})${spaceText(backbone)}`;
  return [designAction(snapshot, title, CodeActionKind.QuickFix, source, fitted.backbone, true)];
}

/** «Shrink r50 so that gfl_r50 holds phone: −12.3 score, 199.8 G mmcv (3 numbers change)» */
function shrinkDetector(
  snapshot: Snapshot,
  backbone: SnapshotBackbone,
  detector: SnapshotDetector,
  { budget: wanted, cost: exceeded }: BudgetData,
  options: FeatureOptions,
): CodeAction[] {
  const { analysis, fresh, source, budgets, space } = detector;
  const budget = budgets.find(({ name }) => name === wanted);
  if (analysis === undefined || !fresh || !backbone.fresh || budget === undefined) return [];
  const scoring = scoringIn(detector, backbone, options);
  const fitted = fitBudget(analysis.backbone, budget.budget, scoring, space, downstreamOf(analysis));
  if (fitted === undefined) return [];
  const cost = isCostName(exceeded) ? exceeded : shownCost(detector, options);
  const gain = signed(fitted.score - scoreOf(analysis.backbone, scoring));
  const title =
    `Shrink ${backbone.source.name} so that ${source.name} holds ${budget.name}: ${gain} score, ` +
    `${reachedText(fitted.costs, cost, detector)} (${changesText(analysis.backbone, fitted.backbone)})`;
  return [designAction(snapshot, title, CodeActionKind.QuickFix, backbone.source, fitted.backbone, true)];
}

/** «3.99 G tinynas», and «11.8 ms on phone» where a budget limits the time */
const reachedText = (costs: Costs, cost: CostName, { budgets }: Pick<SnapshotBackbone, 'budgets'>): string =>
  [...new Set([cost, ...timesLimitedBy(budgets)])].map((name) => costText(name, costOf(costs, name))).join(', ');

/** «3 numbers change» */
export function changesText(before: BackboneAnalysis, after: Backbone): string {
  const fields = ['out', 'btn', 'kernel', 'depth'] as const;
  const count = before.backbone.groups.reduce((sum, g, i) => {
    const to = after.groups[i];
    return sum + fields.filter((field) => to !== undefined && to[field] !== g[field]).length;
  }, 0);
  return count === 1 ? '1 number changes' : `${count} numbers change`;
}
