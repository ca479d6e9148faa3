import { analyse } from '../../server/src/analysis/analyse.ts';
import type { Backbone } from '../../server/src/backbone/backbone.ts';
import { quantile } from '../../server/src/profiling/statistics.ts';
import { column, type EvidenceSet, equalPairsOf } from './sets.ts';
import { mean, meanOfBest, once, outcomes, type Pairs, rankingOf, sharesWon } from './statistics.ts';

/** Pairs of equal macs, told apart by whether the two have as many layers. */
export interface DepthBias {
  /** Of the pairs with different layers: how often the higher score is the deeper one. */
  readonly deeper: number;
  /** The share of the pairs that the higher score wins where layers differ, and where they do not. */
  readonly wonByDepth: number;
  readonly wonAtDepth: number;
  readonly pairsAtDepth: number;
}

const kept = ({ left, right }: Pairs, keep: (a: number, b: number) => boolean): Pairs => {
  const places = Array.from(left, (_, p) => p).filter((p) => keep(left[p] ?? 0, right[p] ?? 0));
  return {
    left: Int32Array.from(places, (p) => left[p] ?? 0),
    right: Int32Array.from(places, (p) => right[p] ?? 0),
  };
};

const won = (pairs: Pairs, x: readonly number[], y: readonly number[]): number =>
  sharesWon(pairs, outcomes(pairs, [rankingOf(x)], rankingOf(y)), once(x.length))[0] ?? Number.NaN;

export function depthBias(set: EvidenceSet): DepthBias {
  const [score, layers] = [column(set, 'multi-scale'), column(set, 'layers')];
  const pairs = equalPairsOf(set);
  const apart = kept(pairs, (a, b) => layers[a] !== layers[b]);
  const level = kept(pairs, (a, b) => layers[a] === layers[b]);
  return {
    deeper: won(apart, score, layers),
    wonByDepth: won(apart, score, set.accuracies),
    wonAtDepth: won(level, score, set.accuracies),
    pairsAtDepth: level.left.length,
  };
}

/** The share of the pairs of equal macs that a measure wins, where those that it cannot tell apart are left out. */
export function wonWithoutTies(set: EvidenceSet, measure: string): number {
  const values = column(set, measure);
  const told = kept(equalPairsOf(set), (a, b) => values[a] !== values[b]);
  return won(told, values, set.accuracies);
}

/** Nats by which two equal scores may differ, summed in another order. */
const ROUNDING = 1e-9;

/** What one change does to the networks of TransNAS-Bench-101 that have both codes, over all tasks. */
export interface ChangeEffect {
  readonly pairs: number;
  /** How often the changed one is the more accurate; how often it has the higher score; how often the score is right. */
  readonly better: number;
  readonly scored: number;
  readonly right: number;
}

/** Codes that a change makes of one code. */
export type Change = (code: string) => string[];

const doubles = (digit: string): boolean => digit === '2' || digit === '4';
const halves = (digit: string): boolean => digit === '3' || digit === '4';
const digit = (double: boolean, half: boolean): string => String(1 + (double ? 1 : 0) + (half ? 2 : 0));

const replaced = (code: string, at: number, by: string): string => code.slice(0, at) + by + code.slice(at + 1);

/** One doubling of the channels more, where there are so many. */
export const widened =
  (doublings: number): Change =>
  (code) =>
    [...code].filter(doubles).length !== doublings
      ? []
      : [...code].flatMap((d, at) => (doubles(d) ? [] : [replaced(code, at, digit(true, halves(d)))]));

/** One more group halves the resolution. */
export const strided: Change = (code) =>
  [...code].flatMap((d, at) => (halves(d) ? [] : [replaced(code, at, digit(doubles(d), true))]));

/** One halving comes a group later, and all else stays. */
export const postponed: Change = (code) =>
  [...code].flatMap((d, at) => {
    const next = code[at + 1];
    if (next === undefined || !halves(d) || halves(next)) return [];
    return [replaced(replaced(code, at, digit(doubles(d), false)), at + 1, digit(doubles(next), true))];
  });

