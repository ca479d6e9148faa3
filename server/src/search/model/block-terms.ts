import type { Group } from '../../backbone/backbone.ts';
import { lowerBlock } from '../../backbone/lower.ts';
import { squeezeWidth } from '../../backbone/residual.ts';
import { type CostName, costOf } from '../../cost/budget.ts';
import { type Costs, cellCosts } from '../../cost/cost.ts';
import { widthLogStd } from '../../entropy/exact.ts';
import { fanInLogStd } from '../../entropy/fan-in.ts';
import { type Step, scoredConvs, scoredPath } from '../../entropy/scored.ts';
import type { Cell } from '../../graph/cell.ts';
import { aliveElements } from '../../graph/memory.ts';
import type { Shape } from '../../graph/shapes.ts';
import { deviceModel } from '../../latency/latency-cost.ts';
import { type BlockTimes, blockTimes } from './block-times.ts';
import type { CellAt } from './node-times.ts';
import { interpolateQuadratic, linearOf, type Quadratic, squareOf } from './quadratic.ts';

/**
 * What one block costs and gains as a function of its widths: a = in, b = btn, o = out. Nothing here knows what a
 * block is made of: every coefficient is read off the one lowering, `lowerBlock()` and `cellCosts()`, at a few widths.
 */

/** Where a block stands: its template (type, kernel, stride …), its place in the group, and the size of its input. */
export interface BlockSite {
  readonly group: Group;
  readonly block: 'first' | 'later';
  readonly height: number;
  readonly width: number;
  readonly halvings: number;
  readonly image: Shape;
}

/** Coefficients of an additive cost; where in = out, a is written as o. The last three belong to squeeze-and-excitation. */
export interface CostForm {
  readonly one: number;
  readonly a: number;
  readonly ab: number;
  readonly ao: number;
  readonly b: number;
  readonly bb: number;
  readonly bo: number;
  readonly o: number;
  readonly oo: number;
  /** Of x, q and q·x with x the squeezed width (btn, or in where nothing is expanded) and q(x) the hidden one. */
  readonly x: number;
  readonly q: number;
  readonly qx: number;
}

const NO_FORM: CostForm = {
  ...{ one: 0, a: 0, ab: 0, ao: 0, b: 0, bb: 0, bo: 0, o: 0, oo: 0 },
  ...{ x: 0, q: 0, qx: 0 },
};

/** Bytes alive while one layer runs: linear in the widths. */
export interface MemoryForm {
  readonly one: number;
  readonly a: number;
  readonly b: number;
  readonly o: number;
  readonly q: number;
}

/** log γ of a block by fan-in: one + a·ln a + b·ln b + o·ln o; `one` is what the kernels give, Σ ½ log k². */
export interface LogForm {
  readonly one: number;
  /** What of `one` the kernels have no part in: channel groups, −½ ln groups. */
  readonly grouped: number;
  readonly a: number;
  readonly b: number;
  readonly o: number;
  readonly layers: number;
}

const cellAt = (site: BlockSite, a: number, b: number, o: number, se = site.group.se): Cell => {
  const input: Shape = { channels: a, height: site.height, width: site.width, halvings: site.halvings };
  const group = { ...site.group, out: o, btn: site.group.btn === 0 ? 0 : b, se };
  return lowerBlock(group, input, site.block === 'first');
};

/** The smallest width whose hidden width is 16 instead of 8. */
const WIDER = 64;

/** No block has so many channels. */
const WIDEST = 2 ** 16;

/** Costs of the block by its widths, with or without squeeze-and-excitation; each is lowered once. */
export type BlockCosts = (a: number, b: number, o: number, se: boolean) => Costs;

export function blockCosts(site: BlockSite): BlockCosts {
  const known = new Map<number, Costs>();
  return (a, b, o, se) => {
    const key = ((a * WIDEST + b) * WIDEST + o) * 2 + (se ? 1 : 0);
    const found = known.get(key) ?? cellCosts(cellAt(site, a, b, o, se), site.image);
    known.set(key, found);
    return found;
  };
}

/** Which width squeeze-and-excitation squeezes, where its hidden width follows from that. */
export type Squeezed = 'none' | 'btn' | 'in' | 'out';

/** Widths that tell apart what a node reads. */
const TELLING = { in: 2, btn: 3, out: 5 } as const;

