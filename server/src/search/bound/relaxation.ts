import { CHANNEL_STEP, gridCeil, gridFloor } from '../../space/grid.ts';
import { GENES } from '../model/genome.ts';
import type { ChainModel } from '../model/model.ts';
import { COST_STRIDE, compileTables, SCORE_STRIDE, type Tables } from '../model/tables.ts';
import { MemoryCap } from './memory-cap.ts';

/** The best design at given prices, and what it is worth there. */
export interface Priced {
  /** max over designs of weight · Z − Σ_c price_c · cost_c */
  readonly value: number;
  readonly genes: Int32Array;
}

/** A part of the design space, group by group. */
export interface Box {
  /** The least and the greatest depth that is left; one where they are the same. */
  readonly depths: readonly (readonly number[])[];
  /** The variants (block type and kernel) that are left, by their index. */
  readonly variants: readonly (readonly number[])[];
}

const NOTHING = new Float64Array(0);

/** Slots of the polynomial of one variant, all costs summed with their prices; see `priceOf`. */
const PRICED = 18;

/**
 * The design space without its budget. Score and additive costs are sums of terms that depend on (in, out, btn, type,
 * kernel, depth) of one group, so that for any prices the best design is found by a dynamic programme over the output
 * channels of consecutive groups (docs/method.md 4.1).
 *
 * For a given pair (in, out) nothing has to be searched: the depth is linear, so that only its ends matter; and the
 * bottleneck's share is B ln b − β b − γ b² with B, γ ≥ 0, concave, whose best multiple of 8 is next to its stationary
 * point. The hidden width of squeeze-and-excitation, a step function, is replaced by q ≥ x/4 − 6 on multiples of 8,
 * which costs no more, so that the value stays an upper bound. A cap on memory narrows the bottleneck of each group and
 * rules out what is too wide without any; between the ends of the depth it leaves nothing that they do not bound, since
 * it asks all depths above one for the same, and more than it asks one block for.
 */
export class Relaxation {
  readonly model: ChainModel;
  private readonly tables: Tables;
  /** All of the space. */
  readonly whole: Box;
  /** The part that is being solved. */
  private box: Box;
  private readonly priced: Float64Array;
  /** What the budget's limit on memory leaves of the choices. */
  private readonly cap: MemoryCap;
  private readonly choice = { value: 0, btn: 0, variant: 0, depth: 0 };

  /** @param model compiled for the fan-in estimator: its score is what decomposes */
  constructor(model: ChainModel) {
    this.model = model;
    this.tables = compileTables(model);
    const depths = model.slots.map((slot, g) => {
      const own = model.start.groups[g]?.depth ?? 1;
      return slot.movesDepth ? [...new Set([1, slot.maxDepth])] : [own];
    });
    this.whole = { depths, variants: model.slots.map((slot) => slot.variants.map((_, v) => v)) };
    this.box = this.whole;
    this.priced = new Float64Array(PRICED * this.tables.expansion.length);
    this.cap = new MemoryCap(this.tables, model.memoryLimit);
  }

  /** Bytes that no group may exceed; the budget's limit at first. */
  set memoryCap(bytes: number) {
    this.cap.bytes = bytes;
  }

  /** Every multiple of 8 that the output of a group may be, or about `perOctave` of them where that is fewer. */
  grid(g: number, perOctave = Infinity): Int32Array {
    const slot = this.model.slots[g];
    // What does not move is where it was.
    if (slot?.movesOut === false) return Int32Array.of(this.model.start.groups[g]?.out ?? 0);
    const widths: number[] = [];
    for (let o = CHANNEL_STEP; o <= (slot?.maxOut ?? 0); ) {
      widths.push(o);
      o += Math.max(CHANNEL_STEP, gridFloor(o / perOctave));
    }
    const last = gridFloor(slot?.maxOut ?? 0);
    if (widths.at(-1) !== last && last > 0) widths.push(last);
    return Int32Array.from(widths);
  }

