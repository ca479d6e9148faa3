import { type CostName, costOf } from '../cost/budget.ts';
import { downstreamCost } from '../cost/downstream.ts';
import { analyseDetector, DETECTOR_CONVENTIONS, DETECTOR_COSTS, type DetectorAnalysis } from '../detector/analyse.ts';
import { downstreamOf } from '../detector/downstream.ts';
import { variantsOf } from '../detector/variants.ts';
import { networkOf } from '../language/detector-model.ts';
import type { SearchTask } from '../search/task.ts';
import type { VariantPoint, VariantTask } from '../search/variants.ts';
import type { ReadySearch } from './search-targets.ts';

/** What is searched for a line of `vary`: the written neck and heads, and then lighter ones, the lightest last. */
export interface VariantPlan {
  readonly written: VariantTask;
  readonly lighter: readonly VariantTask[];
}

/** Undefined where nothing is varied, or nothing could be lighter. */
export function variantPlan({ detector, vary }: ReadySearch, task: SearchTask): VariantPlan | undefined {
  const analysis = detector?.analysis;
  if (analysis === undefined || vary.length === 0) return undefined;
  const cost = sharedCost(task);
  const all = variantsOf(analysis.detector, analysis.network.backbone, vary).flatMap(({ values, detector: own }) => {
    const whole = own === analysis.detector ? analysis : analyseDetector(own, analysis.backbone, analysis);
    return whole === undefined ? [] : [{ values, downstream: downstreamOf(whole), behind: costBehind(whole, cost) }];
  });
  const [first, ...others] = all;
  if (first === undefined || others.length === 0) return undefined;
  const lighter = others.toSorted((a, b) => b.behind - a.behind);
  return { written: first, lighter };
}

/** The cost that neck and heads are told by: the first limited one that counts them, or macs. */
export const sharedCost = ({ budget }: SearchTask): CostName =>
  budget.limits.find(({ cost }) => DETECTOR_COSTS.includes(cost))?.cost ?? DETECTOR_CONVENTIONS[0];

const costBehind = ({ costs, backbone }: DetectorAnalysis, cost: CostName): number =>
  costOf(costs, cost) - costOf(backbone.costs, cost);

/** What neck and heads cost together behind the design that was found. */
export function partsCost({ best, downstream }: VariantPoint, cost: CostName): number | undefined {
  if (best === undefined) return undefined;
  const { groups } = networkOf(best.backbone);
  return downstreamCost(downstream, cost, (group) => groups[group]?.channels ?? 0);
}

/** What is said of neck and heads together: every convention that knows them, and params. */
export const partsCosts = (point: VariantPoint): Readonly<Record<CostName, number>> =>
  Object.fromEntries(DETECTOR_COSTS.map((name) => [name, partsCost(point, name) ?? 0]));
