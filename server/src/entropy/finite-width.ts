import type { Layer } from '../backbone/layer.ts';
import { isMainConv } from '../backbone/layer.ts';
import { convolutionSpread, reluCorrelation } from './relu-kernel.ts';

/** What a random draw of the weights gives for one cumulative log σ: its mean and its standard deviation (nats). */
export interface Prediction {
  readonly mean: number;
  readonly sd: number;
}

/**
 * The exact log σ with the bias and spread that a draw of finitely many random weights has, for ReLU networks (METHOD
 * section 2.1, estimator 3). The logarithm of a random variance is biased low: E[log m] ≈ log E[m] − ½ Var(m)/E[m]².
 * Along the main convolutions it tracks ρ, the correlation of distant positions; G, the relative spread of the second
 * moment from channel to channel; and V, the relative variance of the layer's mean second moment.
 *
 * @param exactCumulative cumulative exact log σ (relu) after each main convolution
 */
export function finiteWidthLogStds(layers: readonly Layer[], exactCumulative: readonly number[]): Prediction[] {
  let rho = 0;
  let spread = 0;
  let variance = 0;
  return layers.filter(isMainConv).map((l, index) => {
    const depthwise = l.groups > 1;
    const own = (2 * rho * rho * (depthwise ? 1 + spread : 1)) / l.out;
    const prediction = {
      mean: (exactCumulative[index] ?? Number.NaN) - 0.25 * variance,
      sd: 0.5 * Math.sqrt(variance + own),
    };
    const g = convolutionSpread(rho);
    variance += (g * (depthwise ? 1 + spread : 1)) / l.out;
    spread = depthwise ? (1 + spread) * (1 + g) - 1 : g;
    rho = reluCorrelation(rho);
    return prediction;
  });
}
