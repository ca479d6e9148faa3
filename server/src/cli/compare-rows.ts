import { changePercent, shapeText, signed } from '../../../common/numbers.ts';
import type { InputSize } from '../backbone/backbone.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { amountText } from '../features/cost-text.ts';
import type { Column } from './table.ts';

/** One number of what is compared, or of one of its parts. */
export interface Measure<T> {
  readonly title: string;
  readonly of: (design: T) => number | undefined;
  readonly text: (value: number) => string;
  /** How far a value is from the first one's. */
  readonly difference: (value: number, first: number) => string;
}

export const costMeasure = <T>(
  cost: CostName,
  part: (design: T) => { readonly costs: Costs } | undefined,
): Measure<T> => ({
  title: cost,
  of: (design) => {
    const found = part(design);
    return found === undefined ? undefined : costOf(found.costs, cost);
  },
  text: (value) => amountText(cost, value),
  difference: (value, first) => signed(value / first - 1, changePercent),
});

/** The rows of some measures, the first of them with the section's name. */
export function section<T>(name: string, designs: readonly T[], measures: readonly Measure<T>[]): string[][] {
  return measures.map(({ title, of, text, difference }, row) => {
    const [first, ...others] = designs.map(of);
    const cells = others.map((value) => {
      if (value === undefined) return '–';
      // Against nothing, or the same number, a difference would say nothing.
      return first === undefined || first === 0 || value === first
        ? text(value)
        : `${text(value)} (${difference(value, first)})`;
    });
    return [row === 0 ? name : '', title, first === undefined ? '–' : text(first), ...cells];
  });
}

/** Two for what a row is of, and one for each that is compared. */
export const columnsFor = (names: readonly string[]): Column[] => [
  { title: '', align: 'left' },
  { title: '', align: 'left' },
  ...names.map((title): Column => ({ title, align: 'right' })),
];

export function inputsHint(inputs: readonly InputSize[]): string[] {
  const same = new Set(inputs.map(shapeText)).size === 1;
  return same ? [] : ['', 'The inputs differ: --at HxW asks for one of all.'];
}
