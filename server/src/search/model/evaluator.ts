import type { Model } from './model.ts';

/**
 * Costs and scores of many designs, each a row of genes: all that an evolution asks of a design. Chains of ordinary blocks
 * have one evaluator (chain-evaluator.ts), everything else another (graph-evaluator.ts).
 */
export interface Evaluator {
  readonly model: Model;
  /** Genes of all rows; a row has `width` of them, four for each group (genome.ts). */
  readonly genes: Int32Array;
  readonly width: number;
  /** Totals of the row that was totalled last. Whoever measures a design says its score here. */
  score: number;
  readonly memory: number;
  /** The costs that the model watches, without memory: see `placeOf`. */
  readonly costs: Float64Array;
  /** Channels that a group reads. */
  inputOf(row: number, group: number): number;
  /** Sets the genes of a row and computes everything about it. */
  load(row: number, genes: ArrayLike<number>): void;
  /** Copies genes and terms; totals are not touched. */
  copy(from: number, to: number): void;
  /** The same for one group. */
  copyGroup(from: number, to: number, group: number): void;
  /** Computes the terms of one group anew. Whoever changes a group does so for those too that depend on it. */
  refreshGroup(row: number, group: number): void;
  /** Adds up the terms of a row. */
  total(row: number): void;
}
