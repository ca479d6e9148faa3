import type { Instrument } from './scorer.ts';

/** Every design that a search has measured, as plain data. */
export interface MeasuredDesigns {
  readonly instrument: Instrument;
  /** Score of the start network as it is written. */
  readonly start: number;
  /** Genes, one design after the other, and their scores. */
  readonly genes: Int32Array;
  readonly scores: Float64Array;
}

/** The scores by design, to be asked often. */
export function scoreTable({ genes, scores }: MeasuredDesigns, width: number): Map<string, number> {
  const table = new Map<string, number>();
  scores.forEach((score, i) => void table.set(genes.subarray(i * width, (i + 1) * width).join(), score));
  return table;
}

/** The score of one design, to be asked now and then. */
export function measuredScore({ genes, scores }: MeasuredDesigns, design: Int32Array): number | undefined {
  const width = design.length;
  const at = scores.findIndex((_, i) => design.every((gene, g) => genes[i * width + g] === gene));
  return scores[at];
}
