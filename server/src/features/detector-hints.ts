import { percent, si } from '../../../common/numbers.ts';
import { costOf } from '../cost/budget.ts';
import type { DetectorAnalysis, PartAnalysis } from '../detector/analyse.ts';
import { partSources } from '../language/detector-source.ts';
import type { Span } from '../language/problem.ts';
import { nameSpan } from '../language/read-backbone.ts';
import { type HintCell, timeCell } from './hint-text.ts';
import { type FeatureOptions, type HintPart, shownCost, shownTime } from './options.ts';
import type { SnapshotDetector } from './snapshot.ts';

/** What stands behind a line of a detector: what its part costs, and which share of the whole that is. */
export interface PartHint {
  /** Of the part, behind whose line it stands. */
  readonly span: Span;
  readonly cells: readonly HintCell[];
}

/** Enough to compare two lines by; the hover has the rest. */
const DIGITS = 3;

/** One for each line of a detector that has a part of it. While the text is broken, the last good numbers of what is still there. */
export function partHints(detector: SnapshotDetector, options: FeatureOptions): PartHint[] {
  const { source, analysis } = detector;
  if (analysis === undefined) return [];
  const [backbone, ...parts] = analysis.parts;
  const cells = (part: PartAnalysis): HintCell[] => partCells(part, analysis, detector, options);
  const own = partSources(source).flatMap(({ span, definition }, i): PartHint[] => {
    const part = parts[i];
    return part === undefined || part.name !== definition?.name ? [] : [{ span, cells: cells(part) }];
  });
  return backbone === undefined || source.backbone === undefined
    ? own
    : [{ span: source.backbone.span, cells: cells(backbone) }, ...own];
}

/** The whole of it, on the line that opens a detector. */
export function wholeHint(detector: SnapshotDetector, options: FeatureOptions): PartHint | undefined {
  const { source, analysis } = detector;
  if (analysis === undefined) return undefined;
  const cost = shownCost(detector, options);
  const time = shownTime(detector);
  const cells = [
    ...(time === undefined ? [] : [timeCell([analysis], time)]),
    { value: si(costOf(analysis.costs, cost), DIGITS), unit: cost },
    { value: si(analysis.costs.params, DIGITS), unit: 'params' },
  ];
  return { span: nameSpan(source.node), cells };
}

/** As the setting orders them; a share stands where a backbone's lines have their entropy. */
function partCells(
  { costs }: PartAnalysis,
  { costs: whole }: DetectorAnalysis,
  detector: SnapshotDetector,
  options: FeatureOptions,
): HintCell[] {
  const cost = shownCost(detector, options);
  const own = costOf(costs, cost);
  const cellOf: Readonly<Record<HintPart, HintCell | undefined>> = {
    shape: undefined,
    entropy: { value: own === 0 ? '' : percent(own / costOf(whole, cost)), unit: '' },
    cost: { value: own === 0 ? '' : si(own, DIGITS), unit: cost },
    params: { value: costs.params === 0 ? '' : si(costs.params, DIGITS), unit: 'params' },
  };
  const time = shownTime(detector);
  return options.hints.flatMap((part): HintCell[] => {
    const cell = cellOf[part];
    if (cell === undefined) return [];
    return part === 'cost' && time !== undefined ? [timeCell([{ costs }], time), cell] : [cell];
  });
}
