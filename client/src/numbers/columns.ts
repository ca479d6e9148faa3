import * as l10n from '@vscode/l10n';
import { fineNats } from '../../../common/numbers.ts';
import type { NumbersBackbone, NumbersPart } from '../../../server/src/server/protocol.ts';
import { amountText, type Units } from '../webviews/cost-text.ts';

/** What columns read: a group, a stage, or all of a backbone. */
export interface Numbers extends Pick<NumbersPart, 'costs'> {
  readonly depth?: number;
  readonly entropies: readonly { readonly entropy: number | undefined; readonly gain?: number; readonly sd?: number }[];
}

export interface Column {
  readonly id: string;
  /** In the head of the column, under that of its group. */
  readonly label: string;
  /** Where the column stands alone; it holds the label. */
  readonly name: string;
  readonly of: (numbers: Numbers) => number | undefined;
  readonly text: (value: number) => string;
  /** What follows the number in its cell. */
  readonly spread?: (numbers: Numbers) => string;
  /** Whether more of it is what one wants; of a cost it is not. */
  readonly moreIsBetter: boolean;
}

/** Columns under one head. */
export interface Columns {
  readonly title: string;
  readonly columns: readonly Column[];
}

/** The columns of numbers, whichever costs and closed forms there are. */
export const columnsOf = ({ costs, units, forms }: Pick<NumbersBackbone, 'costs' | 'units' | 'forms'>): Columns[] => [
  { title: l10n.t('Costs'), columns: costs.map((name, index) => costColumn(name, index, units)) },
  ...forms.map((form, index) => {
    const title = l10n.t('{0} (nats)', form);
    return { title, columns: [entropyColumn(form, title, index), gainColumn(form, title, index)] };
  }),
];

/** How many blocks a part has: no cost, but a number that one changes. */
export const depthColumn = (): Column => ({
  id: 'blocks',
  label: l10n.t('Blocks'),
  name: l10n.t('Blocks'),
  of: ({ depth }) => depth,
  text: String,
  moreIsBetter: true,
});

const costColumn = (name: string, index: number, units: Units): Column => ({
  id: name,
  label: name,
  name,
  of: ({ costs }) => costs[index] ?? undefined,
  text: (value) => amountText(units, name, value),
  moreIsBetter: false,
});

const entropyColumn = (form: string, title: string, index: number): Column => ({
  id: form,
  label: 'H',
  name: l10n.t('{0}: {1}', title, 'H'),
  of: ({ entropies }) => entropies[index]?.entropy,
  text: fineNats,
  spread: ({ entropies }) => {
    const sd = entropies[index]?.sd;
    return sd === undefined ? '' : ` ± ${fineNats(sd)}`;
  },
  moreIsBetter: true,
});

const gainColumn = (form: string, title: string, index: number): Column => ({
  id: `${form} +`,
  label: l10n.t('Added'),
  name: l10n.t('{0}: {1}', title, l10n.t('Added')),
  of: ({ entropies }) => entropies[index]?.gain,
  text: (value) => (value < 0 ? `−${fineNats(-value)}` : fineNats(value)),
  moreIsBetter: true,
});