export function squeezedOf(site: BlockSite): Squeezed {
  const { se, squeeze } = site.group;
  if (!se || squeeze > 0) return 'none';
  const { nodes } = cellAt(site, TELLING.in, TELLING.btn, TELLING.out);
  const channels = nodes.find(({ operator }) => operator.op === 'globalpool')?.shape.channels;
  if (channels === undefined) return 'none';
  return channels === TELLING.in ? 'in' : channels === TELLING.out ? 'out' : 'btn';
}

/** Widths [in, btn, out] with x at what is squeezed, and in = out or not. */
const squeezedAt = (by: Squeezed, x: number, same: boolean): readonly [number, number, number] =>
  by === 'btn' ? [1, x, same ? 1 : 2] : by === 'in' ? [x, 1, same ? x : x + 1] : [same ? x : x + 1, 1, x];

export function costForm(site: BlockSite, costsAt: BlockCosts, cost: CostName, same: boolean): CostForm {
  const value = (a: number, b: number, o: number, se = false): number => costOf(costsAt(a, b, o, se), cost);
  // Channel groups divide a bottleneck, which then stays as it is written: parts of it that are not dyadic would be rounded.
  const { groups, btn } = site.group;
  const rounds = btn > 0 && (groups & (groups - 1)) !== 0;
  const own = (a: number, b: number, o: number): number => value(a, rounds ? btn : b, o);
  const by = squeezedOf(site);
  const squeezed = squeezeForm(by, (x) => {
    const widths = squeezedAt(by, x, same);
    return value(...widths, true) - value(...widths, false);
  });
  if (same) {
    const f = interpolateQuadratic(([o = 0, b = 0]) => own(o, b, o), [1, 1]);
    const none = { a: 0, ab: 0, ao: 0 };
    const inner = { b: linearOf(f, 1), bb: squareOf(f, 1, 1), bo: squareOf(f, 0, 1) };
    return { one: f.constant, ...none, ...inner, o: linearOf(f, 0), oo: squareOf(f, 0, 0), ...squeezed };
  }
  // From 4 upwards o never meets a, which stays within 3.
  const f: Quadratic = interpolateQuadratic(([a = 0, b = 0, o = 0]) => own(a, b, o), [1, 1, 4]);
  if (squareOf(f, 0, 0) !== 0) throw new Error('no cost grows with the square of the input channels');
  return {
    one: f.constant,
    a: linearOf(f, 0),
    ab: squareOf(f, 0, 1),
    ao: squareOf(f, 0, 2),
    b: linearOf(f, 1),
    bb: squareOf(f, 1, 1),
    bo: squareOf(f, 1, 2),
    o: linearOf(f, 2),
    oo: squareOf(f, 2, 2),
    ...squeezed,
  };
}

/** What squeeze-and-excitation adds, from three widths: D(x) = kx·x + kq·q + kqx·q·x with q(1) = q(2) = 8, q(64) = 16. */
function squeezeForm(by: Squeezed, added: (x: number) => number): { x: number; q: number; qx: number } {
  if (by === 'none') return { x: 0, q: 0, qx: 0 };
  const slope = added(2) - added(1);
  const q = (added(1) - slope) / squeezeWidth(1);
  const qx =
    (added(WIDER) - squeezeWidth(WIDER) * q - WIDER * slope) / (WIDER * (squeezeWidth(WIDER) - squeezeWidth(1)));
  return { x: slope - squeezeWidth(1) * qx, q, qx };
}

/** As the base widths of memory forms, with the squeezed one so wide that its hidden width is another. */
const wider = (by: Squeezed, same: boolean): readonly [number, number, number] => {
  if (by === 'btn') return [1, WIDER, same ? 1 : 4];
  if (same) return [WIDER, 1, WIDER];
  return by === 'in' ? [WIDER, 1, 4] : [1, 1, WIDER];
};

