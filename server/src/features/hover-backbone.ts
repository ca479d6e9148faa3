import type { BackboneAnalysis, StageAnalysis } from '../analysis/analyse.ts';
import { costOf } from '../cost/budget.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import { type Beside, costTable, entropyTable, inputText, STALE, scoreTable } from './hover-tables.ts';
import { code, paragraphs, table } from './markdown.ts';
import { amountText, percent, shapeText, si } from './numbers.ts';
import type { Snapshot, SnapshotBackbone } from './snapshot.ts';

/** A backbone: scores, its stages, what was measured of them, its costs, and the budgets that it is held to. */
export function backboneHover({ source, analysis, fresh, budgets }: SnapshotBackbone, measured?: string): string {
  const title = `**backbone ${source.name}**`;
  if (analysis === undefined) return paragraphs(title, 'It has no numbers yet: see the problems list.');
  return paragraphs(
    `${title} · ${inputText(analysis.network.input)}`,
    fresh ? undefined : STALE,
    scoreTable(analysis),
    stagesTable(analysis),
    measured,
    costTable(analysis.costs, analysis.network.input),
    ...budgets.map((budget) => `Held to ${code(budget.name)}: ${shares(analysis, budget).map(shareText).join(', ')}.`),
  );
}

const stagesTable = (analysis: BackboneAnalysis): string =>
  table(
    ['stage', 'output', 'macs', 'params', 'layers', 'H fan-in (nats)', 'H exact (nats)', 'α'],
    analysis.stages.map(({ lowered, costs, entropy }) => [
      lowered.name,
      shapeText(lowered),
      si(costs.macs),
      si(costs.params.total),
      String(costs.layers),
      entropy.fanIn.toFixed(2),
      entropy.exact.toFixed(2),
      String(analysis.backbone.weights[lowered.name] ?? 0),
    ]),
  );

/** A stage: what its end carries, by closed forms and as it was measured, and what it costs. */
export function stageHover(
  analysis: BackboneAnalysis,
  stage: StageAnalysis,
  fresh: boolean,
  { measured, changes }: Beside = {},
): string {
  const { lowered, costs, logStd, entropy } = stage;
  const alpha = analysis.backbone.weights[lowered.name] ?? 0;
  const { input } = analysis.network;
  return paragraphs(
    `**stage ${lowered.name}** · output ${shapeText(lowered)} (channels × height × width) at ${inputText(input)}`,
    fresh ? undefined : STALE,
    entropyTable(logStd, lowered.channels),
    measured,
    `Its part of the score: α · H = ${alpha} · ${entropy.fanIn.toFixed(2)} = ${(alpha * entropy.fanIn).toFixed(2)} of ${analysis.score.fanIn.toFixed(2)} nats (fan-in).`,
    changes,
    costTable(costs, input),
  );
}

interface Share {
  readonly cost: string;
  readonly value: string;
  readonly amount: string;
  readonly ratio: number;
}

function shares(analysis: BackboneAnalysis, { budget }: BudgetSource): Share[] {
  return budget.limits.map(({ cost, amount }) => {
    const value = costOf(analysis.costs, cost);
    return { cost, value: amountText(cost, value), amount: amountText(cost, amount), ratio: value / amount };
  });
}

const shareText = ({ cost, value, amount, ratio }: Share): string =>
  `${value} of ${amount} ${cost} (${percent(ratio)})`;

/** A budget: each of its limits against every backbone that is held to it. */
export function budgetHover(snapshot: Snapshot, budget: BudgetSource): string {
  const held = snapshot.backbones.filter((b) => b.budgets.includes(budget));
  const rows = held.flatMap(({ source, analysis, fresh }) => {
    const name = analysis === undefined ? source.name : `${source.name} at ${inputText(analysis.network.input)}`;
    if (analysis === undefined) return [[name, '', 'no numbers yet', '', '']];
    return shares(analysis, budget).map((s) => [
      `${name}${fresh ? '' : ' (last good numbers)'}`,
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
