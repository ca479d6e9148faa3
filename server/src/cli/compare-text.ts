import type { BackboneAnalysis, StageAnalysis } from '../analysis/analyse.ts';
import { COST_NAMES, type CostName, costOf } from '../cost/budget.ts';
import { nats, shapeText, si } from '../features/numbers.ts';
import { stageNames } from './compare-json.ts';
import { BUILT_IN, type Entrant } from './entrant.ts';
import { type Column, table } from './table.ts';

/** What is compared of a stage beside its shape and entropy; of the whole, every cost. */
const STAGE_COSTS: readonly CostName[] = ['macs', 'params', 'memory'];

/** One number of a backbone, or of one of its stages. */
interface Measure {
  readonly title: string;
  readonly of: (analysis: BackboneAnalysis) => number | undefined;
  readonly text: (value: number) => string;
}

/** Backbones as columns; the others with their difference to the first. */
export function compareText(entrants: readonly Entrant[]): string {
  const analyses = entrants.map(({ analysis }) => analysis);
  const columns: Column[] = [
    { title: '', align: 'left' },
    { title: '', align: 'left' },
    ...entrants.map(({ analysis }): Column => ({ title: analysis.backbone.name, align: 'right' })),
  ];
  const rows = [
    ['', 'from', ...entrants.map(({ from }) => from)],
    ['', 'input', ...analyses.map(({ backbone: { input } }) => `${input.channels}×${input.height}×${input.width}`)],
    ...stageNames(entrants).flatMap((name) => stageRows(name, analyses)),
    ...section('all', analyses, [
      { title: 'Z fan-in', of: (a) => a.score.fanIn, text: nats },
      { title: 'Z exact', of: (a) => a.score.exact, text: nats },
      ...COST_NAMES.map((cost) => costMeasure(cost, (a) => a)),
    ]),
  ];
  const hint = sameInput(analyses) ? [] : ['', 'The inputs differ: --at HxW asks for one of all.'];
  return [...table(columns, rows), ...hint].join('\n');
}

function stageRows(name: string, analyses: readonly BackboneAnalysis[]): string[][] {
  const stage = (a: BackboneAnalysis): StageAnalysis | undefined => a.stages.find((s) => s.lowered.name === name);
  const shapes = analyses.map((a) => {
    const found = stage(a);
    return found === undefined ? '–' : shapeText(found.lowered);
  });
  const rows = section('', analyses, [
    { title: 'H fan-in', of: (a) => stage(a)?.entropy.fanIn, text: nats },
    { title: 'H exact', of: (a) => stage(a)?.entropy.exact, text: nats },
    ...STAGE_COSTS.map((cost) => costMeasure(cost, stage)),
  ]);
  return [[name, 'C×H×W', ...shapes], ...rows];
}

const costMeasure = (
  cost: CostName,
  part: (a: BackboneAnalysis) => Pick<StageAnalysis, 'costs'> | undefined,
): Measure => ({
  title: cost,
  of: (a) => {
    const found = part(a);
    return found === undefined ? undefined : costOf(found.costs, cost);
  },
  text: (value) => (cost === 'layers' ? String(value) : cost === 'memory' ? `${si(value)}B` : si(value)),
});

/** The rows of some measures, the first of them with the section's name. */
function section(name: string, analyses: readonly BackboneAnalysis[], measures: readonly Measure[]): string[][] {
  return measures.map(({ title, of, text }, row) => {
    const values = analyses.map(of);
    const cells = values.map((value, i) => {
      if (value === undefined) return '–';
      return i === 0 ? text(value) : `${text(value)}${difference(value, values[0])}`;
    });
    return [row === 0 ? name : '', title, ...cells];
  });
}

/** « (+12 %)» against the first; nothing where it would say nothing. */
function difference(value: number, first: number | undefined): string {
  if (first === undefined || first <= 0 || value === first) return '';
  const percent = Math.abs(value / first - 1) * 100;
  // 99.6 % less is not all of it.
  const digits = percent > 99 && percent < 100 ? 3 : 2;
  return ` (${value < first ? '−' : '+'}${Number(percent.toPrecision(digits))} %)`;
}

const sameInput = (analyses: readonly BackboneAnalysis[]): boolean =>
  new Set(analyses.map(({ backbone: { input } }) => `${input.channels} ${input.height} ${input.width}`)).size === 1;

/** What the rows mean. */
export const COMPARE_LEGEND = [
  'H       entropy at the end of the stage in nats: fan-in as TinyNAS scores it, exact with zero padding',
  'Z       multi-scale score Σ α·H in nats, with the weights α of each backbone',
  'macs    multiply–accumulates of convolutions; thop adds 2 per BatchNorm element, mmcv and tinynas more',
  `memory  peak of activations, float32, batch 1; «${BUILT_IN}» are the published designs`,
].join('\n');
