import { gridFloor } from '../../space/grid.ts';
import type { Widths } from '../../space/space.ts';
import type { ChainModel } from '../model/model.ts';
import { COST_STRIDE, compileTables, SCORE_STRIDE, type Tables } from '../model/tables.ts';
import { MemoryCap } from './memory-cap.ts';
import { btnStep, narrowest, widestBtn } from './reach.ts';
import {
  type BestBottleneck,
  type BottleneckForm,
  type BottleneckRange,
  type Timed,
  TimedBottlenecks,
} from './timed-bottlenecks.ts';

/** What is left of each group's types, kernels and depths. */
export interface Shapes {
  /** Depths that are tried; only the least and the greatest matter where the worth is linear in between. */
  readonly depths: readonly (readonly number[])[];
  /** The variants (block type and kernel) that are left, by their index. */
  readonly variants: readonly (readonly number[])[];
  /**
   * Where the estimator is the exact one: by group, variant and depth the most nats that the windows can give, times the
   * group's weight. The other estimator has them among its coefficients.
   */
  readonly windows?: Windows;
  /** Whether only some bottlenecks are looked at where milliseconds have a price: no bound, but enough to find prices by. */
  readonly sparse?: boolean;
}

export interface Windows {
  /** By group, variant and depth − 1. */
  readonly nats: readonly (readonly Float64Array[])[];
  /** Whether those of a group grow by the same with every block. */
  readonly linear: readonly boolean[];
}

const NOTHING = new Float64Array(0);

/** Numbers of one variant's first block, all costs summed with their prices; see `price`. */
const PRICED = 18;
/** The same of a later block. */
const LATER = 6;

/**
 * What each group is worth at some prices: weight · Z − Σ_c price_c · cost_c of it alone. At a and o channels a group of
 * 1 + m blocks with bottleneck b is worth
 *
 *     A + m A' + (B + m B') ln b − (β + m β') b − (γ + m γ') b²
 *
 * which is linear in the depth and, since B, γ ≥ 0, concave in b, whose best width on the grid is next to its stationary
 * point. The hidden width of squeeze-and-excitation, a step function, is replaced by q ≥ x/4 − 6 on multiples of 8 (7.5 elsewhere),
 * which costs no more, so that nothing is worth more than what is said here. Where milliseconds on a device have a price, what they
 * take away is no such polynomial, and the best bottleneck is found among all (timed-bottlenecks.ts).
 */
export class PricedGroups {
  readonly model: ChainModel;
  readonly tables: Tables;
  /** What the budget's limit on memory leaves of the choices. */
  readonly cap: MemoryCap;
  /** A, B, β, γ and A', B', β', γ' of the last `form`. */
  readonly form = new Float64Array(8);
  /** By what the last `best` is reached. */
  readonly choice = { value: 0, btn: 0, variant: 0, depth: 0 };
  /** What milliseconds on devices take away, where they have a price. */
  readonly timed: TimedBottlenecks;
  weight = 1;
  /** The hidden width of squeeze-and-excitation is at least a quarter of what is squeezed less so much. */
  private readonly slack: number;
  private readonly first: Float64Array;
  private readonly later: Float64Array;

  /** @param model compiled for the fan-in estimator: its score is what decomposes */
  constructor(model: ChainModel) {
    this.model = model;
    this.tables = compileTables(model);
    this.first = new Float64Array(PRICED * this.tables.rows.length);
    this.later = new Float64Array(LATER * this.tables.rows.length);
    this.slack =
      model.inputChannels % 8 !== 0 && model.inputChannels > FEW ? ANY : model.slots.every(isOfEights) ? EIGHTS : ANY;
    this.timed = new TimedBottlenecks(this.tables);
    this.cap = new MemoryCap(this.tables, model.memoryLimit);
  }

  /** Sums the costs of every variant with their prices. */
  price(weight: number, prices: ArrayLike<number>): void {
    const { rows, squeeze } = this.tables;
    const costs = this.model.additive.length;
    this.weight = weight;
    this.timed.price(prices);
    this.first.fill(0);
    this.later.fill(0);
    for (let r = 0; r < rows.length; r++) {
      const cost = rows[r] ?? NOTHING;
      for (let c = 0; c < costs; c++) {
        const price = prices[c] ?? 0;
        if (price === 0) continue;
        const k = SCORE_STRIDE + c * COST_STRIDE;
        const p = r * PRICED;
        for (let i = 0; i < 15; i++) this.first[p + i] = (this.first[p + i] ?? 0) + price * (cost[k + i] ?? 0);
        for (let i = 0; i < 6; i++)
          this.later[r * LATER + i] = (this.later[r * LATER + i] ?? 0) + price * (cost[k + 15 + i] ?? 0);
        if (squeeze[r] !== 0) this.addSqueeze(r, cost, price, k);
      }
    }
  }

