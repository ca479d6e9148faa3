import type { Read } from '../language/quantity.ts';
import type { Axis, NamedChange } from './axis.ts';

/** One search of a sweep: all of its changes, in the order of the axes. */
export type Point = readonly NamedChange[];

/** A sweep of more searches is a mistake of typing. */
export const MOST_POINTS = 100_000;

/** So many seeds, from this one on. */
export const seedAxis = (first: number, count: number): Axis => ({
  name: 'seed',
  values: Array.from({ length: count }, (_, i) => ({
    name: 'seed',
    text: String(first + i),
    change: { kind: 'setting', setting: 'seed', value: first + i },
  })),
});

/** Every combination of the axes' values: the last axis changes fastest. */
export function pointsOf(axes: readonly Axis[]): Read<readonly Point[]> {
  const twice = axes.find(({ name }, i) => axes.findIndex((other) => other.name === name) < i);
  if (twice !== undefined)
    return { ok: false, message: `${twice.name} is varied twice: name all of its values at once.` };
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_POINTS) {
    const asked = count.toLocaleString('en-US');
    const most = MOST_POINTS.toLocaleString('en-US');
    return { ok: false, message: `these are ${asked} searches, and a sweep has at most ${most}.` };
  }
  let points: Point[] = [[]];
  for (const { values } of axes) points = points.flatMap((point) => values.map((value) => [...point, value]));
  return { ok: true, value: points };
}

/** «budget.macs=2G input=320x320 seed=0» */
export const pointText = (point: Point): string => point.map(({ name, text }) => `${name}=${text}`).join(' ');