  /** Solves the programme on grids of output channels, one for each group, in a part of the space. */
  solve(weight: number, prices: ArrayLike<number>, grids: readonly Int32Array[], box = this.whole): Priced {
    this.setPrices(prices);
    this.box = box;
    const { model } = this;
    let widths: Int32Array = Int32Array.of(model.inputChannels);
    let values: Float64Array = Float64Array.of(weight * this.tables.constant);
    const back: (Int32Array | undefined)[] = [];
    const alleys: Int32Array[] = [widths];
    model.slots.forEach((slot, g) => {
      if (slot.keepsChannels) {
        values = values.map((value, i) => value + this.bestOf(weight, g, widths[i] ?? 0, widths[i] ?? 0));
        back.push(undefined);
      } else {
        const next = this.advance(weight, g, widths, values, grids[g] ?? widths);
        back.push(next.from);
        widths = grids[g] ?? widths;
        values = next.values;
      }
      alleys.push(widths);
    });
    let at = 0;
    for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[at] ?? 0)) at = i;
    return { value: values[at] ?? -Infinity, genes: this.trace(weight, at, back, alleys) };
  }

  private advance(weight: number, g: number, widths: Int32Array, values: Float64Array, grid: Int32Array) {
    const { space, slots } = this.model;
    const stem = slots[g]?.stem ?? false;
    const next = new Float64Array(grid.length).fill(-Infinity);
    const from = new Int32Array(grid.length).fill(-1);
    for (let i = 0; i < widths.length; i++) {
      const value = values[i] ?? -Infinity;
      if (value === -Infinity) continue;
      const a = widths[i] ?? 0;
      const low = stem || !space.monotone ? CHANNEL_STEP : gridCeil(a);
      const high = stem ? Infinity : space.growth * a;
      for (let j = 0; j < grid.length; j++) {
        const o = grid[j] ?? 0;
        if (o < low) continue;
        if (o > high) break;
        const total = value + this.bestOf(weight, g, a, o);
        if (total > (next[j] ?? 0)) {
          next[j] = total;
          from[j] = i;
        }
      }
    }
    return { values: next, from };
  }

  /** The genes on the way to the best end. */
  private trace(
    weight: number,
    end: number,
    back: readonly (Int32Array | undefined)[],
    alleys: readonly Int32Array[],
  ): Int32Array {
    const genes = new Int32Array(GENES * back.length);
    let at = end;
    for (let g = back.length - 1; g >= 0; g--) {
      const from = back[g];
      const o = alleys[g + 1]?.[at] ?? 0;
      const before = from === undefined ? at : (from[at] ?? 0);
      const a = alleys[g]?.[before] ?? 0;
      this.bestOf(weight, g, a, o);
      const { btn, variant, depth } = this.choice;
      genes.set([from === undefined ? 0 : o, btn, variant, depth], GENES * g);
      at = before;
    }
    return genes;
  }

  /** The most that group g can be worth between a and o channels; `choice` says by which bottleneck, variant and depth. */
  private bestOf(weight: number, g: number, a: number, o: number): number {
    const { tables, priced, choice, model } = this;
    const { rows, ln } = tables;
    const slot = model.slots[g];
    const depths = this.box.depths[g] ?? [];
    const row = tables.rowOf[g] ?? 0;
    const variants = this.box.variants[g] ?? [];
    const lowest = CHANNEL_STEP * Math.ceil(o / (model.space.squeeze * CHANNEL_STEP));
    const movesBtn = slot?.movesBtn ?? false;
    const fixed = movesBtn ? 0 : (model.start.groups[g]?.btn ?? 0);
    const capped = this.cap.bytes < Infinity;
    const lnA = ln[a] ?? 0;
    const lnO = ln[o] ?? 0;
    choice.value = -Infinity;
    for (let n = 0; n < variants.length; n++) {
      const v = variants[n] ?? 0;
      const k = rows[row + v] ?? NOTHING;
      const p = (row + v) * PRICED;
      const differs = a !== o;
      // The polynomial of the first block at (a, o), by powers of b; then that of a later one.
      const first0 = differs
        ? (priced[p] ?? 0) +
          a * ((priced[p + 1] ?? 0) + (priced[p + 3] ?? 0) * o) +
          o * ((priced[p + 7] ?? 0) + (priced[p + 8] ?? 0) * o)
        : (priced[p + 9] ?? 0) + o * ((priced[p + 10] ?? 0) + (priced[p + 11] ?? 0) * o);
      const first1 = differs
        ? (priced[p + 4] ?? 0) + (priced[p + 2] ?? 0) * a + (priced[p + 6] ?? 0) * o
        : (priced[p + 13] ?? 0) + (priced[p + 12] ?? 0) * o;
      const first2 = differs ? (priced[p + 5] ?? 0) : (priced[p + 14] ?? 0);
      const later = this.later;
      const q = (row + v) * LATER;
      const later0 = (later[q] ?? 0) + o * ((later[q + 1] ?? 0) + (later[q + 2] ?? 0) * o);
      const later1 = (later[q + 4] ?? 0) + (later[q + 3] ?? 0) * o;
      const later2 = later[q + 5] ?? 0;
      const gain0 = (k[0] ?? 0) + (k[1] ?? 0) * lnA + (k[3] ?? 0) * lnO;
      const gainLater = (k[4] ?? 0) + (k[6] ?? 0) * lnO;
      for (let i = 0; i < depths.length; i++) {
        const more = (depths[i] ?? 1) - 1;
        const widest = capped ? this.cap.widest(row + v, a, o, more + 1) : Infinity;
        if (widest < (movesBtn ? lowest : fixed)) continue;
        let value = weight * (gain0 + more * gainLater) - first0 - more * later0;
        let btn = fixed;
        if (movesBtn || fixed > 0) {
          const B = weight * ((k[2] ?? 0) + more * (k[5] ?? 0));
          const beta = first1 + more * later1;
          const gamma = first2 + more * later2;
          const high = Math.min((tables.expansion[row + v] ?? 1) * o, gridFloor(widest));
          if (movesBtn) btn = bestWidth(B, beta, gamma, lowest, high, ln);
          value += B * (ln[btn] ?? 0) - btn * (beta + gamma * btn);
        }
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

  private later = new Float64Array(0);

  /** Sums the costs of every variant with their prices. */
  private setPrices(prices: ArrayLike<number>): void {
    const { rows, squeeze } = this.tables;
    const costs = this.model.additive.length;
    this.priced.fill(0);
    if (this.later.length === 0) this.later = new Float64Array(LATER * rows.length);
    this.later.fill(0);
    for (let r = 0; r < rows.length; r++) {
      const cost = rows[r] ?? NOTHING;
      for (let c = 0; c < costs; c++) {
        const price = prices[c] ?? 0;
        if (price === 0) continue;
        const k = SCORE_STRIDE + c * COST_STRIDE;
        const p = r * PRICED;
        for (let i = 0; i < 15; i++) this.priced[p + i] = (this.priced[p + i] ?? 0) + price * (cost[k + i] ?? 0);
        for (let i = 0; i < 6; i++)
          this.later[r * LATER + i] = (this.later[r * LATER + i] ?? 0) + price * (cost[k + 15 + i] ?? 0);
        if (squeeze[r] !== 0) this.addSqueeze(r, cost, price, k);
      }
    }
  }

  /** kx·x + kq·q + kqx·q·x with q = x/4 − 6. What is squeezed is b, or a or o, and then o in later blocks. */
  private addSqueeze(r: number, cost: Float64Array, price: number, k: number): void {
    const { squeeze } = this.tables;
    const lowered = (i: number): [number, number, number] => {
      const [x, q, qx] = [cost[k + i] ?? 0, cost[k + i + 1] ?? 0, cost[k + i + 2] ?? 0];
      return [-6 * q, x + q / 4 - 6 * qx, qx / 4].map((n) => n * price) as [number, number, number];
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
    add(this.priced, p, line[0] ?? 0);
    add(this.priced, p + linear, line[1] ?? 0);
    if (square !== undefined) add(this.priced, p + square, first[2]);
    add(this.priced, p + 9, first[0]);
    add(this.priced, p + (by === 1 ? 13 : 10), first[1]);
    add(this.priced, p + (by === 1 ? 14 : 11), first[2]);
    add(this.later, q, later[0]);
    add(this.later, q + (by === 1 ? 4 : 1), later[1]);
    add(this.later, q + (by === 1 ? 5 : 2), later[2]);
  }
}

const LATER = 6;

/** The multiple of 8 in [low, high] that maximises B ln b − β b − γ b². */
function bestWidth(B: number, beta: number, gamma: number, low: number, high: number, ln: Float64Array): number {
  // B/b = β + 2γb, written so that γ → 0 is no special case.
  const root = beta + Math.sqrt(beta * beta + 8 * gamma * B);
  const b = root > 0 ? (2 * B) / root : high;
  const below = CHANNEL_STEP * Math.floor(b / CHANNEL_STEP);
  if (!(below >= low)) return low;
  if (below >= high) return high;
  const above = below + CHANNEL_STEP;
  const gain =
    B * ((ln[above] ?? 0) - (ln[below] ?? 0)) - beta * CHANNEL_STEP - gamma * (above * above - below * below);
  return gain > 0 ? above : below;
}
