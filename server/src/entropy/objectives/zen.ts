import type { AdditiveObjective } from './definition.ts';
import { lastStage } from './single-scale.ts';

/**
 * A closed-form stand-in for the Zen-Score, not a measurement. Zen-NAS measures, with BatchNorm and ReLU, the
 * logarithm of the change that noise makes at the last feature map plus the log of the variances that BatchNorm took
 * out. In expectation both together are the ReLU log σ of the last stage: each convolution gives ½ log(in/groups · k²)
 * and each ReLU between two of them takes ½ log 2; the sum over channels adds log C. What does not depend on the
 * design (the size of the feature map, the noise) is left out.
 */
export const zen: AdditiveObjective = {
  name: 'zen',
  doc: 'a closed-form stand-in for the Zen-Score, of the last stage with its ReLUs',
  unit: 'nats',
  estimators: ['fan-in', 'exact'],
  form: 'additive',
  weights: lastStage,
  reluLoss: Math.LN2 / 2,
  measured: false,
};
