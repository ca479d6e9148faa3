import type { Backbone, Group } from '../../backbone/backbone.ts';
import { blockOf } from '../../backbone/blocks.ts';
import type { LoweredGroup } from '../../backbone/lower.ts';
import { mergeOf } from '../../backbone/merge.ts';
import { type CostName, costOf } from '../../cost/budget.ts';
import { type Costs, cellCosts } from '../../cost/cost.ts';
import { passFanIn } from '../../entropy/moment.ts';
import { scoredConvs } from '../../entropy/scored.ts';
import type { Cell } from '../../graph/cell.ts';
import { aliveElements } from '../../graph/memory.ts';
import type { Shape } from '../../graph/shapes.ts';
import { isLatency } from '../../latency/latency-cost.ts';
import { CHANNEL_STEP } from '../../space/grid.ts';
import { interpolateQuadratic } from './quadratic.ts';

/**
 * What bringing tensors together costs and gains as a function of widths: for each tensor its channels and its base width,
 * then the output of the node that reads them. Coefficients are read off the one lowering, `mergeOf()`. Widths are counted in
 * steps of 8, since a resampling goes through half of the base width.
 */
export interface MergeForms {
  /** By the place of the cost; nothing for a time on a device. */
  readonly costs: readonly Polynomial[];
  /** The places of times on devices, and milliseconds at some widths in this order. */
  readonly timed: readonly number[];
  readonly ms: (steps: Float64Array) => readonly number[];
  /** Elements alive while each node runs. */
  readonly memory: readonly Polynomial[];
  /** For each tensor log γ from it to the merged one by fan-in, at the widths of one step, and what ln of each adds. */
  readonly gains: readonly { readonly one: number; readonly channels: number; readonly base: number }[];
  /** Scored convolutions. */
  readonly layers: number;
}

/** constant + Σ linear_i x_i + Σ square_k x_i x_j: only what is not zero. */
export interface Polynomial {
  readonly constant: number;
  readonly linear: readonly (readonly [i: number, factor: number])[];
  readonly square: readonly (readonly [i: number, j: number, factor: number])[];
}

export function polynomialAt({ constant, linear, square }: Polynomial, x: Float64Array): number {
  let value = constant;
  for (let n = 0; n < linear.length; n++) {
    const term = linear[n];
    if (term !== undefined) value += term[1] * (x[term[0]] ?? 0);
  }
  for (let n = 0; n < square.length; n++) {
    const term = square[n];
    if (term !== undefined) value += term[2] * (x[term[0]] ?? 0) * (x[term[1]] ?? 0);
  }
  return value;
}

/** A merge at given widths: channels and base width of each tensor by turns, then the output. */
export type MergeAt = (widths: readonly number[]) => Cell;

/** Whether a resampling behind a group takes its bottleneck for its width, and not its output. */
export function hasInnerBase(g: Group): boolean {
  const [out, btn] = [3, 2];
  return blockOf(g).baseWidth?.({ ...g, out, btn }) === btn;
}

/** @param parents for each tensor a group of which it may come, one with a base width of its own where there is any */
export function mergeAt(
  { wire, group, from }: LoweredGroup,
  read: readonly Shape[],
  parents: readonly (Group | undefined)[],
  { groups }: Backbone,
  image: Shape,
): MergeAt {
  return (widths) => {
    const shapes = read.map((shape, i) => ({ ...shape, channels: widths[2 * i] ?? 0 }));
    const sources = [...groups];
    for (const [i, { group: source }] of wire.reads.entries()) {
      const parent = parents[i];
      if (parent !== undefined) sources[source] = { ...parent, out: widths[2 * i] ?? 0, btn: widths[2 * i + 1] ?? 0 };
    }
    const out = widths[widths.length - 1] ?? from.channels;
    return mergeOf(wire, shapes, group.out > 0 ? { ...group, out } : group, sources, image);
  };
}

