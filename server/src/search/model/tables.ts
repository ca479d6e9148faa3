import type { CostForm, LogForm, MemoryForm } from './block-terms.ts';
import type { Model } from './model.ts';

/**
 * The model's coefficients as flat arrays for the inner loop. One row per variant; `rowOf[g] + v` finds it.
 *
 * A row of `cost` holds, for each additive cost, the polynomial of the first block with in ≠ out (9 numbers), with
 * in = out (6), of a later block (6), and what squeeze-and-excitation adds to the first and to a later one (3 + 3).
 */
export const COST_STRIDE = 27;
/** A row of `log`: one, a, b, o of the first block; one, b, o of a later one; all times the group's weight. */
export const LOG_STRIDE = 7;
/** A memory form: one, a, b, o, q. */
export const MEMORY_STRIDE = 5;

export interface Tables {
  /** First row of each group. */
  readonly rowOf: Int32Array;
  readonly cost: Float64Array;
  readonly log: Float64Array;
  /** 1 for a cost that does not depend on widths in any row (the layers), so that two numbers a row are enough. */
  readonly flat: Uint8Array;
  /** Where the forms of a row begin in `memory`, three lists a row: in ≠ out, in = out, later. */
  readonly memoryAt: Int32Array;
  readonly memory: Float64Array;
  /** α of the stage that ends with the group's channels. */
  readonly channelWeight: Float64Array;
  /** 1 where the row's block has squeeze-and-excitation, 2 where what it squeezes is its input. */
  readonly squeeze: Int8Array;
  /** btn ≤ expansion · out */
  readonly expansion: Float64Array;
  /** Natural logarithms of whole numbers. */
  readonly ln: Float64Array;
  /** What the score has beside the terms of the groups. */
  readonly constant: number;
}

const costRow = (differs: CostForm, same: CostForm, later: CostForm): number[] => [
  ...[differs.one, differs.a, differs.ab, differs.ao, differs.b, differs.bb, differs.bo, differs.o, differs.oo],
  ...[same.one, same.o, same.oo, same.bo, same.b, same.bb],
  ...[later.one, later.o, later.oo, later.bo, later.b, later.bb],
  ...[differs.x, differs.q, differs.qx],
  ...[later.x, later.q, later.qx],
];

const onlyConstant = ({ one: _, ...others }: CostForm): boolean => Object.values(others).every((k) => k === 0);

const memoryRow = (f: MemoryForm): number[] => [f.one, f.a, f.b, f.o, f.q];

export function compileTables(model: Model): Tables {
  const { slots, score } = model;
  const rows = slots.flatMap((slot, group) => slot.variants.map((variant) => ({ variant, group })));
  let next = 0;
  const rowOf = slots.map((slot) => {
    const row = next;
    next += slot.variants.length;
    return row;
  });
  const exact = model.task.estimator === 'exact' && !score.deepmad;
  const log = rows.flatMap(({ variant, group }) => {
    const weight = score.deepmad ? 1 : (score.groupWeights[group] ?? 0);
    const { first, later } = variant.log;
    // The exact estimator has the kernels' share in its spatial factor.
    const one = (f: LogForm): number => (exact ? 0 : f.one) - score.reluLoss * f.layers;
    return [one(first), first.a, first.b, first.o, one(later), later.b, later.o].map((c) => c * weight);
  });
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
    cost: Float64Array.from(
      rows.flatMap(({ variant }) => variant.costs.flatMap((c) => costRow(c.differs, c.same, c.later))),
    ),
    log: Float64Array.from(log),
    memoryAt: Int32Array.from(memoryAt),
    memory: Float64Array.from(memory),
    channelWeight: Float64Array.from(score.channelWeights.map((alpha) => (score.deepmad ? 0 : alpha))),
    squeeze: Int8Array.from(rows.map(({ variant: { template } }) => (template.se ? (template.btn === 0 ? 2 : 1) : 0))),
    expansion: Float64Array.from(rows.map(({ variant }) => variant.expansion)),
    ln: Float64Array.from({ length: model.widest + 1 }, (_, n) => Math.log(Math.max(1, n))),
    constant: constantOf(model),
  };
}

/** The ReLU after the last convolution is not there, and stages that end before any group end with the input. */
function constantOf({ score, inputChannels }: Model): number {
  const first = score.groupWeights[0] ?? 0;
  return score.deepmad ? 0 : score.reluLoss * first + score.inputWeight * Math.log(inputChannels);
}
