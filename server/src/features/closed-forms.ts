import type { LogStd } from '../analysis/analyse.ts';
import type { Prediction } from '../entropy/finite-width.ts';
import type { EstimatorName } from '../entropy/objectives/definition.ts';

/** A closed form of the entropy: what it is called, what it counts, and the cumulative log σ that it gives, in nats. */
export interface ClosedForm {
  readonly name: string;
  readonly counts: string;
  /** What it is called where a score is computed by it. */
  readonly estimator?: EstimatorName;
  /** With the spread of one draw where the form knows it; undefined where it has no term for what stands there. */
  readonly logStd: (logStd: LogStd) => (Pick<Prediction, 'mean'> & Partial<Prediction>) | undefined;
}

/** Every closed form, from the simplest to the one that is nearest to a forward pass. */
export const CLOSED_FORMS: readonly ClosedForm[] = [
  { name: 'fan-in', counts: 'Σ ½ ln(in / groups · k²)', estimator: 'fan-in', logStd: ({ fanIn }) => ({ mean: fanIn }) },
  {
    name: 'exact, linear',
    counts: 'with zero padding',
    estimator: 'exact',
    logStd: ({ exact }) => ({ mean: exact.linear }),
  },
  { name: 'exact, relu', counts: '− ½ ln 2 for each ReLU', logStd: ({ exact }) => ({ mean: exact.relu }) },
  { name: 'finite width, relu', counts: 'mean ± sd of one draw', logStd: ({ finiteWidth }) => finiteWidth },
];
