/** A place in a grid: logarithms of channels read, channels written and positions of the map that is read. */
export type Place = readonly [number, number, number];

/** A place that was timed, with the log of its rate. */
export interface TimedPlace {
  readonly place: Place;
  readonly log: number;
}

/** The rate of one kind of operator at a place, and whether the place lies beyond all that was timed. */
export interface Rate {
  /** log of work per millisecond */
  readonly log: number;
  readonly outside: boolean;
}

const SLACK = 1e-9;

/**
 * log(work / ms) between timed places: linear in each of the three logarithms inside a cell of the grid. A corner that was not
 * timed has the rate of the nearest place that was, and beyond the grid the rate is that of its edge.
 */
export class RateGrid {
  private readonly axes: readonly Float64Array[];
  private readonly corners: Float64Array;

  constructor(points: readonly TimedPlace[]) {
    this.axes = axesOf(points);
    const [first = EMPTY, second = EMPTY, third = EMPTY] = this.axes;
    this.corners = new Float64Array(first.length * second.length * third.length);
    let next = 0;
    for (const x of first)
      for (const y of second) for (const z of third) this.corners[next++] = nearest(points, [x, y, z]);
  }

  at(place: Place): Rate {
    const [a, b, c] = [this.between(0, place[0]), this.between(1, place[1]), this.between(2, place[2])];
    const [, second = EMPTY, third = EMPTY] = this.axes;
    let log = 0;
    for (let corner = 0; corner < 8; corner++) {
      const [i, j, k] = [corner & 1, (corner >> 1) & 1, corner >> 2];
      const weight = (i ? a.part : 1 - a.part) * (j ? b.part : 1 - b.part) * (k ? c.part : 1 - c.part);
      if (weight === 0) continue;
      const at = ((a.low + i) * second.length + b.low + j) * third.length + c.low + k;
      log += weight * (this.corners[at] ?? 0);
    }
    return { log, outside: a.outside || b.outside || c.outside };
  }

  /** The first axis on which a place lies beyond all that was timed, with the ends of what was. */
  beyond(place: Place): { readonly axis: number; readonly least: number; readonly most: number } | undefined {
    for (const [axis, value] of place.entries()) {
      const ticks = this.axes[axis] ?? EMPTY;
      if (this.between(axis, value).outside) return { axis, least: ticks[0] ?? 0, most: ticks.at(-1) ?? 0 };
    }
    return undefined;
  }

  /** The step of an axis that a value lies in, and how far into it. */
  private between(axis: number, value: number): { low: number; part: number; outside: boolean } {
    const ticks = this.axes[axis] ?? EMPTY;
    const last = ticks.length - 1;
    const [least, most] = [ticks[0] ?? 0, ticks[last] ?? 0];
    const outside = value < least - SLACK || value > most + SLACK;
    if (value <= least) return { low: 0, part: 0, outside };
    if (value >= most) return { low: last, part: 0, outside };
    let low = 0;
    while ((ticks[low + 1] ?? Infinity) <= value) low++;
    const [from, to] = [ticks[low] ?? 0, ticks[low + 1] ?? 0];
    return { low, part: (value - from) / (to - from), outside };
  }
}

const EMPTY = new Float64Array(0);

const axesOf = (points: readonly TimedPlace[]): Float64Array[] =>
  [0, 1, 2].map((axis) =>
    Float64Array.from([...new Set(points.map(({ place }) => place[axis] ?? 0))].sort((a, b) => a - b)),
  );

/** How many corners the grid of some points has: each combination of their sizes. */
export const cornersOf = (points: readonly TimedPlace[]): number =>
  axesOf(points).reduce((all, axis) => all * axis.length, 1);

const distance = (a: Place, b: Place): number => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;

function nearest(points: readonly TimedPlace[], to: Place): number {
  let [least, log] = [Infinity, 0];
  for (const point of points) {
    const far = distance(point.place, to);
    if (far >= least) continue;
    [least, log] = [far, point.log];
  }
  return log;
}
