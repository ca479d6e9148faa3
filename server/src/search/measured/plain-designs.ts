import { isCount, isFields, isNumbers } from '../fields.ts';
import type { MeasuredDesigns } from './designs.ts';

/** For JSON, which has no −∞: a design that could not be measured has the score null. */
export const plainDesigns = ({ instrument, start, genes, scores }: MeasuredDesigns) => ({
  instrument,
  start: Number.isFinite(start) ? start : null,
  genes: [...genes],
  scores: [...scores].map((score) => (Number.isFinite(score) ? score : null)),
});

/** Undefined where it is damaged. @param width genes of one design */
export function designsOf(value: unknown, width: number): MeasuredDesigns | undefined {
  if (!isFields(value)) return undefined;
  const { instrument, start, genes, scores } = value;
  if (!isFields(instrument) || !isNumbers(genes) || !isScores(scores) || !isScores([start])) return undefined;
  const { backend, device, draws } = instrument;
  if (typeof backend !== 'string' || typeof device !== 'string' || !isCount(draws)) return undefined;
  if (scores.length === 0 || genes.length !== width * scores.length) return undefined;
  return {
    instrument: { backend, device, draws },
    start: scoreOf(start),
    genes: Int32Array.from(genes),
    scores: Float64Array.from(scores, scoreOf),
  };
}

const isScores = (value: unknown): value is (number | null)[] =>
  Array.isArray(value) && value.every((score) => score === null || typeof score === 'number');

const scoreOf = (score: unknown): number => (typeof score === 'number' ? score : -Infinity);