/** One group of two blocks more, which keeps the shape. */
export const deepened: Change = (code) => [
  ...new Set([...code].map((_, at) => `${code.slice(0, at)}1${code.slice(at)}`)),
];

export function effectOf(sets: readonly EvidenceSet[], change: Change): ChangeEffect {
  const better: number[] = [];
  const scored: number[] = [];
  const right: number[] = [];
  for (const { samples, accuracies } of sets) {
    const places = new Map(samples.map(({ code }, i) => [code, i]));
    samples.forEach((sample, i) => {
      for (const code of change(sample.code)) {
        const j = places.get(code);
        const other = samples[j ?? -1];
        if (j === undefined || other === undefined) continue;
        const gain = Math.sign((accuracies[j] ?? 0) - (accuracies[i] ?? 0));
        const more = (other.values['multi-scale'] ?? 0) - (sample.values['multi-scale'] ?? 0);
        const says = Math.abs(more) < ROUNDING ? 0 : Math.sign(more);
        better.push((1 + gain) / 2);
        scored.push((1 + says) / 2);
        right.push((1 + gain * says) / 2);
      }
    });
  }
  return { pairs: better.length, better: mean(better), scored: mean(scored), right: mean(right) };
}

/** A design at twice the height and width: how many times its macs, and how many nats more by each closed form. */
export function atTwice(design: Backbone): { readonly macs: number; readonly fanIn: number; readonly exact: number } {
  const { input } = design;
  const [small, large] = [
    analyse(design),
    analyse({ ...design, input: { ...input, height: 2 * input.height, width: 2 * input.width } }),
  ];
  return {
    macs: large.costs.macs / small.costs.macs,
    fanIn: large.score.fanIn - small.score.fanIn,
    exact: large.score.exact - small.score.exact,
  };
}

/** The mean accuracy of the ten highest scores within a budget of macs and a cap on layers, both as quantiles of the set. */
export interface Capped {
  readonly macs: number;
  readonly caps: readonly { readonly layers: number; readonly accuracy: number }[];
}

export const CAPS = [1, 0.9, 0.7, 0.5] as const;

export function underCaps(set: EvidenceSet, budget: number): Capped {
  const [score, layers, macs] = [column(set, 'multi-scale'), column(set, 'layers'), column(set, 'macs')];
  const limit = quantile(macs, budget);
  const caps = CAPS.map((share) => {
    const cap = quantile(layers, share);
    const within = macs.flatMap((cost, i) => (cost <= limit && (layers[i] ?? 0) <= cap ? [i] : []));
    const pick = (values: readonly number[]): number[] => within.map((i) => values[i] ?? Number.NaN);
    return { layers: cap, accuracy: meanOfBest(pick(score), pick(set.accuracies), 10) };
  });
  return { macs: limit, caps };
}

/** The ten networks of most score: how many layers and how accurate they are in the mean, and their place among all. */
export interface Favourites {
  readonly accuracy: number;
  readonly best: number;
  readonly layers: number;
  readonly most: number;
  /** The share of all networks that are less accurate than they are in the mean. */
  readonly above: number;
}

export function favourites(set: EvidenceSet): Favourites {
  const [score, layers] = [column(set, 'multi-scale'), column(set, 'layers')];
  const ten = score
    .map((_, i) => i)
    .sort((i, j) => (score[j] ?? 0) - (score[i] ?? 0))
    .slice(0, 10);
  const accuracy = mean(ten.map((i) => set.accuracies[i] ?? Number.NaN));
  return {
    accuracy,
    best: Math.max(...set.accuracies),
    layers: mean(ten.map((i) => layers[i] ?? Number.NaN)),
    most: Math.max(...layers),
    above: set.accuracies.filter((value) => value < accuracy).length / set.accuracies.length,
  };
}
