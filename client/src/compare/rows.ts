import * as l10n from '@vscode/l10n';
import type { ComparedDesign, ComparedStage } from '../../../server/src/server/protocol.ts';
import { nats, si } from '../webviews/format.ts';

/** Several designs as one table: a column for each, and its difference to the first. */
export interface ComparedRows {
  /** «All of it», then each stage that any of them has. */
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

type NumberOf = (design: ComparedDesign) => number | undefined;

export function comparedRows(designs: readonly ComparedDesign[]): ComparedRows[] {
  const stages = [...new Set(designs.flatMap((d) => d.stages.map((s) => s.name)))].toSorted();
  const costs = [...new Set(designs.flatMap((d) => Object.keys(d.costs)))];
  const row = (name: string, of: NumberOf, text: (value: number) => string): string[] => [
    name,
    ...designs.map((design) => {
      const [value, first] = [of(design), designs[0] === undefined ? undefined : of(designs[0])];
      if (value === undefined) return '–';
      return design === designs[0] ? text(value) : `${text(value)}${difference(value, first)}`;
    }),
  ];
  const all: ComparedRows = {
    title: l10n.t('All of it'),
    rows: [
      [l10n.t('input'), ...designs.map(({ input }) => `${input.channels}×${input.height}×${input.width}`)],
      row(l10n.t('score, nats'), (d) => d.score, nats),
      ...costs.map((cost) =>
        row(
          unitOf(cost),
          (d) => d.costs[cost],
          (value) => si(value),
        ),
      ),
    ],
  };
  return [all, ...stages.map((name) => stageRows(name, designs, costs, row))];
}

function stageRows(
  name: string,
  designs: readonly ComparedDesign[],
  costs: readonly string[],
  row: (name: string, of: NumberOf, text: (value: number) => string) => string[],
): ComparedRows {
  const stage = (design: ComparedDesign): ComparedStage | undefined => design.stages.find((s) => s.name === name);
  const shape = (s: ComparedStage | undefined): string =>
    s === undefined ? '–' : `${s.channels}×${s.height}×${s.width}`;
  return {
    title: name,
    rows: [
      [l10n.t('shape'), ...designs.map((d) => shape(stage(d)))],
      row(l10n.t('blocks'), (d) => stage(d)?.blocks, String),
      row(l10n.t('entropy, nats'), (d) => stage(d)?.entropy, nats),
      ...costs.map((cost) =>
        row(
          unitOf(cost),
          (d) => stage(d)?.costs[cost],
          (value) => si(value),
        ),
      ),
    ],
  };
}

const unitOf = (cost: string): string => (cost === 'memory' ? l10n.t('memory, bytes') : cost);

/** « (+12 %)» against the first, « (×14)» where that reads better; nothing where it would say nothing. */
function difference(value: number, first: number | undefined): string {
  if (first === undefined || first === 0 || value === first) return '';
  if (value / first >= 10) return ` (×${si(value / first, 2)})`;
  const percent = (value / first - 1) * 100;
  return ` (${percent < 0 ? '−' : '+'}${Number(Math.abs(percent).toPrecision(2))} %)`;
}
