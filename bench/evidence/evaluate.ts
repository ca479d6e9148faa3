import { quantile, spearman } from '../../server/src/profiling/statistics.ts';
import { column, type EvidenceSet, equalPairsOf, measuresOf } from './sets.ts';
import { kendall, mean, meanOfBest, once, outcomes, rankingOf, resamples, sharesWon } from './statistics.ts';

/** A figure of all networks, and the middle 95 % of it over bootstrap samples of them. */
export interface Figure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface MeasureResult {
  readonly measure: string;
  /** Kendall's τ-b against the accuracy. */
  readonly tau: Figure;
  /** Spearman's ρ against it. */
  readonly rank: number;
  /** The share of the pairs of equal macs in which the higher one is the more accurate. */
  readonly pairs: Figure;
}

/** The mean accuracy of ten designs within a budget of macs, by how they are chosen. */
export interface BudgetResult {
  readonly macs: number;
  readonly designs: number;
  readonly score: number;
  readonly random: number;
  readonly mostMacs: number;
  readonly oracle: number;
}

export interface SetResult {
  readonly id: string;
  readonly benchmark: string;
  readonly n: number;
  readonly pairs: number;
  readonly tolerance: number;
  readonly ceiling: string | undefined;
  readonly measures: readonly MeasureResult[];
  readonly budgets: readonly BudgetResult[];
}

export const RESAMPLES = 200;
const BEST = 10;
const DECILES = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

const figure = (value: number, drawn: readonly number[]): Figure =>
  drawn.length === 0
    ? { value, low: value, high: value }
    : { value, low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) };

/** What each of nine budgets, the deciles of the macs, gives. */
export function budgetsOf(set: EvidenceSet, measure = 'multi-scale'): BudgetResult[] {
  const [macs, score] = [column(set, 'macs'), column(set, measure)];
  return DECILES.map((decile) => {
    const limit = quantile(macs, decile / 10);
    const within = macs.flatMap((cost, i) => (cost <= limit ? [i] : []));
    const pick = (values: readonly number[]): number[] => within.map((i) => values[i] ?? Number.NaN);
    const accuracies = pick(set.accuracies);
    return {
      macs: limit,
      designs: within.length,
      score: meanOfBest(pick(score), accuracies, BEST),
      random: mean(accuracies),
      mostMacs: meanOfBest(pick(macs), accuracies, BEST),
      oracle: meanOfBest(accuracies, accuracies, BEST),
    };
  });
}

/** Every figure of one set. Without resamples intervals are as wide as nothing. */
export function evaluate(set: EvidenceSet, times = RESAMPLES): SetResult {
  const n = set.samples.length;
  const accuracy = rankingOf(set.accuracies);
  const measures = measuresOf(set);
  const columns = measures.map((name) => column(set, name));
  const rankings = columns.map(rankingOf);
  const pairs = equalPairsOf(set);
  const won = outcomes(pairs, rankings, accuracy);
  const drawn = resamples(n, times);
  const drawnShares = drawn.map((weights) => sharesWon(pairs, won, weights));
  const shares = sharesWon(pairs, won, once(n));
  return {
    id: set.id,
    benchmark: set.benchmark,
    n,
    pairs: pairs.left.length,
    tolerance: set.tolerance,
    ceiling: set.ceiling,
    measures: measures.map((measure, m) => {
      const ranking = rankings[m] ?? accuracy;
      return {
        measure,
        tau: figure(
          kendall(ranking, accuracy),
          drawn.map((weights) => kendall(ranking, accuracy, weights)),
        ),
        rank: spearman(columns[m] ?? [], set.accuracies),
        pairs: figure(
          shares[m] ?? Number.NaN,
          drawnShares.map((all) => all[m] ?? Number.NaN),
        ),
      };
    }),
    budgets: budgetsOf(set),
  };
}

/** The shape that other programs read: for each set τ and the share of pairs, by measure. */
export function evidenceJson(results: readonly SetResult[]): object {
  const sets = results.map(({ id, n, measures }) => {
    const of = (pick: (result: MeasureResult) => number) =>
      Object.fromEntries(measures.map((result) => [result.measure, pick(result)]));
    return [id, { n, tau: of(({ tau }) => tau.value), pairs: of(({ pairs }) => pairs.value) }];
  });
  return { sets: Object.fromEntries(sets) };
}
