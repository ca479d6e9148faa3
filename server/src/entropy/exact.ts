import type { InputSize } from '../backbone/backbone.ts';
import { isMainConv, type Layer, type MainConv } from '../backbone/layer.ts';

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

/** The second moment of the signal along both axes, each with mean 1. */
export interface Field {
  readonly rows: Profile;
  readonly columns: Profile;
}

export function uniformField(input: InputSize): Field {
  const rows = uniformProfile(input.height);
  return { rows, columns: input.width === input.height ? rows : uniformProfile(input.width) };
}

/** Sends a field through one window: what comes out, and ½ log(mean(w_row) · mean(w_col)), the window's share of log γ. */
function convolveField({ rows, columns }: Field, kernel: number, stride: number): { field: Field; log: number } {
  const row = convolveProfile(rows, kernel, stride);
  // A square input stays square: both axes are then one profile.
  const column = columns === rows ? row : convolveProfile(columns, kernel, stride);
  return { field: { rows: row.profile, columns: column.profile }, log: 0.5 * (row.logMean + column.logMean) };
}

function thinField({ rows, columns }: Field, stride: number): Field {
  const thin = thinProfile(rows, stride);
  return { rows: thin, columns: columns === rows ? thin : thinProfile(columns, stride) };
}

/**
 * Sends a field through some layers: what comes out, and for each main convolution its share of log γ that the width of
 * the network has no part in, ½ log(mean(w_row) · mean(w_col)) in nats.
 */
export function spatialLogs(layers: readonly Layer[], from: Field): { readonly field: Field; readonly logs: number[] } {
  let field = from;
  const logs: number[] = [];
  for (const l of layers) {
    if (l.role !== 'main') continue;
    if (l.op !== 'conv') field = thinField(field, l.stride);
    // Pointwise: the profiles stay as they are, with mean 1.
    else if (l.kernel === 1 && l.stride === 1) logs.push(0);
    else {
      const passed = convolveField(field, l.kernel, l.stride);
      field = passed.field;
      logs.push(passed.log);
    }
  }
  return { field, logs };
}

/** The share of log γ that comes from the width alone: ½ log(in/groups), in nats. */
export const widthLogStd = (l: MainConv): number => 0.5 * Math.log(l.in / l.groups);

/**
 * The exact expectation of what a forward pass measures, zero padding included: log σ of each main convolution of a
 * linear network, in nats (METHOD section 2.1, estimator 2). The expected square of h_l depends on the position only
 * and is separable, so σ² = (in/groups) · mean(w_row) · mean(w_col). Each value is this layer's own log γ: a sum over
 * layers gives the cumulative log σ.
 */
export function exactLogStds(layers: readonly Layer[], input: InputSize): number[] {
  const { logs } = spatialLogs(layers, uniformField(input));
  return layers.filter(isMainConv).map((l, i) => widthLogStd(l) + (logs[i] ?? Number.NaN));
}

/**
 * What ReLUs take from the cumulative log σ after `layers` main convolutions: every second moment but the first's is
 * halved exactly, E[relu(h)²] = ½E[h²], because h is symmetric. In nats.
 */
export const reluLoss = (layers: number): number => 0.5 * Math.LN2 * Math.max(0, layers - 1);
