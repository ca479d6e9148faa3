import type { InputSize } from '../backbone/backbone.ts';
import type { Layer } from '../backbone/layer.ts';

/** Second moment along one axis, position by position, normalised to mean 1: its scale is carried as a logarithm. */
export type Profile = Float64Array;

export const uniformProfile = (size: number): Profile => new Float64Array(size).fill(1);

/**
 * Sums a profile over the k positions that a convolution with zero padding (k−1)/2 and stride s sees:
 * w[i] = Σ_{t<k} u[i·s + t − (k−1)/2], zero outside. Returns w divided by its mean, and log of that mean (nats).
 */
export function convolveProfile(u: Profile, kernel: number, stride: number): { profile: Profile; logMean: number } {
  const size = Math.ceil(u.length / stride);
  const pad = (kernel - 1) / 2;
  const w = new Float64Array(size);
  let total = 0;
  for (let i = 0; i < size; i++) {
    const from = Math.max(0, i * stride - pad);
    const to = Math.min(u.length, i * stride - pad + kernel);
    let sum = 0;
    for (let j = from; j < to; j++) sum += u[j] ?? 0;
    w[i] = sum;
    total += sum;
  }
  const mean = total / size;
  for (let i = 0; i < size; i++) w[i] = (w[i] ?? 0) / mean;
  return { profile: w, logMean: Math.log(mean) };
}

/** A max-pool keeps the scale and thins the profile: position i sees what stood at i·s (it is not part of the theory). */
export function thinProfile(u: Profile, stride: number): Profile {
  return Float64Array.from({ length: Math.ceil(u.length / stride) }, (_, i) => u[i * stride] ?? 1);
}

/**
 * The exact expectation of what a forward pass measures, zero padding included: log σ of each main convolution of a
 * linear network, in nats (METHOD section 2.1, estimator 2). The expected square of h_l depends on the position only
 * and is separable, so σ² = (in/groups) · mean(w_row) · mean(w_col). Each value is this layer's own log γ: a sum over
 * layers gives the cumulative log σ.
 */
export function exactLogStds(layers: readonly Layer[], input: InputSize): number[] {
  let rows = uniformProfile(input.height);
  let columns = uniformProfile(input.width);
  const result: number[] = [];
  for (const l of layers) {
    if (l.role !== 'main') continue;
    if (l.op !== 'conv') {
      rows = thinProfile(rows, l.stride);
      columns = thinProfile(columns, l.stride);
    } else if (l.kernel === 1 && l.stride === 1) {
      // Pointwise: the profiles stay as they are, with mean 1.
      result.push(0.5 * Math.log(l.in / l.groups));
    } else {
      const row = convolveProfile(rows, l.kernel, l.stride);
      const column = convolveProfile(columns, l.kernel, l.stride);
      rows = row.profile;
      columns = column.profile;
      result.push(0.5 * (Math.log(l.in / l.groups) + row.logMean + column.logMean));
    }
  }
  return result;
}

/**
 * What ReLUs take from the cumulative log σ after `layers` main convolutions: every second moment but the first's is
 * halved exactly, E[relu(h)²] = ½E[h²], because h is symmetric. In nats.
 */
export const reluLoss = (layers: number): number => 0.5 * Math.LN2 * Math.max(0, layers - 1);