/** @param bytes of each element */
export function memoryForms(site: BlockSite, same: boolean, bytes: number, keeps = false): MemoryForm[] {
  const alive = (a: number, b: number, o: number): number[] =>
    aliveElements(cellAt(site, a, b, o), [keeps]).map((n) => bytes * n);
  const by = squeezedOf(site);
  const base = same ? alive(1, 1, 1) : alive(1, 1, 4);
  const wide = same ? alive(2, 1, 2) : alive(1, 1, 5);
  const deep = alive(1, 2, same ? 1 : 4);
  const broad = same ? base : alive(2, 1, 4);
  const squeezed = by === 'none' ? base : alive(...wider(by, same));
  return base.map((value, i) => {
    const slope = (other: readonly number[]): number => (other[i] ?? 0) - value;
    const [a, b, o] = [slope(broad), slope(deep), slope(wide)];
    const at = same ? 1 : 4;
    const x = by === 'btn' ? b : by === 'in' && !same ? a : o;
    const more = by === 'out' && !same ? WIDER - at : WIDER - 1;
    const q = by === 'none' ? 0 : (slope(squeezed) - more * x) / (squeezeWidth(WIDER) - squeezeWidth(1));
    return { one: value - a - b - o * at - q * squeezeWidth(1), a, b, o, q };
  });
}

/** Coefficients of logarithms are halves; rounding takes the last bits of the division away. */
const half = (value: number): number => Math.round(2 * value) / 2;

export function logForm(site: BlockSite): LogForm {
  const main = (a: number, b: number, o: number) => scoredConvs(cellAt(site, a, b, o));
  const sum = (a: number, b: number, o: number): number => main(a, b, o).reduce((s, l) => s + fanInLogStd(l), 0);
  const one = sum(1, 1, 1);
  const slope = (value: number): number => half((value - one) / Math.LN2);
  // A later block reads what the first one wrote: its input is `out`.
  const later = site.block === 'later';
  const o = slope(later ? sum(2, 1, 2) : sum(1, 1, 2));
  const grouped = main(1, 1, 1).reduce((s, l) => s + widthLogStd(l), 0);
  return { one, grouped, a: later ? 0 : slope(sum(2, 1, 1)), b: slope(sum(1, 2, 1)), o, layers: main(1, 1, 1).length };
}

/** What a block sends the field of the exact estimator through, at any widths; nothing where its signal branches. */
export const spatialPath = (site: BlockSite): readonly Step[] => scoredPath(cellAt(site, 1, 1, 1)) ?? [];

/** Everything that a group's blocks cost and gain as functions of the widths. */
export interface BlockForms {
  /** By the place of the cost among the additive ones; all zeros for a time on a device. */
  readonly costs: readonly { readonly differs: CostForm; readonly same: CostForm; readonly later: CostForm }[];
  /** By the place of the cost: its tables, where it is a time on a device. */
  readonly times: readonly (BlockTimes | undefined)[];
  readonly memory: {
    readonly differs: readonly MemoryForm[];
    readonly same: readonly MemoryForm[];
    readonly later: readonly MemoryForm[];
  };
  readonly log: { readonly first: LogForm; readonly later: LogForm };
  /** What squeeze-and-excitation squeezes in the first block and in later ones. */
  readonly squeezed: { readonly first: Squeezed; readonly later: Squeezed };
}

/**
 * @param bytes of each element of the peak that is followed; 0 where none is
 * @param keeps whether somebody reads the first block's input later
 */
export function blockForms(
  first: BlockSite,
  later: BlockSite,
  additive: readonly CostName[],
  bytes: number,
  keeps = false,
): BlockForms {
  const firstCosts = blockCosts(first);
  const laterCosts = blockCosts(later);
  const memory = (site: BlockSite, same: boolean, kept: boolean): MemoryForm[] =>
    bytes > 0 ? memoryForms(site, same, bytes, kept) : [];
  const at =
    (site: BlockSite): CellAt =>
    ({ a, b, o }) =>
      cellAt(site, a, b, o);
  const times = additive.map((cost) => {
    const device = deviceModel(cost);
    return device === undefined ? undefined : blockTimes(at(first), at(later), device, first.image);
  });
  return {
    costs: additive.map((cost, c) =>
      times[c] === undefined
        ? {
            differs: costForm(first, firstCosts, cost, false),
            same: costForm(first, firstCosts, cost, true),
            later: costForm(later, laterCosts, cost, true),
          }
        : { differs: NO_FORM, same: NO_FORM, later: NO_FORM },
    ),
    times,
    memory: {
      differs: memory(first, false, keeps),
      same: memory(first, true, keeps),
      later: memory(later, true, false),
    },
    log: { first: logForm(first), later: logForm(later) },
    squeezed: { first: squeezedOf(first), later: squeezedOf(later) },
  };
}
