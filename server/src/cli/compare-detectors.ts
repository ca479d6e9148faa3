import { shapeText } from '../../../common/numbers.ts';
import { type ComparedDetector, devicesOf } from '../answers/compared-detectors.ts';
import type { CostName } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { addCosts } from '../cost/cost.ts';
import { DETECTOR_COSTS, type DetectorAnalysis, type PartAnalysis } from '../detector/analyse.ts';
import { BUILT_IN } from '../features/comparison.ts';
import { columnsFor, costMeasure, inputsHint, section } from './compare-rows.ts';
import { table } from './table.ts';

/** Detectors as columns; the others with their difference to the first. What differs in kind is compared by what it is for. */
export function compareDetectorsText(detectors: readonly ComparedDetector[]): string {
  const analyses = detectors.map(({ analysis }) => analysis);
  const names = [...DETECTOR_COSTS, ...devicesOf(detectors)];
  const inputs = analyses.map(({ detector }) => detector.backbone.input);
  const rows = [
    ['', 'from', ...detectors.map(({ from }) => from)],
    ['', 'input', ...inputs.map(shapeText)],
    ['', 'classes', ...analyses.map(({ detector }) => String(detector.classes))],
    ...partRows('backbone', analyses, names, ({ parts: [backbone] }) => (backbone === undefined ? [] : [backbone])),
    ...partRows('neck', analyses, names, (analysis) => partsOf(analysis, 'neck')),
    ...partRows('heads', analyses, names, (analysis) => partsOf(analysis, 'head')),
    ...section(
      'all',
      analyses,
      [...names, 'memory'].map((cost) => costMeasure(cost, (analysis) => analysis)),
    ),
  ];
  const columns = columnsFor(analyses.map(({ detector }) => detector.name));
  return [...table(columns, rows), ...inputsHint(inputs)].join('\n');
}

const partsOf = ({ parts, network }: DetectorAnalysis, role: 'neck' | 'head'): PartAnalysis[] =>
  parts.filter((_, i) => network.parts[i - 1]?.role === role);

function partRows(
  name: string,
  analyses: readonly DetectorAnalysis[],
  names: readonly CostName[],
  of: (analysis: DetectorAnalysis) => readonly PartAnalysis[],
): string[][] {
  const kinds = analyses.map((analysis) => {
    const parts = of(analysis);
    return parts.length === 0 ? '–' : parts.map(({ part }) => part?.kind ?? analysis.detector.backbone.name).join(', ');
  });
  const costs = (analysis: DetectorAnalysis): { readonly costs: Costs } | undefined => {
    const parts = of(analysis);
    return parts.length === 0 ? undefined : { costs: addCosts(parts.map((part) => part.costs)) };
  };
  return [
    [name, 'is', ...kinds],
    ...section(
      '',
      analyses,
      names.map((cost) => costMeasure(cost, costs)),
    ),
  ];
}

/** What the rows mean. */
export const COMPARE_DETECTORS_LEGEND = [
  'macs    multiply–accumulates of convolutions and linear layers, a head’s at each of its levels',
  'thop    macs, biases and BatchNorm; mmcv adds GroupNorm, ReLUs and pools, as mmdetection’s tables',
  'params  all that can be trained, of which mmdetection freezes some',
  `memory  peak of activations, float32, batch 1; «${BUILT_IN}» are the published detectors`,
  '( )     the difference to the first in percent',
].join('\n');
