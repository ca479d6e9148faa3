import type { ImageSize } from '../backbone/backbone.ts';

/** Second moment along one axis, position by position, normalised to mean 1: its scale is carried as a logarithm. */
export type Profile = Float64Array;

export const uniformProfile = (size: number): Profile => new Float64Array(size).fill(1);

/** A window along one axis: taps `dilation` apart, zero padding dilation · (k − 1) / 2. */
export interface Taps {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
}

/**
 * Sums a profile over the k positions that a convolution sees: w[i] = Σ_t u[i·s + (t − (k−1)/2)·d], zero outside.
 * Returns w divided by its mean, and log of that mean (nats).
 */
export function convolveProfile(u: Profile, taps: Taps): { profile: Profile; logMean: number } {
  const size = Math.ceil(u.length / taps.stride);
  const w = new Float64Array(size);
  sumWindows(u, 0, 1, u.length, w, 0, 1, taps);
  let total = 0;
  for (let i = 0; i < size; i++) total += w[i] ?? 0;
  const mean = total / size;
  for (let i = 0; i < size; i++) w[i] = (w[i] ?? 0) / mean;
  return { profile: w, logMean: Math.log(mean) };
}

/** The same along a line of any array: `length` numbers from `from` on, `step` apart. */
function sumWindows(
  u: Float64Array,
  from: number,
  step: number,
  length: number,
  w: Float64Array,
  to: number,
  toStep: number,
  { kernel, stride, dilation }: Taps,
): void {
  const size = Math.ceil(length / stride);
  const reach = ((kernel - 1) / 2) * dilation;
  for (let i = 0; i < size; i++) {
    const begin = i * stride - reach;
    const first = begin < 0 ? begin + Math.ceil(-begin / dilation) * dilation : begin;
    const end = Math.min(length, i * stride + reach + 1);
    let sum = 0;
    for (let j = first; j < end; j += dilation) sum += u[from + j * step] ?? 0;
    w[to + i * toStep] = sum;
  }
}

/** A max-pool keeps the scale and thins the profile: position i sees what stood at i·s (it is not part of the theory). */
export function thinProfile(u: Profile, stride: number): Profile {
  return Float64Array.from({ length: Math.ceil(u.length / stride) }, (_, i) => u[i * stride] ?? 1);
}

/** Positions of a line of `size` that a nearest up-sampling to `length` repeats. */
const nearest = (i: number, size: number, length: number): number =>
  Math.min(size - 1, Math.floor((i * size) / length));

/** The second moment of a signal along both axes, each with mean 1. */
export interface SeparableField {
  readonly rows: Profile;
  readonly columns: Profile;
}

/** The second moment position by position, row after row, with mean 1: what a sum of separable fields is. */
export interface MapField {
  readonly height: number;
  readonly width: number;
  readonly map: Float64Array;
}

export type Field = SeparableField | MapField;

export const isMap = (field: Field): field is MapField => 'map' in field;

export function uniformField({ height, width }: ImageSize): SeparableField {
  const rows = uniformProfile(height);
  return { rows, columns: width === height ? rows : uniformProfile(width) };
}

/** Sends a field through one window: what comes out, and ½ log of the mean that it had, the window's share of log γ. */
export function convolveField(field: Field, taps: Taps): { field: Field; log: number } {
  if (isMap(field)) {
    const summed = convolveMap(field, taps);
    const { field: normal, mean } = normalised(summed);
    return { field: normal, log: 0.5 * Math.log(mean) };
  }
  const { rows, columns } = field;
  const row = convolveProfile(rows, taps);
  // A square input stays square: both axes are then one profile.
  const column = columns === rows ? row : convolveProfile(columns, taps);
  return { field: { rows: row.profile, columns: column.profile }, log: 0.5 * (row.logMean + column.logMean) };
}

function convolveMap({ height, width, map }: MapField, taps: Taps): MapField {
  const [h, w] = [Math.ceil(height / taps.stride), Math.ceil(width / taps.stride)];
  const across = new Float64Array(height * w);
  for (let y = 0; y < height; y++) sumWindows(map, y * width, 1, width, across, y * w, 1, taps);
  const down = new Float64Array(h * w);
  for (let x = 0; x < w; x++) sumWindows(across, x, w, height, down, x, w, taps);
  return { height: h, width: w, map: down };
}

/** A map as values of mean 1, and the mean that it had. */
export function normalised({ height, width, map }: MapField): { field: MapField; mean: number } {
  let total = 0;
  for (const value of map) total += value;
  const mean = total / map.length;
  return { field: { height, width, map: map.map((value) => value / mean) }, mean };
}

/** A field behind a pool without overlap in mind: what stood at every stride-th position, as it is. */
export function thinField(field: Field, stride: number): Field {
  if (isMap(field)) {
    const [height, width] = [Math.ceil(field.height / stride), Math.ceil(field.width / stride)];
    return {
      height,
      width,
      map: picked(
        field,
        height,
        width,
        (y) => y * stride,
        (x) => x * stride,
      ),
    };
  }
  const { rows, columns } = field;
  const thin = thinProfile(rows, stride);
  return { rows: thin, columns: columns === rows ? thin : thinProfile(columns, stride) };
}

/** A field whose positions are repeated up to another size. */
export function upsampleField(field: Field, { height, width }: ImageSize): Field {
  if (isMap(field)) {
    const row = (y: number): number => nearest(y, field.height, height);
    return { height, width, map: picked(field, height, width, row, (x) => nearest(x, field.width, width)) };
  }
  const stretched = (u: Profile, length: number): Profile =>
    Float64Array.from({ length }, (_, i) => u[nearest(i, u.length, length)] ?? 1);
  return { rows: stretched(field.rows, height), columns: stretched(field.columns, width) };
}

function picked(
  { map, width: from }: MapField,
  height: number,
  width: number,
  row: (y: number) => number,
  column: (x: number) => number,
): Float64Array {
  const picks = new Float64Array(height * width);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) picks[y * width + x] = map[row(y) * from + column(x)] ?? 0;
  return picks;
}

/** Any field position by position. */
export function asMap(field: Field): MapField {
  if (isMap(field)) return field;
  const { rows, columns } = field;
  const map = new Float64Array(rows.length * columns.length);
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      map[y * columns.length + x] = row * column;
    });
  });
  return { height: rows.length, width: columns.length, map };
}

/** The mean of a field: 1 but for one that a pool thinned. */
export function meanOf(field: Field): number {
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return isMap(field) ? mean(field.map) : mean(field.rows) * mean(field.columns);
}
