import { shapeText } from '../../../common/numbers.ts';
import type { ImageSize } from '../backbone/backbone.ts';
import type { CostName } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { addCosts } from '../cost/cost.ts';
import { DETECTOR_COSTS, type DetectorAnalysis, type PartAnalysis } from '../detector/analyse.ts';
import { detectorAtSize } from '../detector/at-size.ts';
import { BUILT_IN } from '../features/comparison.ts';
import { deviceCosts } from '../features/device-costs.ts';
import type { Snapshot } from '../features/snapshot.ts';
import { columnsFor, costMeasure, inputsHint, section } from './compare-rows.ts';
import { detectorJson } from './score-json.ts';
import { table } from './table.ts';

/** A detector that is compared with others. */
export interface ComparedDetector {
  /** The file it stands in, or BUILT_IN. */
  readonly from: string;
  readonly analysis: DetectorAnalysis;
  /** The times on devices that its text shows. */
  readonly devices: readonly CostName[];
}

/** The detectors of a text, ready to be compared: at one image size, or each at its own. */
export const comparedDetectors = (snapshot: Snapshot, from: string, at?: ImageSize): ComparedDetector[] =>
  snapshot.detectors.flatMap(({ analysis, fresh }) => {
    const sized = analysis === undefined || !fresh ? undefined : detectorAtSize(analysis, at);
    return sized === undefined ? [] : [{ from, analysis: sized, devices: deviceCosts(snapshot.design) }];
  });

const devicesOf = (detectors: readonly ComparedDetector[]): CostName[] => [
  ...new Set(detectors.flatMap(({ devices }) => devices)),
];

/** `mae compare --json` of detectors: each with what `mae score --json` has of it. */
export const compareDetectorsJson = (detectors: readonly ComparedDetector[]) => ({
  detectors: detectors.map(({ from, analysis }) => ({ from, ...detectorJson(analysis, devicesOf(detectors)) })),
});

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
