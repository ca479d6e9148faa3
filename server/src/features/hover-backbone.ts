import { percent, shapeText, si } from '../../../common/numbers.ts';
import type { BackboneAnalysis, StageAnalysis } from '../analysis/analyse.ts';
import { costOf } from '../cost/budget.ts';
import { limitedCosts } from '../cost/registry.ts';
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
  scoreTable,
  scoreWords,
} from './hover-tables.ts';
import { code, paragraphs, table } from './markdown.ts';
import type { Snapshot, SnapshotBackbone } from './snapshot.ts';

/** A backbone: its score and budgets, its best next change, its costs, and the closed forms beside what was measured. */
export function backboneHover(
  { source, analysis, fresh, budgets }: SnapshotBackbone,
  { measured, changes, glossary = NO_GLOSSARY }: Beside = {},
): string {
  const title = `**backbone ${source.name}**`;
  if (analysis === undefined) return paragraphs(title, 'It has no numbers yet: see the problems list.');
  return paragraphs(
    `${title} · ${inputText(analysis.network.input)}`,
    fresh ? undefined : STALE,
    `**Z ${analysis.score.fanIn.toFixed(2)} nats** (fan-in), ${analysis.score.exact.toFixed(2)} (exact). ${costsText(analysis.costs)}.`,
    ...budgets.map((budget) => `Held to ${code(budget.name)}: ${shares(analysis, budget).map(shareText).join(', ')}.`),
    scoreWords(glossary),
    entropyWords(glossary),
    changes,
    costTable(analysis.costs, analysis.network.input, limitedCosts()),
    scoreTable(analysis),
    stagesTable(analysis),
    measured,
  );
}

const stagesTable = (analysis: BackboneAnalysis): string =>
  table(
    ['stage', 'output', 'macs', 'params', 'layers', 'H fan-in (nats)', 'H exact (nats)', 'α'],
    analysis.stages.map(({ lowered, costs, entropy }) => [
      lowered.name,
      shapeText(lowered),
      si(costs.macs),
      si(costs.params),
      String(costs.layers),
      entropy.fanIn.toFixed(2),
      entropy.exact.toFixed(2),
      String(analysis.backbone.weights[lowered.name] ?? 0),
    ]),
  );

/** A stage: its part of the score, its next changes, its costs, and what its end carries, by closed forms and as measured. */
export function stageHover(
  analysis: BackboneAnalysis,
  stage: StageAnalysis,
  fresh: boolean,
  { measured, changes, glossary = NO_GLOSSARY }: Beside = {},
): string {
  const { lowered, costs, logStd, entropy } = stage;
  const alpha = analysis.backbone.weights[lowered.name] ?? 0;
  const { input } = analysis.network;
  return paragraphs(
    `**stage ${lowered.name}** · output ${shapeText(lowered)} (channels × height × width) at ${inputText(input)}`,
    fresh ? undefined : STALE,
    `${entropyText(entropy)}. ${costsText(costs)}.`,
    `Its part of the score: α · H = ${alpha} · ${entropy.fanIn.toFixed(2)} = ${(alpha * entropy.fanIn).toFixed(2)} of ${analysis.score.fanIn.toFixed(2)} nats (fan-in).`,
    entropyWords(glossary),
    changes,
    costTable(costs, input),
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
    const name = analysis === undefined ? source.name : `${source.name} at ${inputText(analysis.network.input)}`;
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
