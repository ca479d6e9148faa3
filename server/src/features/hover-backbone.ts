import { percent, shapeText, si } from '../../../common/numbers.ts';
import { type BackboneAnalysis, type StageAnalysis, scoredStages } from '../analysis/analyse.ts';
import { entropyKeyOf, scoreOf, weighingIn } from '../analysis/score-of.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import { limitedCosts, partCosts } from '../cost/registry.ts';
import type { Scoring } from '../entropy/objectives/definition.ts';
import { DEFAULT_SCORING } from '../entropy/objectives/registry.ts';
import { scoredEntropy } from '../entropy/score-stages.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import { amountText, costText } from './cost-text.ts';
import { NO_GLOSSARY } from './glossary.ts';
import {
  type Beside,
  costsText,
  costTable,
  entropyTable,
  entropyText,
  entropyWords,
  inputText,
  STALE,
  scoreLine,
  scoreTable,
  scoreWords,
} from './hover-tables.ts';
import { code, paragraphs, table } from './markdown.ts';
import { scoredBy } from './score-text.ts';
import type { Snapshot, SnapshotBackbone } from './snapshot.ts';

/** A backbone: its score and budgets, its best next change, its costs, and the closed forms beside what was measured. */
export function backboneHover(
  { source, analysis, fresh, budgets }: SnapshotBackbone,
  { measured, changes, glossary = NO_GLOSSARY, scoring = DEFAULT_SCORING, scoreSays, devices = [] }: Beside = {},
): string {
  const title = `**backbone ${source.name}**`;
  if (analysis === undefined) return paragraphs(title, 'It has no numbers yet: see the problems list.');
  return paragraphs(
    `${title} · ${inputText(analysis.backbone.input)}`,
    fresh ? undefined : STALE,
    `${scoreLine(analysis, scoring)}. ${costsText(analysis.costs, devices)}.`,
    scoreSays,
    ...budgets.map((budget) => `Held to ${code(budget.name)}: ${shares(analysis, budget).map(shareText).join(', ')}.`),
    scoreWords(glossary, scoring.objective),
    entropyWords(glossary),
    changes,
    costTable(analysis.costs, analysis.backbone.input, [...limitedCosts(), ...devices]),
    scoreTable(analysis, scoring),
    stagesTable(analysis, scoring, devices),
    measured,
  );
}

const stagesTable = (analysis: BackboneAnalysis, scoring: Scoring, devices: readonly CostName[]): string => {
  const weights = weightsIn(analysis, scoring);
  return table(
    ['stage', 'output', 'macs', 'params', 'layers', ...devices, 'H fan-in (nats)', 'H exact (nats)', 'α'],
    analysis.stages.map(({ lowered, costs, entropy }) => [
      lowered.name,
      shapeText(lowered),
      si(costs.macs),
      si(costs.params),
      String(costs.layers),
      ...devices.map((name) => amountText(name, costOf(costs, name))),
      entropy.fanIn.toFixed(2),
      entropy.exact.toFixed(2),
      weights === undefined ? '–' : String(weights.get(lowered.name) ?? 0),
    ]),
  );
};

/** The weights of the stages in a score; undefined for one that reads all stages as one. */
function weightsIn(analysis: BackboneAnalysis, scoring: Scoring): ReadonlyMap<string, number> | undefined {
  const weighed = weighingIn(analysis, scoring)?.weighed;
  return weighed && new Map(weighed.map(({ name, weight }) => [name, weight]));
}

/** «Its part of the score: α · H = 6 · 14.10 = 84.60 of 98.20 nats (fan-in).» */
function partText(analysis: BackboneAnalysis, stage: StageAnalysis, scoring: Scoring): string | undefined {
  const { objective, estimator } = scoring;
  const scored = scoredStages(analysis.stages, entropyKeyOf(estimator))[analysis.stages.indexOf(stage)];
  if (objective.form === 'stages' || scored === undefined) return undefined;
  const alpha = weightsIn(analysis, scoring)?.get(scored.name) ?? 0;
  const entropy = scoredEntropy(objective, scored);
  const relus = objective.reluLoss === 0 ? '' : `, H less what the ReLUs take`;
  const all = scoreOf(analysis, scoring).toFixed(2);
  return `Its part of the score: α · H = ${alpha} · ${entropy.toFixed(2)} = ${(alpha * entropy).toFixed(2)} of ${all} nats (${scoredBy(scoring)}${relus}).`;
}

/** A stage: its part of the score, its next changes, its costs, and what its end carries, by closed forms and as measured. */
export function stageHover(
  analysis: BackboneAnalysis,
  stage: StageAnalysis,
  fresh: boolean,
  { measured, changes, glossary = NO_GLOSSARY, scoring = DEFAULT_SCORING, devices = [] }: Beside = {},
): string {
  const { lowered, costs, logStd, entropy } = stage;
  const { input } = analysis.backbone;
  return paragraphs(
    `**stage ${lowered.name}** · output ${shapeText(lowered)} (channels × height × width) at ${inputText(input)}`,
    fresh ? undefined : STALE,
    `${entropyText(entropy)}. ${costsText(costs, devices)}.`,
    partText(analysis, stage, scoring),
    entropyWords(glossary),
    changes,
    costTable(costs, input, [...partCosts(), ...devices]),
    entropyTable(logStd, lowered.channels),
    measured,
  );
}

interface Share {
  readonly cost: string;
  readonly value: string;
  readonly amount: string;
  /** The amount with what it counts. */
  readonly limit: string;
  readonly ratio: number;
}

function shares(analysis: BackboneAnalysis, { budget }: BudgetSource): Share[] {
  return budget.limits.map(({ cost, amount }) => {
    const value = costOf(analysis.costs, cost);
    const [used, most] = [amountText(cost, value), amountText(cost, amount)];
    return { cost, value: used, amount: most, limit: costText(cost, amount), ratio: value / amount };
  });
}

const shareText = ({ value, limit, ratio }: Share): string => `${value} of ${limit} (${percent(ratio)})`;

/** A budget: each of its limits against every backbone that is held to it. */
export function budgetHover(snapshot: Snapshot, budget: BudgetSource): string {
  const held = snapshot.backbones.filter((b) => b.budgets.includes(budget));
  const rows = held.flatMap(({ source, analysis, fresh }) => {
    const name = analysis === undefined ? source.name : `${source.name} at ${inputText(analysis.backbone.input)}`;
    if (analysis === undefined) return [[name, '', 'no numbers yet', '', '']];
    return shares(analysis, budget).map((s) => [
      `${name}${fresh ? '' : ' (as far as it can be read)'}`,
      s.cost,
      s.value,
      s.amount,
      `${percent(s.ratio)}${s.ratio > 1 ? ' ✗' : ''}`,
    ]);
  });
  return paragraphs(
    `**budget ${budget.name}**`,
    held.length === 0
      ? 'No backbone of this file is held to it.'
      : table(['backbone', 'cost', 'value', 'limit', 'used'], rows),
  );
}