  /**
   * The polynomial of a variant of group g between a and o channels, into `form`. What times take away that no bottleneck has a part
   * in is in A and A'; the rest is to be asked of `timed`.
   */
  formOf(g: number, v: number, a: number, o: number): void {
    const { tables, first, later, form, weight } = this;
    const { ln } = tables;
    const row = (tables.rowOf[g] ?? 0) + v;
    const k = tables.rows[row] ?? NOTHING;
    const p = row * PRICED;
    const q = row * LATER;
    const lnO = ln[o] ?? 0;
    const gain = weight * ((k[0] ?? 0) + (k[1] ?? 0) * (ln[a] ?? 0) + (k[3] ?? 0) * lnO);
    if (a !== o) {
      form[0] =
        gain -
        ((first[p] ?? 0) +
          a * ((first[p + 1] ?? 0) + (first[p + 3] ?? 0) * o) +
          o * ((first[p + 7] ?? 0) + (first[p + 8] ?? 0) * o));
      form[2] = (first[p + 4] ?? 0) + (first[p + 2] ?? 0) * a + (first[p + 6] ?? 0) * o;
      form[3] = first[p + 5] ?? 0;
    } else {
      form[0] = gain - ((first[p + 9] ?? 0) + o * ((first[p + 10] ?? 0) + (first[p + 11] ?? 0) * o));
      form[2] = (first[p + 13] ?? 0) + (first[p + 12] ?? 0) * o;
      form[3] = first[p + 14] ?? 0;
    }
    form[1] = weight * (k[2] ?? 0);
    form[4] =
      weight * ((k[4] ?? 0) + (k[6] ?? 0) * lnO) -
      ((later[q] ?? 0) + o * ((later[q + 1] ?? 0) + (later[q + 2] ?? 0) * o));
    form[5] = weight * (k[5] ?? 0);
    form[6] = (later[q + 4] ?? 0) + (later[q + 3] ?? 0) * o;
    form[7] = later[q + 5] ?? 0;
    if (this.timed.priced) {
      form[0] = (form[0] ?? 0) - this.timed.firstOutside(row, a, o);
      form[4] = (form[4] ?? 0) - this.timed.laterOutside(row, o);
    }
  }

  /** The widest bottleneck that a variant may have at o channels. */
  widest(g: number, v: number, o: number): number {
    const { tables, model } = this;
    return widestBtn(model, g, o, tables.expansion[(tables.rowOf[g] ?? 0) + v] ?? 1);
  }

  /** The most that group g can be worth between a and o channels; `choice` says by which bottleneck, variant and depth. */
  best(g: number, a: number, o: number, shapes: Shapes): number {
    const { tables, choice, model, form, cap } = this;
    const { ln } = tables;
    const windows = shapes.windows?.nats[g];
    const depths = shapes.depths[g] ?? [];
    const variants = shapes.variants[g] ?? [];
    const row = tables.rowOf[g] ?? 0;
    const movesBtn = model.slots[g]?.movesBtn ?? false;
    const fixed = movesBtn ? 0 : (model.start.groups[g]?.btn ?? 0);
    const hasBtn = movesBtn || fixed > 0;
    const low = hasBtn ? narrowest(model, g, o) : 0;
    const step = btnStep(model, g);
    const capped = cap.bytes < Infinity;
    choice.value = -Infinity;
    for (let n = 0; n < variants.length; n++) {
      const v = variants[n] ?? 0;
      const most = this.widest(g, v, o);
      // There may be no bottleneck between these two widths.
      if (hasBtn && (movesBtn ? low > most : fixed < low || fixed > most)) continue;
      this.formOf(g, v, a, o);
      for (let i = 0; i < depths.length; i++) {
        const more = (depths[i] ?? 1) - 1;
        const room = capped ? cap.widest(row + v, a, o, more + 1) : Infinity;
        if (room < (movesBtn ? low : fixed)) continue;
        let value = (form[0] ?? 0) + more * (form[4] ?? 0);
        if (windows !== undefined) value += this.weight * (windows[v]?.[more] ?? 0);
        let btn = fixed;
        if (this.timed.priced && movesBtn) {
          const high = capped ? Math.min(most, gridFloor(room, step)) : most;
          if (low > high) continue;
          const range = { low, high, step, least: choice.value - value, sparse: shapes.sparse === true };
          const found = this.bestTimed({ group: g, variant: v, row: row + v, a, o, more }, range);
          value += found.value;
          btn = found.btn;
        } else if (hasBtn) {
          const B = (form[1] ?? 0) + more * (form[5] ?? 0);
          const beta = (form[2] ?? 0) + more * (form[6] ?? 0);
          const gamma = (form[3] ?? 0) + more * (form[7] ?? 0);
          const high = capped ? Math.min(most, gridFloor(room, step)) : most;
          if (movesBtn && low > high) continue;
          if (movesBtn) btn = bestWidth(B, beta, gamma, { least: low, most: high, step }, ln);
          value += B * (ln[btn] ?? 0) - btn * (beta + gamma * btn);
        }
        if (this.timed.priced && !movesBtn) value -= this.timed.lost(row + v, a, btn, o, more);
        if (value > choice.value) {
          choice.value = value;
          choice.btn = btn;
          choice.variant = v;
          choice.depth = more + 1;
        }
      }
    }
    return choice.value;
  }

