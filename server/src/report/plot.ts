import { round } from '../../../drawing/scale.ts';
import { type Shape, shape } from '../../../drawing/shape.ts';

/** Pixels: narrow enough for a phone, whose page is drawn without scaling. */
const WIDTH = 320;
const HEIGHT = 230;
const LEFT = 52;
const RIGHT = 10;
const TOP = 22;
const BOTTOM = 36;

export interface Point {
  readonly x: number;
  readonly y: number;
  /** What a pointer that rests on it is told. */
  readonly title: string;
  /** Whether no other is better in both, so that the line goes through it. */
  readonly best: boolean;
}

export interface Plot {
  /** What a reader who does not see it is told. */
  readonly label: string;
  readonly x: { readonly title: string; readonly text: (value: number) => string };
  readonly y: { readonly title: string; readonly text: (value: number) => string };
  readonly points: readonly Point[];
}

interface Axis {
  readonly ticks: readonly number[];
  readonly at: (value: number) => number;
}

/** Points in a plane with a line through the best of them; both axes are linear and begin where the points do. */
export function plotted({ label, x, y, points }: Plot): Shape {
  const across = axis(
    points.map((point) => point.x),
    LEFT,
    WIDTH - RIGHT,
    5,
  );
  const up = axis(
    points.map((point) => point.y),
    HEIGHT - BOTTOM,
    TOP,
    6,
  );
  const best = points.filter((point) => point.best).toSorted((a, b) => a.x - b.x);
  const dot = (point: Point): Shape =>
    shape(
      'circle',
      { class: point.best ? 'dot' : 'dot pale', cx: round(across.at(point.x)), cy: round(up.at(point.y)), r: 2.2 },
      shape('title', {}, point.title),
    );
  return shape(
    'svg',
    {
      class: 'plot',
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      width: WIDTH,
      height: HEIGHT,
      role: 'img',
      'aria-label': label,
    },
    ...up.ticks.flatMap((value) => [
      shape('line', { class: 'grid', x1: LEFT, y1: round(up.at(value)), x2: WIDTH - RIGHT, y2: round(up.at(value)) }),
      shape('text', { x: LEFT - 6, y: round(up.at(value) + 4), 'text-anchor': 'end' }, y.text(value)),
    ]),
    ...across.ticks.map((value) =>
      shape('text', { x: round(across.at(value)), y: HEIGHT - BOTTOM + 16, 'text-anchor': 'middle' }, x.text(value)),
    ),
    shape('text', { x: 0, y: 11 }, y.title),
    shape('text', { x: WIDTH - RIGHT, y: HEIGHT - 4, 'text-anchor': 'end' }, x.title),
    ...points.filter((point) => !point.best).map(dot),
    shape('polyline', {
      class: 'front',
      points: best.map((point) => `${round(across.at(point.x))},${round(up.at(point.y))}`).join(' '),
    }),
    ...best.map(dot),
  );
}

/** Where values stand between two pixels, and the round ones among them. */
function axis(values: readonly number[], from: number, to: number, count: number): Axis {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = most > least ? most - least : Math.max(1, Math.abs(most));
  const [low, high] = [least - room * 0.04, most + room * 0.04];
  const at = (value: number): number => from + ((value - low) / (high - low)) * (to - from);
  const step = roundStep((high - low) / count);
  const first = Math.ceil(low / step);
  const ticks = Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
  return { ticks, at };
}

/** 1, 2 or 5 times a power of ten, at least as much. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10) * power;
}