export function mergeForms(
  at: MergeAt,
  tensors: number,
  keeps: readonly boolean[],
  image: Shape,
  additive: readonly CostName[],
): MergeForms {
  const once = new Array<number>(2 * tensors + 1).fill(1);
  const cells = new Map<string, Cell>();
  const cellAt = (x: readonly number[]): Cell => {
    const key = x.join();
    const cell = cells.get(key) ?? at(x.map((n) => CHANNEL_STEP * n));
    cells.set(key, cell);
    return cell;
  };
  const known = new Map<Cell, Costs>();
  const costsAt = (x: readonly number[]): Costs => {
    const cell = cellAt(x);
    const costs = known.get(cell) ?? cellCosts(cell, image);
    known.set(cell, costs);
    return costs;
  };
  const alive = (x: readonly number[]): number[] => aliveElements(cellAt(x), keeps);
  return {
    costs: additive.map((cost) => (isLatency(cost) ? NOTHING : polynomial((x) => costOf(costsAt(x), cost), once))),
    timed: additive.flatMap((cost, c) => (isLatency(cost) ? [c] : [])),
    ms: timesAt(at, additive.filter(isLatency), image),
    memory: alive(once).map((_, node) => linear((x) => alive(x)[node] ?? 0, once)),
    gains: Array.from({ length: tensors }, (_, i) => gainForm(cellAt, once, i, tensors)),
    layers: scoredConvs(cellAt(once)).length,
  };
}

const NOTHING: Polynomial = { constant: 0, linear: [], square: [] };

/** Times that are kept; of more all are forgotten, which costs time and changes nothing. */
const MOST_KNOWN = 50_000;

/** Times of a merge are no polynomials: it is lowered once at each of its widths. */
function timesAt(at: MergeAt, timed: readonly CostName[], image: Shape): MergeForms['ms'] {
  const known = new Map<string, readonly number[]>();
  return (steps) => {
    const key = steps.join();
    const found = known.get(key);
    if (found !== undefined) return found;
    const costs = cellCosts(at([...steps].map((n) => CHANNEL_STEP * n)), image);
    const ms = timed.map((cost) => costOf(costs, cost));
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, ms);
    return ms;
  };
}

/** log γ from one tensor of a merge, where the others are silent. */
export const gainOf = (cell: Cell, tensor: number): number =>
  passFanIn(
    cell,
    cell.inputs.map((_, i) => (i === tensor ? 0 : -Infinity)),
  );

function gainForm(cellAt: (x: readonly number[]) => Cell, once: readonly number[], i: number, tensors: number) {
  const gain = (...wide: readonly number[]): number =>
    gainOf(cellAt(once.map((_, n) => (wide.includes(n) ? 2 : 1))), i);
  // All channels at once: a concatenation weighs by shares, which the evaluator knows.
  const all = Array.from({ length: tensors }, (_, n) => 2 * n);
  const one = gain();
  const slope = (value: number): number => Math.round((2 * (value - one)) / Math.LN2) / 2;
  return { one, channels: slope(gain(...all)), base: slope(gain(2 * i + 1)) };
}

function polynomial(f: (x: readonly number[]) => number, at: readonly number[]): Polynomial {
  const { constant, linear: slopes, square: squares } = interpolateQuadratic(f, at);
  return {
    constant,
    linear: slopes.flatMap((factor, i) => (factor === 0 ? [] : [[i, factor] as const])),
    square: squares.flatMap((row, i) =>
      row.flatMap((factor, j) => (j < i || factor === 0 ? [] : [[i, j, factor] as const])),
    ),
  };
}

function linear(f: (x: readonly number[]) => number, at: readonly number[]): Polynomial {
  const base = f(at);
  const slopes = at.map((x, i) => f(at.with(i, x + 1)) - base);
  const constant = slopes.reduce((sum, slope, i) => sum - slope * (at[i] ?? 0), base);
  return { constant, linear: slopes.flatMap((factor, i) => (factor === 0 ? [] : [[i, factor] as const])), square: [] };
}
