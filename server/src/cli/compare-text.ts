import { changePercent, nats, scoreAmount, shapeText, signed } from '../../../common/numbers.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import { limitedCosts } from '../cost/registry.ts';
import {
  BUILT_IN,
  type ComparedDesign,
  type ComparedObjective,
  type ComparedStage,
  comparedObjectives,
} from '../features/comparison.ts';
import { amountText } from '../features/cost-text.ts';
import { stageNames } from './compare-json.ts';
import { type Column, table } from './table.ts';

/** What is compared of a stage beside its shape and entropy; of the whole, every cost. */
const STAGE_COSTS: readonly CostName[] = ['macs', 'params', 'memory'];

/** One number of a design, or of one of its stages. */
interface Measure {
  readonly title: string;
  readonly of: (design: ComparedDesign) => number | undefined;
  readonly text: (value: number) => string;
  /** How far a value is from the first design's. */
  readonly difference: (value: number, first: number) => string;
}

/** Backbones as columns; the others with their difference to the first. */
export function compareText(designs: readonly ComparedDesign[]): string {
  const columns: Column[] = [
    { title: '', align: 'left' },
    { title: '', align: 'left' },
    ...designs.map(({ name }): Column => ({ title: name, align: 'right' })),
  ];
  const rows = [
    ['', 'from', ...designs.map(({ from }) => from)],
    ['', 'input', ...designs.map(({ input }) => shapeText(input))],
    ...stageNames(designs).flatMap((name) => stageRows(name, designs)),
    ...section('all', designs, [
      entropyMeasure('Z fan-in', (d) => d.score.fanIn),
      entropyMeasure('Z exact', (d) => d.score.exact),
      ...comparedObjectives()
        .filter(({ name }) => designs.some(({ objective }) => objective === name))
        .map(scoreMeasure),
      ...limitedCosts().map((cost) => costMeasure(cost, (d) => d)),
    ]),
  ];
  const sameInput = new Set(designs.map(({ input }) => shapeText(input))).size === 1;
  const hint = sameInput ? [] : ['', 'The inputs differ: --at HxW asks for one of all.'];
  return [...table(columns, rows), ...hint].join('\n');
}

function stageRows(name: string, designs: readonly ComparedDesign[]): string[][] {
  const stage = (d: ComparedDesign): ComparedStage | undefined => d.stages.find((s) => s.name === name);
  const shapes = designs.map((d) => {
    const found = stage(d);
    return found === undefined ? '–' : shapeText(found);
  });
  const rows = section('', designs, [
    entropyMeasure('H fan-in', (d) => stage(d)?.entropy.fanIn),
    entropyMeasure('H exact', (d) => stage(d)?.entropy.exact),
    ...STAGE_COSTS.map((cost) => costMeasure(cost, stage)),
  ]);
  return [[name, 'C×H×W', ...shapes], ...rows];
}

const entropyMeasure = (title: string, of: Measure['of']): Measure => ({
  title,
  of,
  text: nats,
  difference: (value, first) => signed(value - first),
});

/** By whatever objective one of them is searched: all by the same, so that they can be compared. */
const scoreMeasure = ({ name, title, unit }: ComparedObjective): Measure => ({
  title,
  of: ({ scores }) => scores[name],
  text: (value) => scoreAmount(value, unit),
  difference: (value, first) => signed(value - first, (v) => scoreAmount(v, unit)),
});

const costMeasure = (
  cost: CostName,
  part: (d: ComparedDesign) => Pick<ComparedStage, 'costs'> | undefined,
): Measure => ({
  title: cost,
  of: (d) => {
    const found = part(d);
    return found === undefined ? undefined : costOf(found.costs, cost);
  },
  text: (value) => amountText(cost, value),
  difference: (value, first) => signed(value / first - 1, changePercent),
});

/** The rows of some measures, the first of them with the section's name. */
function section(name: string, designs: readonly ComparedDesign[], measures: readonly Measure[]): string[][] {
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

/** What the rows mean. */
export const COMPARE_LEGEND = [
  'H       entropy at the end of the stage in nats: fan-in as TinyNAS scores it, exact with zero padding',
  'Z       multi-scale score Σ α·H in nats, with the weights α of each backbone',
  'macs    multiply–accumulates of convolutions; thop adds 2 per BatchNorm element, mmcv and tinynas more',
  `memory  peak of activations, float32, batch 1; «${BUILT_IN}» are the published designs`,
  '( )     the difference to the first: entropies in nats, costs in percent',
].join('\n');
