import type { StageWeights } from '../../backbone/backbone.ts';
import type { AdditiveObjective } from './definition.ts';

/** What a factor e of ReLU elements is worth, in nats: docs/evidence.md says how it was chosen and where it does not help. */
export const RELU_WORTH = 16;

/** α over the sum of those of the stages there are, so that a network that lacks one is not scored by less. */
export function shareOfWeights(stages: readonly string[], own: StageWeights): StageWeights {
  const sum = stages.reduce((total, name) => total + (own[name] ?? 0), 0);
  return sum === 0 ? own : Object.fromEntries(Object.entries(own).map(([name, weight]) => [name, weight / sum]));
}

/**
 * A second opinion: Σ α_i H_i / Σ α_i + 16 · ln E, with E the elements that activated convolutions put out. The entropy of a stage
 * in the mean has the scale of nats whatever α is, so that a constant can stand beside it. The logarithm of a sum over groups is
 * no sum over groups: no bound is known for it here.
 */
export const robust: AdditiveObjective = {
  name: 'robust',
  doc: 'a second opinion: the mean entropy of the stages and the logarithm of the ReLU elements, without a bound',
  unit: 'nats',
  estimators: ['fan-in', 'exact'],
  form: 'additive',
  weights: shareOfWeights,
  reluLoss: 0,
  logOf: { cost: 'relus', worth: RELU_WORTH },
  measured: false,
};
