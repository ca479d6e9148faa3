import { GENES } from '../model/genome.ts';
import type { ChainModel } from '../model/model.ts';
import { PricedGroups, type Shapes, type Windows } from './priced-groups.ts';
import { depthsOf, leastOut, mostOut, outGrid } from './reach.ts';

/** The best design at given prices, and what it is worth there. */
export interface Priced {
  /** max over designs of weight · Z − Σ_c price_c · cost_c */
  readonly value: number;
  readonly genes: Int32Array;
}

/**
 * The design space without its budget. Score and additive costs are sums of terms that depend on (in, out, btn, type,
 * kernel, depth) of one group, so that for any prices the best design is found by a dynamic programme over the output
 * channels of consecutive groups (docs/method.md 4.1).
 *
 * For a given pair (in, out) nothing has to be searched: the depth is linear, so that only its ends matter, and the best
 * bottleneck is known, or found among all where milliseconds have a price (priced-groups.ts). A cap on memory narrows the bottleneck of each group and rules out what is too
 * wide without any; between the ends of the depth it leaves nothing that they do not bound, since it asks all depths
 * above one for the same, and more than it asks one block for.
 */
export class Relaxation {
  readonly model: ChainModel;
  readonly groups: PricedGroups;
  /** All of the space. */
  readonly whole: Shapes;

  /** @param model compiled for the fan-in estimator: its score is what decomposes */
  constructor(model: ChainModel) {
    this.model = model;
    this.groups = new PricedGroups(model);
    const depths = model.slots.map((_, g) => ends(depthsOf(model, g)));
    const variants = model.slots.map((slot) => slot.variants.map((_, v) => v));
    const windows = isExact(model) ? { windows: fullWindows(model) } : {};
    this.whole = { depths, variants, ...windows };
  }

  /** Bytes that no group may exceed; the budget's limit at first. */
  set memoryCap(bytes: number) {
    this.groups.cap.bytes = bytes;
  }

  /** Every width that the output of a group may have, or about `perOctave` of them where that is fewer. */
  grid(g: number, perOctave = Infinity): Int32Array {
    return outGrid(this.model, g, perOctave);
  }

  /** Solves the programme on grids of output channels, one for each group, in a part of the space. */
  solve(weight: number, prices: ArrayLike<number>, grids: readonly Int32Array[], shapes = this.whole): Priced {
    const { model, groups } = this;
    groups.price(weight, prices);
    let widths: Int32Array = Int32Array.of(model.inputChannels);
    let values: Float64Array = Float64Array.of(weight * groups.tables.constant);
    const back: (Int32Array | undefined)[] = [];
    const alleys: Int32Array[] = [widths];
    model.slots.forEach((slot, g) => {
      if (slot.keepsChannels) {
        values = values.map((value, i) => value + groups.best(g, widths[i] ?? 0, widths[i] ?? 0, shapes));
        back.push(undefined);
      } else {
        const next = this.advance(g, widths, values, grids[g] ?? widths, shapes);
        back.push(next.from);
        widths = grids[g] ?? widths;
        values = next.values;
      }
      alleys.push(widths);
    });
    let at = 0;
    for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[at] ?? 0)) at = i;
    return { value: values[at] ?? -Infinity, genes: this.trace(at, back, alleys, shapes) };
  }

  private advance(g: number, widths: Int32Array, values: Float64Array, grid: Int32Array, shapes: Shapes) {
    const { model, groups } = this;
    const next = new Float64Array(grid.length).fill(-Infinity);
    const from = new Int32Array(grid.length).fill(-1);
    for (let i = 0; i < widths.length; i++) {
      const value = values[i] ?? -Infinity;
      if (value === -Infinity) continue;
      const a = widths[i] ?? 0;
      const low = leastOut(model, g, a);
      const high = mostOut(model, g, a);
      for (let j = 0; j < grid.length; j++) {
        const o = grid[j] ?? 0;
        if (o < low) continue;
        if (o > high) break;
        const total = value + groups.best(g, a, o, shapes);
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
    end: number,
    back: readonly (Int32Array | undefined)[],
    alleys: readonly Int32Array[],
    shapes: Shapes,
  ): Int32Array {
    const genes = new Int32Array(GENES * back.length);
    let at = end;
    for (let g = back.length - 1; g >= 0; g--) {
      const from = back[g];
      const o = alleys[g + 1]?.[at] ?? 0;
      const before = from === undefined ? at : (from[at] ?? 0);
      const a = alleys[g]?.[before] ?? 0;
      this.groups.best(g, a, o, shapes);
      const { btn, variant, depth } = this.groups.choice;
      genes.set([from === undefined ? 0 : o, btn, variant, depth], GENES * g);
      at = before;
    }
    return genes;
  }
}

/** The least and the greatest of rising numbers. */
export const ends = (all: readonly number[]): readonly number[] =>
  all.length > 2 ? [all[0] ?? 1, all.at(-1) ?? 1] : all;

/** Whether the score is the exact estimator's, whose windows are no coefficients. */
export const isExact = ({ task, score }: ChainModel): boolean =>
  task.estimator === 'exact' && score.ofStages === undefined;

/** What windows give that no zero is padded to: ½ log k² along each path, which is the most that they can. */
export function fullWindows(model: ChainModel): Windows {
  const { slots, score } = model;
  const nats = slots.map((slot, g) =>
    slot.variants.map(({ forms }) => {
      const { first, later } = forms.log;
      const weight = score.groupWeights[g] ?? 0;
      const deepest = Math.max(...depthsOf(model, g));
      const all = (more: number): number => first.one - first.grouped + more * (later.one - later.grouped);
      return new Float64Array(deepest).map((_, more) => weight * all(more));
    }),
  );
  return { nats, linear: slots.map(() => true) };
}
