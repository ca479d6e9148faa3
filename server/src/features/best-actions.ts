import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  CodeActionTriggerKind,
  type Range,
} from 'vscode-languageserver-types';
import { percent } from '../../../common/numbers.ts';
import type { BackboneAnalysis } from '../analysis/analyse.ts';
import { scoreOf } from '../analysis/score-of.ts';
import { costOf, exceeded } from '../cost/budget.ts';
import { downstreamOf } from '../detector/downstream.ts';
import type { InParts } from '../language/in-parts.ts';
import { spanOf } from '../language/span.ts';
import { changesText, shrinkActions } from './budget-fixes.ts';
import { designAction, overlaps } from './edit-action.ts';
import { fitBudget } from './fit-budget.ts';
import { effectText, MOST_GROUPS, moveText, tooLargeText } from './move-effect.ts';
import { type FeatureOptions, toldCosts, weighedCost } from './options.ts';
import { scoringOf } from './scoring-of.ts';
import { bestWithinBudget } from './sensitivity.ts';
import { rangeOf, type Snapshot, type SnapshotBackbone, type SnapshotDetector } from './snapshot.ts';
import { spaceText } from './space-of.ts';

/** What «less cost» saves. */
const SAVED_SHARE = 0.1;

/** Beyond so many groups it takes longer than a keystroke may: then a person must ask. */
const MANY_GROUPS = 48;

/**
 * What is best for a whole backbone, wherever in it the cursor stands: the change that wins most within its budget, the
 * one that saves a tenth of the cost at the least loss, and for an exceeded budget what brings it back. The first is
 * the one answer where a budget says what is wanted; so is the last. Where a design is too large to be looked through,
 * whoever asks hears that.
 */
export function* bestActions(
  snapshot: Snapshot,
  range: Range,
  context: Pick<CodeActionContext, 'triggerKind'>,
  options: FeatureOptions,
): InParts<CodeAction[]> {
  const asked = context.triggerKind !== CodeActionTriggerKind.Automatic;
  const here = snapshot.backbones.filter(({ source }) => overlaps(rangeOf(snapshot, spanOf(source.node)), range));
  const size = here.reduce((sum, { source }) => sum + source.groups.length, 0);
  if (size > MOST_GROUPS && asked) return [tooLarge(size)];
  if (size > MANY_GROUPS && !asked) return [];
  const actions: CodeAction[] = [];
  for (const backbone of here) {
    const { analysis, fresh } = backbone;
    if (analysis === undefined || !fresh) continue;
    const shrunk: CodeAction[] = [];
    for (const budget of backbone.budgets) {
      const [worst] = exceeded(analysis.costs, budget.budget);
      if (worst !== undefined) shrunk.push(...shrinkActions(snapshot, backbone, budget, worst.limit.cost, options));
      yield;
    }
    actions.push(...(shrunk.length > 0 ? shrunk : bestWithin(snapshot, backbone, options)));
    yield;
    actions.push(...lessCost(snapshot, backbone, analysis, options));
    yield;
    for (const detector of snapshot.detectors) {
      if (detector.backbone === backbone) actions.push(...bestInDetector(snapshot, backbone, detector, options));
      yield;
    }
  }
  return actions;
}

const tooLarge = (size: number): CodeAction => ({
  title: 'Best change of the whole design',
  kind: CodeActionKind.QuickFix,
  disabled: { reason: tooLargeText(size) },
});

/** «Best single change within r50: deepen C4 10 → 11 blocks: +70.2 score, +2.72 G macs» */
function bestWithin(snapshot: Snapshot, backbone: SnapshotBackbone, options: FeatureOptions): CodeAction[] {
  const { analysis, budgets, source } = backbone;
  const best = budgets.length === 0 ? undefined : bestWithinBudget(backbone, options);
  if (analysis === undefined || best === undefined) return [];
  const names = budgets.map((b) => b.name).join(' and ');
  const what = lowerFirst(moveText(best, analysis.network));
  const effect = effectText(best.scoreGain, analysis.costs, best.costs, toldCosts(backbone, options));
  const title = `Best single change within ${names}: ${what}: ${effect}${spaceText(backbone)}`;
  return [designAction(snapshot, title, CodeActionKind.QuickFix, source, best.backbone, true)];
}

/** «Best single change so that gfl_net holds phone: deepen C4 10 → 11 blocks: +70.2 score, +2.72 G mmcv» */
function bestInDetector(
  snapshot: Snapshot,
  backbone: SnapshotBackbone,
  detector: SnapshotDetector,
  options: FeatureOptions,
): CodeAction[] {
  const { analysis: whole, budgets, searches, space, fresh } = detector;
  if (whole === undefined || !fresh || budgets.length === 0) return [];
  // What it exceeds is mended at the problem itself.
  if (budgets.some(({ budget }) => exceeded(whole.costs, budget).length > 0)) return [];
  const { backbone: analysis } = whole;
  const best = bestWithinBudget({ analysis, budgets, searches, space, downstream: downstreamOf(whole) }, options);
  if (best === undefined) return [];
  const names = budgets.map((b) => b.name).join(' and ');
  const what = lowerFirst(moveText(best, analysis.network));
  const effect = effectText(best.scoreGain, whole.costs, best.costs, toldCosts(detector, options));
  const title = `Best single change so that ${detector.source.name} holds ${names}: ${what}: ${effect}`;
  return [designAction(snapshot, title, CodeActionKind.QuickFix, backbone.source, best.backbone)];
}

/** «Best change for 10 % less macs: −12.3 score, −9.1 G macs (2 numbers change)»; less time where a budget limits one */
function lessCost(
  snapshot: Snapshot,
  backbone: SnapshotBackbone,
  analysis: BackboneAnalysis,
  options: FeatureOptions,
): CodeAction[] {
  const cost = weighedCost(backbone, options);
  const target = { name: '', limits: [{ cost, amount: costOf(analysis.costs, cost) * (1 - SAVED_SHARE) }] };
  const scoring = scoringOf(backbone, options);
  const fitted = fitBudget(analysis, target, scoring, backbone.space);
  if (fitted === undefined) return [];
  const scoreGain = fitted.score - scoreOf(analysis, scoring);
  const effect = effectText(scoreGain, analysis.costs, fitted.costs, toldCosts(backbone, options));
  const title = `Best change for ${percent(SAVED_SHARE)} less ${cost}: ${effect} (${changesText(analysis, fitted.backbone)})${spaceText(backbone)}`;
  return [designAction(snapshot, title, CodeActionKind.QuickFix, backbone.source, fitted.backbone)];
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
