import { CHANNEL_STEP } from '../../space/grid.ts';
import { EXPANSION_RATIOS, isRatio, scaleWidth, WIDTH_FACTORS } from '../../space/moves.ts';
import { BTN, DEPTH, GENES, OUT, VARIANT } from '../model/genome.ts';
import type { Model, Slot } from '../model/model.ts';

/** Stands for the deepest depth of groups whose depth is none of the search's business. */
export const UNMOVED = 0x7fffffff;

/** The moves and constraints of a model as tables of whole numbers, for the inner loop. Widths are indexed in steps of 8. */
export interface MoveTables {
  /** Genes that may change, as group · 4 + gene, for each group that has any. */
  readonly coarse: readonly Int32Array[];
  readonly fine: readonly Int32Array[];
  /** Scaled widths: factor · widths + width / 8. */
  readonly scaled: Int32Array;
  readonly ratios: Int32Array;
  readonly widths: number;
  readonly variants: Int32Array;
  readonly inverted: Uint8Array;
  /** 1 where the bottleneck stays as it is. */
  readonly fixedBtn: Uint8Array;
  readonly stem: Uint8Array;
  readonly maxOut: Int32Array;
  readonly maxDepth: Int32Array;
  /** The last group that reads a group's channels: what stands between are max-pools. */
  readonly lastReader: Int32Array;
  /** The reader whose own width depends on the channels it reads; −1 for none. */
  readonly next: Int32Array;
  /** The least input that an output may have, and the least bottleneck. */
  readonly leastInput: Int32Array;
  readonly leastBtn: Int32Array;
  /** First variant of each group, and by variant btn ≤ expansion · out. */
  readonly rowOf: Int32Array;
  readonly expansion: Float64Array;
}

const isRatioSlot = ({ variants: [first] }: Slot): boolean => first !== undefined && isRatio(first.template);

/** Whether a group's output is a gene: of those that are tied to one another the first one's is. */
const hasOut = (model: Model, g: number): boolean =>
  model.slots[g]?.movesOut === true && (model.kind === 'chain' || model.ties.owner[g] === g);

const known = new WeakMap<Model, MoveTables>();

/** The tables of a model, made once: islands come and go with every epoch. */
export function moveTables(model: Model): MoveTables {
  const tables = known.get(model) ?? compile(model);
  known.set(model, tables);
  return tables;
}

function compile(model: Model): MoveTables {
  const { slots, space, widest } = model;
  const widths = Math.ceil(widest / CHANNEL_STEP) + 1;
  const byWidth = (of: (width: number) => number): Int32Array =>
    new Int32Array(widths).map((_, n) => of(CHANNEL_STEP * n));
  const byFactor = (factors: readonly number[]): Int32Array => {
    const table = new Int32Array(factors.length * widths);
    factors.forEach((factor, i) => {
      table.set(
        byWidth((width) => scaleWidth(width, factor)),
        i * widths,
      );
    });
    return table;
  };
  const changing = (coarse: boolean) =>
    slots.flatMap(({ movesBtn, movesDepth, variants }, g) => {
      const genes = [...(hasOut(model, g) ? [OUT] : []), ...(movesBtn ? [BTN] : [])];
      if (coarse) genes.push(...(variants.length > 1 ? [VARIANT] : []), ...(movesDepth ? [DEPTH] : []));
      return genes.length > 0 ? [Int32Array.from(genes.map((gene) => GENES * g + gene))] : [];
    });
  let next = 0;
  const rowOf = slots.map(({ variants }) => {
    const row = next;
    next += variants.length;
    return row;
  });
  // In a graph, tied-widths.ts says whom a width reaches.
  const readersOf = model.kind === 'chain' ? model.slots.map(({ readers }) => readers) : slots.map(() => []);
  const bound = (reader: number): boolean => slots[reader]?.keepsChannels === false && !slots[reader]?.stem;
  return {
    coarse: changing(true),
    fine: changing(false),
    scaled: byFactor(WIDTH_FACTORS),
    ratios: byFactor(EXPANSION_RATIOS),
    widths,
    variants: Int32Array.from(slots.map((s) => s.variants.length)),
    inverted: Uint8Array.from(slots.map((s) => (isRatioSlot(s) ? 1 : 0))),
    fixedBtn: Uint8Array.from(slots.map((s) => (s.movesBtn ? 0 : 1))),
    stem: Uint8Array.from(slots.map((s) => (s.stem ? 1 : 0))),
    maxOut: Int32Array.from(slots.map((s) => s.maxOut)),
    maxDepth: Int32Array.from(slots.map((s) => Math.min(s.maxDepth, UNMOVED))),
    lastReader: Int32Array.from(readersOf.map((readers, g) => readers.at(-1) ?? g)),
    next: Int32Array.from(readersOf.map((readers) => readers.find(bound) ?? -1)),
    leastInput: byWidth((out) => CHANNEL_STEP * Math.ceil(out / (space.growth * CHANNEL_STEP))),
    leastBtn: byWidth((out) => CHANNEL_STEP * Math.ceil(out / (space.squeeze * CHANNEL_STEP))),
    rowOf: Int32Array.from(rowOf),
    expansion: Float64Array.from(slots.flatMap(({ variants }) => variants.map(({ expansion }) => expansion))),
  };
}
