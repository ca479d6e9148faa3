import { percent } from '../../../common/numbers.ts';
import { costOf, type Excess, exceeded } from '../cost/budget.ts';
import { isOfWhole } from '../cost/registry.ts';
import { BACKBONE_PART, type DetectorAnalysis } from '../detector/analyse.ts';
import { partSources } from '../language/detector-source.ts';
import type { Problem, Span } from '../language/problem.ts';
import { firstWord } from '../language/span.ts';
import { costText } from './cost-text.ts';
import type { SnapshotDetector } from './snapshot.ts';

/** One error for each budget line that a detector does not hold, on the part that costs most. */
export function detectorProblems(detector: SnapshotDetector): Problem[] {
  const { analysis, fresh, budgets } = detector;
  if (analysis === undefined || !fresh) return [];
  return budgets.flatMap(({ name, budget }) =>
    exceeded(analysis.costs, budget).map((excess) => problem(detector, analysis, name, excess)),
  );
}

function problem(detector: SnapshotDetector, analysis: DetectorAnalysis, budget: string, excess: Excess): Problem {
  const { source } = detector;
  const { cost, amount } = excess.limit;
  const values = analysis.parts.map(({ costs }) => costOf(costs, cost));
  const index = values.indexOf(Math.max(...values));
  const most = analysis.parts[index]?.name ?? BACKBONE_PART;
  const message =
    `${source.name} exceeds budget ${budget} by ${percent(excess.over)}: ${costText(cost, excess.value)}, ` +
    `at most ${costText(cost, amount)}.` +
    (isOfWhole(cost) ? '' : ` Most of it is the ${most}: ${costText(cost, values[index] ?? 0)}.`);
  return {
    code: 'budget-exceeded',
    severity: 'error',
    message,
    span: isOfWhole(cost) ? firstWord(source.node) : partSpan(detector, index),
    data: {
      kind: 'budget',
      backbone: analysis.detector.backbone.name,
      budget,
      cost,
      detector: source.name,
    },
  };
}

/** Where a part of the analysis stands in the text: the backbone where it is named. */
export function partSpan({ source }: SnapshotDetector, part: number): Span {
  if (part === 0) return source.backbone?.span ?? firstWord(source.node);
  return partSources(source)[part - 1]?.span ?? firstWord(source.node);
}
