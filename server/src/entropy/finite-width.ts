import { isMainConv, type Layer, type MainConv } from '../backbone/layer.ts';
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

/** What the spread before a layer predicts for it: mean = exact − ¼V, sd = ½√(V + 2ρ²/out), for depthwise 2ρ²(1 + G)/out. */
export function predict(before: Spread, l: MainConv, exact: number): Prediction {
  const { correlation, channels, variance } = before;
  const own = (2 * correlation * correlation * (l.groups > 1 ? 1 + channels : 1)) / l.out;
  return { mean: exact - 0.25 * variance, sd: 0.5 * Math.sqrt(variance + own) };
}

/** The spread after a layer and its ReLU. A depthwise convolution does not mix channels, so their spreads multiply. */
export function passLayer({ correlation, channels, variance }: Spread, l: MainConv): Spread {
  const depthwise = l.groups > 1;
  const g = convolutionSpread(correlation);
  return {
    correlation: reluCorrelation(correlation),
    channels: depthwise ? (1 + channels) * (1 + g) - 1 : g,
    variance: variance + (g * (depthwise ? 1 + channels : 1)) / l.out,
  };
}

/**
 * The exact log σ with the bias and spread that a draw of finitely many random weights has, for ReLU networks (METHOD
 * section 2.1, estimator 3). The logarithm of a random variance is biased low: E[log m] ≈ log E[m] − ½ Var(m)/E[m]².
 *
 * @param exactCumulative cumulative exact log σ (relu) after each main convolution
 */
export function finiteWidthLogStds(layers: readonly Layer[], exactCumulative: readonly number[]): Prediction[] {
  let spread = NO_SPREAD;
  return layers.filter(isMainConv).map((l, index) => {
    const prediction = predict(spread, l, exactCumulative[index] ?? Number.NaN);
    spread = passLayer(spread, l);
    return prediction;
  });
}
