import type { PlacedConv } from '../graph/cell.ts';
import { convolutionSpread, reluCorrelation } from './relu-kernel.ts';

/** What a random draw of the weights gives for one cumulative log σ: its mean and its standard deviation (nats). */
export interface Prediction {
  readonly mean: number;
  readonly sd: number;
}

/** What is tracked along the main convolutions of a ReLU network. */
export interface Spread {
  /** ρ, the correlation of the pre-activations at distant positions. */
  readonly correlation: number;
  /** G, the relative spread of the second moment from channel to channel. */
  readonly channels: number;
  /** V, the relative variance of the layer's mean second moment. */
  readonly variance: number;
}

export const NO_SPREAD: Spread = { correlation: 0, channels: 0, variance: 0 };

const isDepthwise = ({ operator }: PlacedConv): boolean => operator.groups > 1;

/** Whether the theory has a term for a convolution: for one over all channels, or over each by itself. */
export const hasTerm = ({ operator, from }: PlacedConv): boolean =>
  operator.groups === 1 || (operator.groups === from.channels && operator.out === from.channels);

/**
 * What the spread before a layer predicts for it: mean = exact − ¼V, sd = ½√(V + 2ρ²/out), for depthwise 2ρ²(1 + G)/out.
 * The logarithm of a random variance is biased low: E[log m] ≈ log E[m] − ½ Var(m)/E[m]² (docs/method.md 2.1, estimator 3).
 */
export function predict(before: Spread, conv: PlacedConv, exact: number): Prediction {
  const { correlation, channels, variance } = before;
  const own = (2 * correlation * correlation * (isDepthwise(conv) ? 1 + channels : 1)) / conv.operator.out;
  return { mean: exact - 0.25 * variance, sd: 0.5 * Math.sqrt(variance + own) };
}

/** The spread after a layer and its ReLU. A depthwise convolution does not mix channels, so their spreads multiply. */
export function passLayer({ correlation, channels, variance }: Spread, conv: PlacedConv): Spread {
  const depthwise = isDepthwise(conv);
  const g = convolutionSpread(correlation);
  return {
    correlation: reluCorrelation(correlation),
    channels: depthwise ? (1 + channels) * (1 + g) - 1 : g,
    variance: variance + (g * (depthwise ? 1 + channels : 1)) / conv.operator.out,
  };
}
