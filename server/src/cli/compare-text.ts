import { nats, scoreAmount, shapeText, signed } from '../../../common/numbers.ts';
import { stageNames } from '../answers/compare-json.ts';
import type { CostName } from '../cost/budget.ts';
import {
  BUILT_IN,
  type ComparedDesign,
  type ComparedObjective,
  type ComparedStage,
  comparedNames,
  comparedObjectives,
} from '../features/comparison.ts';
import { type ComparisonNote, comparisonNotes } from '../features/comparison-notes.ts';
import { columnsFor, costMeasure, type Measure, section } from './compare-rows.ts';
import { table } from './table.ts';

/** What is compared of a stage beside its shape and entropy; of the whole, every cost. */
const STAGE_COSTS: readonly CostName[] = ['macs', 'params', 'memory'];

/** Backbones as columns; the others with their difference to the first. */
export function compareText(designs: readonly ComparedDesign[]): string {
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
      ...comparedNames(designs).map((cost) => costMeasure<ComparedDesign>(cost, (d) => d)),
    ]),
  ];
  const columns = columnsFor(designs.map(({ name }) => name));
  return [...table(columns, rows), ...notesOf(designs)].join('\n');
}

/** What can be done about it here. */
const ADVICE: Readonly<Partial<Record<ComparisonNote['code'], string>>> = {
  'inputs-differ': ' --at HxW asks for one of all.',
};

/** «Scores of different inputs do not compare: … (docs/evidence.md#what-it-cannot-see)» */
function notesOf(designs: readonly ComparedDesign[]): string[] {
  const notes = comparisonNotes(designs);
  return notes.length === 0
    ? []
    : ['', ...notes.map(({ code, message, link }) => `${message.replace(/\.$/, '')} (${link}).${ADVICE[code] ?? ''}`)];
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

const entropyMeasure = (title: string, of: Measure<ComparedDesign>['of']): Measure<ComparedDesign> => ({
  title,
  of,
  text: nats,
  difference: (value, first) => signed(value - first),
});

/** By whatever objective one of them is searched: all by the same, so that they can be compared. */
const scoreMeasure = ({ name, title, unit }: ComparedObjective): Measure<ComparedDesign> => ({
  title,
  of: ({ scores }) => scores[name],
  text: (value) => scoreAmount(value, unit),
  difference: (value, first) => signed(value - first, (v) => scoreAmount(v, unit)),
});

/** What the rows mean. */
export const COMPARE_LEGEND = [
  'H       entropy at the end of the stage in nats: fan-in as TinyNAS scores it, exact with zero padding',
  'Z       multi-scale score Σ α·H in nats, with the weights α of each backbone',
  'macs    multiply–accumulates of convolutions; thop adds 2 per BatchNorm element, mmcv and tinynas more',
  `memory  peak of activations, float32, batch 1; «${BUILT_IN}» are the published designs`,
  '( )     the difference to the first: entropies in nats, costs in percent',
].join('\n');
