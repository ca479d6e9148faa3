import { deviceModel } from '../../latency/latency-cost.ts';
import type { BlockForms, CostForm, LogForm, MemoryForm, Squeezed } from './block-terms.ts';
import type { BlockTimes } from './block-times.ts';
import type { ChainModel } from './model.ts';

/**
 * The model's coefficients as arrays of numbers for the inner loop. Each variant of each group has one row of them;
 * `rowOf[g] + v` finds it. A row begins with the score: one, ln a, ln b, ln o of the first block, and one, ln b, ln o of
 * a later one, times the group's weight, with what log C is worth where a stage ends.
 */
export const SCORE_STRIDE = 7;
/**
 * Then, for each additive cost: the polynomial of the first block with in ≠ out (9 numbers), with in = out (6), of a
 * later block (6), and what squeeze-and-excitation adds to the first and to a later one (3 + 3).
 */
export const COST_STRIDE = 27;
/** A memory form: one, a, b, o, q. */
export const MEMORY_STRIDE = 5;

export interface Tables {
  /** First row of each group. */
  readonly rowOf: Int32Array;
  readonly rows: readonly Float64Array[];
  /** 1 for a cost that does not depend on widths in any row (the layers), so that two numbers a row are enough. */
  readonly flat: Uint8Array;
  /** Where the forms of a row begin in `memory`, three lists a row: in ≠ out, in = out, later. */
  readonly memoryAt: Int32Array;
  readonly memory: Float64Array;
  /** The costs that are times on devices, and by row their tables, in this order. */
  readonly timed: Int32Array;
  readonly times: readonly (readonly BlockTimes[])[];
  /** What squeeze-and-excitation squeezes in the row's first block; see SQUEEZES. */
  readonly squeeze: Int8Array;
  /** btn ≤ expansion · out */
  readonly expansion: Float64Array;
  /** Natural logarithms of whole numbers. */
  readonly ln: Float64Array;
  /** By row, of costs of the whole network: log γ by fan-in as a score has it, but unweighted, and layers of the first and a later block. */
  readonly fanIn: readonly Float64Array[];
  /** What the score has beside the terms of the groups. */
  readonly constant: number;
}

/** Of the bottleneck, of the input (in later blocks that is the output), of the output, or none whose hidden width follows. */
export const SQUEEZES: Readonly<Record<Squeezed, number>> = { none: 0, btn: 1, in: 2, out: 3 };

const costRow = (differs: CostForm, same: CostForm, later: CostForm): number[] => [
  ...[differs.one, differs.a, differs.ab, differs.ao, differs.b, differs.bb, differs.bo, differs.o, differs.oo],
  ...[same.one, same.o, same.oo, same.bo, same.b, same.bb],
  ...[later.one, later.o, later.oo, later.bo, later.b, later.bb],
  ...[differs.x, differs.q, differs.qx],
  ...[later.x, later.q, later.qx],
];

const onlyConstant = ({ one: _, ...others }: CostForm): boolean => Object.values(others).every((k) => k === 0);

const fanInRow = ({ first, later }: BlockForms['log']): Float64Array =>
  Float64Array.of(first.one, first.a, first.b, first.o, later.one, later.b, later.o, first.layers, later.layers);

const memoryRow = (f: MemoryForm): number[] => [f.one, f.a, f.b, f.o, f.q];

export function compileTables(model: ChainModel): Tables {
  const { slots, score } = model;
  const rows = slots.flatMap((slot, group) =>
    slot.variants.map(({ forms, expansion }) => ({ variant: { ...forms, expansion }, group })),
  );
  let next = 0;
  const rowOf = slots.map((slot) => {
    const row = next;
    next += slot.variants.length;
    return row;
  });
  const exact = model.task.estimator === 'exact' && score.ofStages === undefined;
  const scoreRow = ({ variant, group }: (typeof rows)[number]): number[] => {
    const weight = score.ofStages !== undefined ? 1 : (score.groupWeights[group] ?? 0);
    const channels = score.ofStages !== undefined ? 0 : (score.channelWeights[group] ?? 0);
    const { first, later } = variant.log;
    // The exact estimator has the kernels' share in its spatial factor.
    const one = (f: LogForm): number => (exact ? f.grouped : f.one) - score.reluLoss * f.layers;
    const block = [one(first), first.a, first.b, first.o].map((c) => c * weight);
    return [...block.with(3, (block[3] ?? 0) + channels), ...[one(later), later.b, later.o].map((c) => c * weight)];
  };
  const memory: number[] = [];
  const memoryAt = rows.flatMap(({ variant }) =>
    [variant.memory.differs, variant.memory.same, variant.memory.later].map((forms) => {
      const at = memory.length;
      memory.push(...forms.flatMap(memoryRow));
      return at;
    }),
  );
  memoryAt.push(memory.length);
  const isFlat = (c: number): boolean =>
    rows.every(({ variant }) => {
      const forms = variant.costs[c];
      return (
        forms !== undefined &&
        Object.values(forms).every((form) => onlyConstant(form)) &&
        forms.differs.one === forms.same.one
      );
    });
  return {
    flat: Uint8Array.from(model.additive.map((_, c) => (isFlat(c) ? 1 : 0))),
    rowOf: Int32Array.from(rowOf),
    rows: rows.map((row) =>
      Float64Array.from([...scoreRow(row), ...row.variant.costs.flatMap((c) => costRow(c.differs, c.same, c.later))]),
    ),
    timed: Int32Array.from(model.additive.flatMap((cost, c) => (deviceModel(cost) === undefined ? [] : [c]))),
    times: rows.map(({ variant }) => variant.times.flatMap((times) => times ?? [])),
    memoryAt: Int32Array.from(memoryAt),
    memory: Float64Array.from(memory),
    squeeze: Int8Array.from(rows.map(({ variant: { squeezed } }) => SQUEEZES[squeezed.first])),
    expansion: Float64Array.from(rows.map(({ variant }) => variant.expansion)),
    ln: Float64Array.from({ length: model.widest + 1 }, (_, n) => Math.log(Math.max(1, n))),
    fanIn: rows.map(({ variant: { log } }) => fanInRow(log)),
    constant: constantOf(model),
  };
}

/** The ReLU after the last convolution is not there, and stages that end before any group end with the input. */
function constantOf({ score, inputChannels }: ChainModel): number {
  const first = score.groupWeights[0] ?? 0;
  return score.ofStages !== undefined ? 0 : score.reluLoss * first + score.inputWeight * Math.log(inputChannels);
}