  private bestTimed(place: Timed, range: BottleneckRange): BestBottleneck {
    const { tables, first, later, weight } = this;
    const { row, a, o } = place;
    const k = tables.rows[row] ?? NOTHING;
    const p = row * PRICED;
    const q = row * LATER;
    const same = a === o;
    const once: BottleneckForm = {
      log: weight * (k[2] ?? 0),
      linear: first[p + (same ? 13 : 4)] ?? 0,
      withInput: same ? 0 : (first[p + 2] ?? 0),
      withOutput: first[p + (same ? 12 : 6)] ?? 0,
      square: first[p + (same ? 14 : 5)] ?? 0,
    };
    const again: BottleneckForm = {
      log: weight * (k[5] ?? 0),
      linear: later[q + 4] ?? 0,
      withInput: 0,
      withOutput: later[q + 3] ?? 0,
      square: later[q + 5] ?? 0,
    };
    return this.timed.bestOf(place, once, again, tables.ln, range);
  }

  /** kx·x + kq·q + kqx·q·x with q = x/4 − slack. What is squeezed is b, or a or o, and then o in later blocks. */
  private addSqueeze(r: number, cost: Float64Array, price: number, k: number): void {
    const { tables, slack } = this;
    const { squeeze } = tables;
    const lowered = (i: number): [number, number, number] => {
      const [x, q, qx] = [cost[k + i] ?? 0, cost[k + i + 1] ?? 0, cost[k + i + 2] ?? 0];
      return [-slack * q, x + q / 4 - slack * qx, qx / 4].map((n) => n * price) as [number, number, number];
    };
    const add = (array: Float64Array, at: number, value: number): void => {
      array[at] = (array[at] ?? 0) + value;
    };
    const [first, later] = [lowered(21), lowered(24)];
    const p = r * PRICED;
    const q = r * LATER;
    const by = squeeze[r] ?? 0;
    // Where a is squeezed there is no square of a in the polynomial: a line below the parabola on widths ≥ 8 serves.
    const line = by === 2 ? [first[0] - 64 * first[2], first[1] + 16 * first[2], 0] : first;
    const [linear, square] = by === 1 ? [4, 5] : by === 2 ? [1, undefined] : [7, 8];
    add(this.first, p, line[0] ?? 0);
    add(this.first, p + linear, line[1] ?? 0);
    if (square !== undefined) add(this.first, p + square, first[2]);
    add(this.first, p + 9, first[0]);
    add(this.first, p + (by === 1 ? 13 : 10), first[1]);
    add(this.first, p + (by === 1 ? 14 : 11), first[2]);
    add(this.later, q, later[0]);
    add(this.later, q + (by === 1 ? 4 : 1), later[1]);
    add(this.later, q + (by === 1 ? 5 : 2), later[2]);
  }
}

/** Rounded to a quarter and then down to a multiple of 8, a width loses at most so much: one that 8 divides, and any. */
const EIGHTS = 6;
const ANY = 7.5;
/** The hidden width is 8 at least, which is more than any of so few channels lose. */
const FEW = 56;

/** Whether all widths of a group are multiples of 8. */
const isOfEights = ({ movesOut, movesBtn, out, btn, variants }: ChainModel['slots'][number]): boolean => {
  const own = variants[0]?.template;
  const outIs = movesOut ? out.step % 8 === 0 : (own?.out ?? 0) % 8 === 0;
  return outIs && (movesBtn ? btn.step % 8 === 0 : (own?.btn ?? 0) % 8 === 0);
};

/** The width that maximises B ln b − β b − γ b²; infinite where more is always better. */
export function peakOf(B: number, beta: number, gamma: number): number {
  // B/b = β + 2γb, written so that γ → 0 is no special case.
  const root = beta + Math.sqrt(beta * beta + 8 * gamma * B);
  return root > 0 ? (2 * B) / root : Infinity;
}

/** The width on a grid that maximises B ln b − β b − γ b². */
export function bestWidth(
  B: number,
  beta: number,
  gamma: number,
  { least: low, most: high, step }: Widths,
  ln: Float64Array,
): number {
  const below = gridFloor(Math.min(peakOf(B, beta, gamma), high), step);
  if (!(below >= low)) return low;
  if (below >= high) return high;
  const above = below + step;
  const gain = B * ((ln[above] ?? 0) - (ln[below] ?? 0)) - beta * step - gamma * (above * above - below * below);
  return gain > 0 ? above : below;
}
