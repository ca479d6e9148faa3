import type { Entropy } from '../analysis/analyse.ts';
import { entropyKeyOf } from '../analysis/score-of.ts';
import type { CostName } from '../cost/budget.ts';
import type { Convention } from '../cost/cost.ts';
import { costNamed } from '../cost/registry.ts';
import type { EstimatorName } from '../entropy/objectives/definition.ts';
import { timesLimitedBy } from './device-costs.ts';
import type { SnapshotBackbone } from './snapshot.ts';

/** What a person may choose about the numbers that are shown. The settings fill it; see server/settings.ts. */
export interface FeatureOptions {
  /** The closed form of the entropies that are shown, and of the scores where no search names one. */
  readonly estimator: EstimatorName;
  /** The counting convention where no budget says which one matters. */
  readonly cost: Convention;
  readonly hints: readonly HintPart[];
  /** Whether a backbone's first line says which change pays most. */
  readonly bestNext: boolean;
  readonly lenses: boolean;
  /** Whether hints say where the score is not to be trusted. */
  readonly evidence: boolean;
}

export const HINT_PARTS = ['shape', 'entropy', 'cost', 'params'] as const;
export type HintPart = (typeof HINT_PARTS)[number];

export const DEFAULT_OPTIONS: FeatureOptions = {
  estimator: 'fan-in',
  cost: 'macs',
  hints: ['entropy', 'cost'],
  bestNext: false,
  lenses: true,
  evidence: true,
};

export const entropyKey = ({ estimator }: Pick<FeatureOptions, 'estimator'>): keyof Entropy => entropyKeyOf(estimator);

/** The cost that matters for a backbone: the first multiply–accumulate convention that a budget limits, or the setting. */
export function shownCost(backbone: Pick<SnapshotBackbone, 'budgets'>, options: FeatureOptions): Convention {
  const limited = backbone.budgets.flatMap((b) => b.budget.limits.map((l) => l.cost));
  return limited.find(isConvention) ?? options.cost;
}

/** The time that matters for a backbone or detector: on the first device that a budget names; undefined where none does. */
export const shownTime = ({ budgets }: Pick<SnapshotBackbone, 'budgets'>): CostName | undefined =>
  timesLimitedBy(budgets)[0];

/** What a change is weighed by: the time where a budget limits one, and otherwise the shown cost. */
export const weighedCost = (backbone: Pick<SnapshotBackbone, 'budgets'>, options: FeatureOptions): CostName =>
  shownTime(backbone) ?? shownCost(backbone, options);

/** What is told of a change: the shown cost, and the time where a budget limits one. */
export const toldCosts = (backbone: Pick<SnapshotBackbone, 'budgets'>, options: FeatureOptions): CostName[] => [
  shownCost(backbone, options),
  ...timesLimitedBy(backbone.budgets),
];

const isConvention = (cost: CostName): cost is Convention => costNamed(cost)?.convention === true;
