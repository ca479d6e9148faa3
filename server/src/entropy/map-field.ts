/**
 * One axis of a map: `before` positions at its beginning and `after` at its end, each with a value of its own; all
 * between them are alike, and are kept once. What a padding did reaches only so far from the border.
 */
export interface Axis {
  readonly size: number;
  readonly before: number;
  readonly after: number;
}

/** The second moment position by position, row after row, with mean 1: what a sum of separable fields is. */
export interface MapField {
  readonly rows: Axis;
  readonly columns: Axis;
  readonly map: Float64Array;
}

const isFull = ({ size, before, after }: Axis): boolean => before + after >= size;

const full = (size: number): Axis => ({ size, before: size, after: 0 });

/** Values that are kept of an axis. */
export const kept = (axis: Axis): number => (isFull(axis) ? axis.size : axis.before + 1 + axis.after);

/** Which kept value a position has. */
export function keptAt(axis: Axis, position: number): number {
  if (isFull(axis) || position < axis.before) return position;
  const fromEnd = axis.size - position;
  return fromEnd > axis.after ? axis.before : kept(axis) - fromEnd;
}

/** A position that has a kept value. */
export const positionOf = (axis: Axis, index: number): number =>
  isFull(axis) || index <= axis.before ? index : axis.size - (kept(axis) - index);

/** How many positions have a kept value. */
const timesAt = (axis: Axis, index: number): number =>
  !isFull(axis) && index === axis.before ? axis.size - axis.before - axis.after : 1;

/** The axis of a line of values: as much of its middle as is alike. */
export function axisOf(values: ArrayLike<number>): Axis {
  const { length: size } = values;
  const middle = size >> 1;
  let [first, last] = [middle, middle];
  while (first > 0 && values[first - 1] === values[middle]) first -= 1;
  while (last < size - 1 && values[last + 1] === values[middle]) last += 1;
  return first === last ? full(size) : { size, before: first, after: size - 1 - last };
}

/** The axis behind something that reads, for its position i, positions from low(i) to high(i), both rising with i. */
export function axisBehind(axis: Axis, size: number, low: (i: number) => number, high: (i: number) => number): Axis {
  if (isFull(axis)) return full(size);
  let first = 0;
  while (first < size && low(first) < axis.before) first += 1;
  let last = size - 1;
  while (last >= first && high(last) > axis.size - axis.after - 1) last -= 1;
  return first > last ? full(size) : { size, before: first, after: size - 1 - last };
}

/** The axis on which both kinds of borders have their place. */
export const common = (a: Axis, b: Axis): Axis => ({
  size: a.size,
  before: Math.max(a.before, b.before),
  after: Math.max(a.after, b.after),
});

/** Values for each kept position of two axes, taken from a map by the positions that are read for it. */
export function picked(
  { rows, columns, map }: MapField,
  toRows: Axis,
  toColumns: Axis,
  row: (position: number) => number = (position) => position,
  column: (position: number) => number = (position) => position,
): MapField {
  const [height, width, from] = [kept(toRows), kept(toColumns), kept(columns)];
  const picks = new Float64Array(height * width);
  for (let y = 0; y < height; y++) {
    const start = from * keptAt(rows, row(positionOf(toRows, y)));
    for (let x = 0; x < width; x++)
      picks[y * width + x] = map[start + keptAt(columns, column(positionOf(toColumns, x)))] ?? 0;
  }
  return { rows: toRows, columns: toColumns, map: picks };
}

/** For each kept position of an axis the kept values of another that it sums over, one list after the other. */
export function windowsOn(axis: Axis, to: Axis, positions: (i: number) => readonly number[]): number[][] {
  return Array.from({ length: kept(to) }, (_, i) =>
    positions(positionOf(to, i))
      .filter((position) => position >= 0 && position < axis.size)
      .map((position) => keptAt(axis, position)),
  );
}

/** The mean over all positions. */
export function meanOfMap({ rows, columns, map }: MapField): number {
  const width = kept(columns);
  let total = 0;
  for (let y = 0; y < kept(rows); y++) {
    let line = 0;
    for (let x = 0; x < width; x++) line += timesAt(columns, x) * (map[y * width + x] ?? 0);
    total += timesAt(rows, y) * line;
  }
  return total / (rows.size * columns.size);
}

/** A map as values of mean 1, and the mean that it had. */
export function normalised(field: MapField): { field: MapField; mean: number } {
  const mean = meanOfMap(field);
  return { field: { ...field, map: field.map.map((value) => value / mean) }, mean };
}
