import type { Summary } from '../measure/summary.ts';
import { spearman } from '../profiling/statistics.ts';

/** A design with its closed form and what forward passes measured; both in the unit of the objective. */
export interface Judged {
  readonly score: number;
  readonly measured: Summary;
  readonly draws: number;
}

export interface Ranking {
  /** Rank correlation of closed form and measured mean, −1 to 1; 0 where either is the same for all. */
  readonly spearman: number;
  readonly pairs: number;
  /** Pairs whose measured means are far enough apart to tell which is better. */
  readonly told: number;
  /** Of those, the ones that the closed form orders the other way round. */
  readonly reversed: number;
  readonly holds: boolean;
}

/** Standard errors between two means that tell them apart: among 45 pairs of equals chance does it once in ten times. */
const CLEAR = 3;

/**
 * Whether measuring confirms the order of the closed form: no pair may be measured the other way round by more than
 * chance makes. All designs are about alike, so that one spread is taken for all: with few draws that of each alone
 * says little.
 */
export function rank(designs: readonly Judged[]): Ranking {
  const freedom = sum(designs, (d) => d.draws - 1);
  const variance = freedom === 0 ? 0 : sum(designs, (d) => (d.draws - 1) * d.measured.sd ** 2) / freedom;
  const pairs = designs.flatMap((a, i) => designs.slice(i + 1).map((b) => ({ a, b })));
  const told = pairs.filter(({ a, b }) => {
    const error = Math.sqrt(variance / a.draws + variance / b.draws);
    // A single draw has no spread to tell anything by.
    return freedom > 0 && Math.abs(a.measured.mean - b.measured.mean) > CLEAR * error;
  });
  const reversed = told.filter(({ a, b }) => (a.score - b.score) * (a.measured.mean - b.measured.mean) < 0).length;
  return {
    spearman: spearman(
      designs.map((d) => d.score),
      designs.map((d) => d.measured.mean),
    ),
    pairs: pairs.length,
    told: told.length,
    reversed,
    holds: reversed === 0,
  };
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((s, item) => s + of(item), 0);
