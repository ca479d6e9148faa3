import type { ImageSize } from '../backbone/backbone.ts';
import {
  type Axis,
  axisBehind,
  axisOf,
  kept,
  type MapField,
  normalised,
  picked,
  positionOf,
  windowsOn,
} from './map-field.ts';

export type { MapField } from './map-field.ts';

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
export function convolveProfile(u: Profile, { kernel, stride, dilation }: Taps): { profile: Profile; logMean: number } {
  const size = Math.ceil(u.length / stride);
  const reach = ((kernel - 1) / 2) * dilation;
  const w = new Float64Array(size);
  let total = 0;
  for (let i = 0; i < size; i++) {
    const begin = i * stride - reach;
    const first = begin < 0 ? begin + Math.ceil(-begin / dilation) * dilation : begin;
    const end = Math.min(u.length, i * stride + reach + 1);
    let sum = 0;
    for (let j = first; j < end; j += dilation) sum += u[j] ?? 0;
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

/** Positions of a line of `size` that a nearest up-sampling to `length` repeats. */
const nearest = (i: number, size: number, length: number): number =>
  Math.min(size - 1, Math.floor((i * size) / length));

/** The second moment of a signal along both axes, each with mean 1. */
export interface SeparableField {
  readonly rows: Profile;
  readonly columns: Profile;
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

function convolveMap(field: MapField, taps: Taps): MapField {
  const { kernel, stride, dilation } = taps;
  const reach = ((kernel - 1) / 2) * dilation;
  const seen = (i: number): number[] => Array.from({ length: kernel }, (_, t) => i * stride - reach + t * dilation);
  const behind = (axis: Axis): Axis =>
    axisBehind(
      axis,
      Math.ceil(axis.size / stride),
      (i) => i * stride - reach,
      (i) => i * stride + reach,
    );
  const [rows, columns] = [behind(field.rows), behind(field.columns)];
  const across = windowsOn(field.columns, columns, seen);
  const down = windowsOn(field.rows, rows, seen);
  const [height, from, width] = [kept(field.rows), kept(field.columns), kept(columns)];
  const half = new Float64Array(height * width);
  for (let y = 0; y < height; y++)
    across.forEach((window, x) => {
      let sum = 0;
      for (const at of window) sum += field.map[y * from + at] ?? 0;
      half[y * width + x] = sum;
    });
  const map = new Float64Array(down.length * width);
  down.forEach((window, y) => {
    for (const at of window)
      for (let x = 0; x < width; x++) map[y * width + x] = (map[y * width + x] ?? 0) + (half[at * width + x] ?? 0);
  });
  return { rows, columns, map };
}

/** A field behind a pool: what stood at every stride-th position, as it is. */
export function thinField(field: Field, stride: number): Field {
  if (isMap(field)) {
    const read = (i: number): number => i * stride;
    const behind = (axis: Axis): Axis => axisBehind(axis, Math.ceil(axis.size / stride), read, read);
    return picked(field, behind(field.rows), behind(field.columns), read, read);
  }
  const { rows, columns } = field;
  const thin = thinProfile(rows, stride);
  return { rows: thin, columns: columns === rows ? thin : thinProfile(columns, stride) };
}

/** A field whose positions are repeated up to another size. */
export function upsampleField(field: Field, { height, width }: ImageSize): Field {
  if (isMap(field)) {
    const row = (y: number): number => nearest(y, field.rows.size, height);
    const column = (x: number): number => nearest(x, field.columns.size, width);
    const rows = axisBehind(field.rows, height, row, row);
    return picked(field, rows, axisBehind(field.columns, width, column, column), row, column);
  }
  const stretched = (u: Profile, length: number): Profile =>
    Float64Array.from({ length }, (_, i) => u[nearest(i, u.length, length)] ?? 1);
  return { rows: stretched(field.rows, height), columns: stretched(field.columns, width) };
}

/** Any field position by position. */
export function asMap(field: Field): MapField {
  if (isMap(field)) return field;
  const [rows, columns] = [axisOf(field.rows), axisOf(field.columns)];
  const [height, width] = [kept(rows), kept(columns)];
  const map = new Float64Array(height * width);
  for (let y = 0; y < height; y++) {
    const row = field.rows[positionOf(rows, y)] ?? 0;
    for (let x = 0; x < width; x++) map[y * width + x] = row * (field.columns[positionOf(columns, x)] ?? 0);
  }
  return { rows, columns, map };
}
