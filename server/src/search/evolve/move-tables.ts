import { gridCeil } from '../../space/grid.ts';
import { isRatio, scaleWidth, WIDTH_FACTORS } from '../../space/moves.ts';
import { BTN, DEPTH, GENES, OUT, VARIANT } from '../model/genome.ts';
import type { Model, Slot } from '../model/model.ts';

/** Stands for the deepest depth of groups whose depth is none of the search's business. */
export const UNMOVED = 0x7fffffff;

/** The moves and constraints of a model as tables of whole numbers, for the inner loop. Widths lie on the grids of their groups. */
export interface MoveTables {
  /** Genes that may change, as group · 4 + gene, for each group that has any. */
  readonly coarse: readonly Int32Array[];
  readonly fine: readonly Int32Array[];
  readonly variants: Int32Array;
  readonly inverted: Uint8Array;
  /** 1 where the bottleneck stays as it is. */
  readonly fixedBtn: Uint8Array;
  readonly stem: Uint8Array;
  readonly leastOut: Int32Array;
  readonly mostOut: Int32Array;
  readonly stepOut: Int32Array;
  readonly leastBtn: Int32Array;
  readonly mostBtn: Int32Array;
  readonly stepBtn: Int32Array;
  readonly leastDepth: Int32Array;
  readonly mostDepth: Int32Array;
  /** The last group that reads a group's channels: what stands between are max-pools. */
  readonly lastReader: Int32Array;
  /** The reader whose own width depends on the channels it reads; −1 for none. */
  readonly next: Int32Array;
  /** The step that most widths have, and multiples of it times the factors of the moves: factor · count + width / step. */
  readonly usualStep: number;
  readonly scaled: Int32Array;
  readonly scaledCount: number;
  /** Whether all widths lie on the usual grid, whatever is done to them: then no limit has to be brought onto it. */
  readonly oneGrid: boolean;
  /** By output, the least input that it may have, and the least bottleneck, on the grid where that is one. */
  readonly leastInput: Int32Array;
  readonly leastInside: Int32Array;
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
  const byWidth = (of: (width: number) => number): Int32Array => new Int32Array(widest + 1).map((_, out) => of(out));
  const ofSlots = (of: (slot: Slot) => number): Int32Array => Int32Array.from(slots, of);
  const usualStep = slots.find(({ movesOut }) => movesOut)?.out.step ?? 1;
  const multiples = Array.from({ length: Math.floor(widest / usualStep) + 1 }, (_, n) => n * usualStep);
  const onUsual = (width: number): boolean => width % usualStep === 0;
  const oneGrid = slots.every(({ stem, movesOut, movesBtn, out, btn, keepsChannels, variants }, g) => {
    const own = model.start.groups[g];
    const whole = variants.every(({ expansion }) => Number.isInteger(expansion));
    const outIs = movesOut ? out.step === usualStep : keepsChannels || onUsual(own?.out ?? 0);
    const btnIs = movesBtn ? btn.step === usualStep && whole : onUsual(own?.btn ?? 0);
    // What reads the image is held to its channels, unless it is the stem.
    return outIs && btnIs && (g > 0 || stem || onUsual(model.inputChannels));
  });
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
  const bound = (reader: number): boolean =>
    slots[reader]?.keepsChannels === false && !slots[reader]?.stem && slots[reader]?.held === true;
  return {
    coarse: changing(true),
    fine: changing(false),
    variants: ofSlots((s) => s.variants.length),
    inverted: Uint8Array.from(slots, (s) => (isRatioSlot(s) ? 1 : 0)),
    fixedBtn: Uint8Array.from(slots, (s) => (s.movesBtn ? 0 : 1)),
    stem: Uint8Array.from(slots, (s) => (s.stem ? 1 : 0)),
    leastOut: ofSlots((s) => s.out.least),
    mostOut: ofSlots((s) => s.out.most),
    stepOut: ofSlots((s) => s.out.step),
    // A bottleneck that stays breaks no limit of its own, only those that the output has a part in.
    leastBtn: ofSlots((s) => (s.movesBtn ? s.btn.least : 1)),
    mostBtn: ofSlots((s) => (s.movesBtn ? s.btn.most : UNMOVED)),
    stepBtn: ofSlots((s) => (s.movesBtn ? s.btn.step : 1)),
    leastDepth: ofSlots((s) => s.depth.least),
    mostDepth: ofSlots((s) => (s.movesDepth ? Math.min(s.depth.most, UNMOVED) : UNMOVED)),
    lastReader: Int32Array.from(readersOf.map((readers, g) => readers.at(-1) ?? g)),
    next: Int32Array.from(readersOf.map((readers) => readers.find(bound) ?? -1)),
    usualStep,
    scaled: Int32Array.from(
      WIDTH_FACTORS.flatMap((factor) => multiples.map((width) => scaleWidth(width, factor, usualStep))),
    ),
    scaledCount: multiples.length,
    oneGrid,
    leastInput: byWidth((out) => gridCeil(out / space.growth, oneGrid ? usualStep : 1)),
    leastInside: byWidth((out) => gridCeil(out / space.squeeze, oneGrid ? usualStep : 1)),
    rowOf: Int32Array.from(rowOf),
    expansion: Float64Array.from(slots.flatMap(({ variants }) => variants.map(({ expansion }) => expansion))),
  };
}
