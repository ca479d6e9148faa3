import * as l10n from '@vscode/l10n';
import { changePercent, nats, shapeText, si, signed } from '../../../common/numbers.ts';
import type { CompareAnswer, ComparedDesign, ComparedStage } from '../../../server/src/server/protocol.ts';

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

/** The costs in the order of the hints; memory is the peak, in bytes. */
const COSTS: readonly { readonly name: string; readonly of: (part: Part) => number; readonly unit?: string }[] = [
  { name: 'macs', of: ({ costs }) => costs.macs },
  { name: 'thop', of: ({ costs }) => costs.thop },
  { name: 'mmcv', of: ({ costs }) => costs.mmcv },
  { name: 'tinynas', of: ({ costs }) => costs.tinynas },
  { name: 'params', of: ({ costs }) => costs.params },
  { name: 'layers', of: ({ costs }) => costs.layers },
  { name: 'memory', of: ({ costs }) => costs.memory, unit: 'B' },
];

interface Measure {
  readonly name: string;
  readonly of: (design: ComparedDesign) => number | undefined;
  readonly text: (value: number) => string;
  readonly difference: (value: number, reference: number) => string;
}

/** @param reference index of the design that the others are measured against */
export function comparedRows(
  designs: readonly ComparedDesign[],
  reference: number,
  estimator: CompareAnswer['estimator'],
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
  const all = [
    { name: l10n.t('input'), cells: designs.map(({ input }) => ({ text: shape(input) })) },
    row(entropyMeasure(l10n.t('score, nats'), (d) => d.score[estimator])),
    ...COSTS.map((cost) => row(costMeasure(cost, (d) => d))),
  ];
  const stages = [...new Set(designs.flatMap((d) => d.stages.map((s) => s.name)))].toSorted();
  const ofStage = (title: string): ComparedRows => {
    const stage = (design: ComparedDesign): ComparedStage | undefined => design.stages.find((s) => s.name === title);
    const rows = [
      { name: l10n.t('shape'), cells: designs.map((d) => ({ text: shape(stage(d)) })) },
      row({ name: l10n.t('blocks'), of: (d) => stage(d)?.blocks, text: String, difference: signedCount }),
      row(entropyMeasure(l10n.t('entropy, nats'), (d) => stage(d)?.entropy[estimator])),
      ...COSTS.map((cost) => row(costMeasure(cost, stage))),
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

const costMeasure = (
  { name, of, unit = '' }: (typeof COSTS)[number],
  part: (design: ComparedDesign) => Part | undefined,
): Measure => ({
  name,
  of: (design) => {
    const found = part(design);
    return found === undefined ? undefined : of(found);
  },
  text: (value) => `${si(value)}${unit}`,
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
