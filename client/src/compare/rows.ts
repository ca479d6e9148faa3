import * as l10n from '@vscode/l10n';
import { changePercent, nats, scoreAmount, shapeText, signed, unitText } from '../../../common/numbers.ts';
import type {
  CompareAnswer,
  ComparedCost,
  ComparedDesign,
  ComparedObjective,
  ComparedStage,
} from '../../../server/src/server/protocol.ts';

/** A number or a shape, and how far it is from the reference's; nothing where that would say nothing. */
export interface ComparedCell {
  readonly text: string;
  readonly difference?: string;
}

export interface ComparedRow {
  readonly name: string;
  /** One of each design. */
  readonly cells: readonly ComparedCell[];
}

/** Rows that belong together: «All of it», then each stage that any of the designs has. */
export interface ComparedRows {
  readonly title: string;
  readonly rows: readonly ComparedRow[];
}

type Part = Pick<ComparedStage, 'costs'>;

interface Measure {
  readonly name: string;
  readonly of: (design: ComparedDesign) => number | undefined;
  readonly text: (value: number) => string;
  readonly difference: (value: number, reference: number) => string;
}

/** What designs are compared by. */
export type Measures = Pick<CompareAnswer, 'estimator' | 'costs' | 'objectives'>;

/**
 * @param reference index of the design that the others are measured against
 * @param alike designs whose scores a measurement could not tell from that of the reference: they are shown as equal
 */
export function comparedRows(
  designs: readonly ComparedDesign[],
  reference: number,
  { estimator, costs, objectives }: Measures,
  alike: readonly ComparedDesign[] = [],
): ComparedRows[] {
  const row = ({ name, of, text, difference }: Measure): ComparedRow => {
    const values = designs.map(of);
    const against = values[reference];
    return {
      name,
      cells: values.map((value): ComparedCell => {
        if (value === undefined) return { text: '–' };
        const silent = against === undefined || against === 0 || against === value;
        return silent ? { text: text(value) } : { text: text(value), difference: difference(value, against) };
      }),
    };
  };
  const equalled = ({ name, cells }: ComparedRow): ComparedRow => ({
    name,
    cells: cells.map((cell, index) => {
      const design = designs[index];
      const isEqual = index !== reference && design !== undefined && alike.includes(design);
      return isEqual ? { ...cell, difference: l10n.t('equal') } : cell;
    }),
  });
  const all = [
    { name: l10n.t('input'), cells: designs.map(({ input }) => ({ text: shape(input) })) },
    equalled(row(entropyMeasure(l10n.t('score, nats'), (d) => d.score[estimator]))),
    // By whatever objective one of them is searched: all by the same, so that they can be compared.
    ...objectives
      .filter(({ name }) => designs.some((d) => d.objective === name))
      .map((objective) => row(scoreMeasure(objective))),
    ...costs.map((cost) => row(costMeasure(cost, (d) => d))),
  ];
  const ofParts = costs.filter(({ ofWhole }) => !ofWhole);
  const stages = [...new Set(designs.flatMap((d) => d.stages.map((s) => s.name)))].toSorted();
  const ofStage = (title: string): ComparedRows => {
    const stage = (design: ComparedDesign): ComparedStage | undefined => design.stages.find((s) => s.name === title);
    const rows = [
      { name: l10n.t('shape'), cells: designs.map((d) => ({ text: shape(stage(d)) })) },
      row({ name: l10n.t('blocks'), of: (d) => stage(d)?.blocks, text: String, difference: signedCount }),
      row(entropyMeasure(l10n.t('entropy, nats'), (d) => stage(d)?.entropy[estimator])),
      ...ofParts.map((cost) => row(costMeasure(cost, stage))),
    ];
    return { title, rows };
  };
  return [{ title: l10n.t('All of it'), rows: all }, ...stages.map(ofStage)];
}

const entropyMeasure = (name: string, of: Measure['of']): Measure => ({
  name,
  of,
  text: nats,
  difference: (value, reference) => signed(value - reference),
});

const scoreMeasure = ({ name, title, unit }: ComparedObjective): Measure => ({
  name: unit === '' ? title : l10n.t('{0}, {1}', title, unit),
  of: (d) => d.scores[name],
  text: (value) => scoreAmount(value, unit),
  difference: (value, reference) => signed(value - reference, (v) => scoreAmount(v, unit)),
});

const costMeasure = ({ name, unit }: ComparedCost, part: (design: ComparedDesign) => Part | undefined): Measure => ({
  name,
  of: (design) => part(design)?.costs[name],
  text: (value) => unitText(unit, value),
  difference: share,
});

const shape = (s: Pick<ComparedStage, 'channels' | 'height' | 'width'> | undefined): string =>
  s === undefined ? '–' : shapeText(s);

const signedCount = (value: number, reference: number): string => signed(value - reference, String);

/** «+12 %», or «×14» where that reads better. */
function share(value: number, reference: number): string {
  const ratio = value / reference;
  if (ratio >= 10) return `×${Number(ratio.toPrecision(2))}`;
  return signed(ratio - 1, changePercent);
}
