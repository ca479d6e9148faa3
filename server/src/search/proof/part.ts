import { isLatency } from '../../latency/latency-cost.ts';
import type { Shapes, Windows } from '../bound/priced-groups.ts';
import { depthsOf, leastOut, mostOut, outGrid } from '../bound/reach.ts';
import { ends } from '../bound/relaxation.ts';
import { DEPTH, GENES, OUT, VARIANT } from '../model/genome.ts';
import type { ChainModel } from '../model/model.ts';

/** A part of the design space: what is left to each group of its output channels, variants and depths. */
export interface Part {
  /** Output channels, rising; nothing for a group that hands on what it reads. */
  readonly outs: readonly Int32Array[];
  readonly variants: readonly (readonly number[])[];
  /** Every depth, rising. */
  readonly depths: readonly (readonly number[])[];
}

/** All of the space. */
export function wholeSpace(model: ChainModel): Part {
  return {
    outs: model.slots.map((slot, g) => (slot.keepsChannels ? Int32Array.of() : outGrid(model, g))),
    variants: model.slots.map((slot) => slot.variants.map((_, v) => v)),
    depths: model.slots.map((_, g) => depthsOf(model, g)),
  };
}

/** What has to be tried of a part: where the worth of a group is linear in its depth, only the least and the greatest. */
export const tried = ({ variants, depths }: Part, windows: Windows | undefined): Shapes => ({
  variants,
  depths: depths.map((all, g) => (windows?.linear[g] === false ? all : ends(all))),
  ...(windows === undefined ? {} : { windows }),
});

/** Whether a design lies in a part. */
export const holds = ({ outs, variants, depths }: Part, genes: ArrayLike<number>): boolean =>
  variants.every((own, g) => {
    const gene = (which: number): number => genes[GENES * g + which] ?? 0;
    const out = gene(OUT);
    const wide = out === 0 || outs[g]?.includes(out) === true;
    return wide && own.includes(gene(VARIANT)) && depths[g]?.includes(gene(DEPTH)) === true;
  });

/** What a choice of bottlenecks takes about, where milliseconds have a price. */
const TIMED = 8;

/** How many choices a programme prices in a part. */
export function priceOf(model: ChainModel, { outs }: Part, { variants, depths }: Shapes): number {
  let before: Int32Array = Int32Array.of(model.inputChannels);
  let sum = 0;
  const each = model.additive.some(isLatency) ? TIMED : 1;
  model.slots.forEach((slot, g) => {
    const after = slot.keepsChannels ? before : (outs[g] ?? before);
    const kinds = (variants[g]?.length ?? 1) * (depths[g]?.length ?? 1);
    sum += (slot.movesBtn ? each : 1) * kinds * (slot.keepsChannels ? before.length : pairs(model, g, before, after));
    before = after;
  });
  return sum;
}

/** Pairs of rising widths before and after a group of which the second may follow on the first. */
function pairs(model: ChainModel, g: number, before: Int32Array, after: Int32Array): number {
  let [low, high, sum] = [0, 0, 0];
  for (const a of before) {
    const [least, most] = [leastOut(model, g, a), mostOut(model, g, a)];
    while (low < after.length && (after[low] ?? 0) < least) low += 1;
    while (high < after.length && (after[high] ?? 0) <= most) high += 1;
    sum += Math.max(0, high - low);
  }
  return sum;
}

/** A part with few of its widths, evenly spaced by their logarithms, for prices that are about right. */
export const thinned = (part: Part, most: number): Part => ({ ...part, outs: part.outs.map((own) => thin(own, most)) });

function thin(widths: Int32Array, most: number): Int32Array {
  if (widths.length <= most) return widths;
  const [least = 1, greatest = 1] = [widths[0], widths.at(-1)];
  const kept = new Set<number>();
  let at = 0;
  for (let i = 0; i < most; i++) {
    const wanted = least * (greatest / least) ** (i / (most - 1));
    while (at < widths.length - 1 && (widths[at] ?? 0) < wanted * (1 - 1e-9)) at += 1;
    kept.add(at);
  }
  return widths.filter((_, i) => kept.has(i));
}
