import { Random } from '../../server/src/search/random.ts';

/** Values by their order alone: the place of each among the distinct ones, and the items from least to most. */
export interface Ranking {
  readonly ranks: Int32Array;
  readonly order: Int32Array;
  /** Distinct values. */
  readonly distinct: number;
}

export function rankingOf(values: readonly number[]): Ranking {
  const order = Int32Array.from(values, (_, i) => i).sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0));
  const ranks = new Int32Array(values.length);
  let rank = -1;
  let last: number | undefined;
  for (const item of order) {
    const value = values[item];
    if (value !== last || rank < 0) rank += 1;
    last = value;
    ranks[item] = rank;
  }
  return { ranks, order, distinct: rank + 1 };
}

/** How often each item counts; once where nothing is said. */
export type Weights = Float64Array;

export const once = (items: number): Weights => new Float64Array(items).fill(1);

/**
 * Kendall's τ-b, (P − Q) / √((n₀ − n₁)(n₀ − n₂)) with P and Q the pairs in the same and in opposite order, n₀ all pairs, n₁ and
 * n₂ those tied in x and in y; 0 where all are tied in one of them. An item of weight w counts like w equal items, which is
 * what a bootstrap draws. By a tree of prefix sums over the ranks of x, in O(n log n).
 */
export function kendall(x: Ranking, y: Ranking, weights: Weights = once(x.ranks.length)): number {
  const tree = new Float64Array(x.distinct + 1);
  const add = (rank: number, weight: number): void => {
    for (let i = rank + 1; i <= x.distinct; i += i & -i) tree[i] = (tree[i] ?? 0) + weight;
  };
  /** The weight of all ranks below this one. */
  const below = (rank: number): number => {
    let sum = 0;
    for (let i = rank; i > 0; i -= i & -i) sum += tree[i] ?? 0;
    return sum;
  };
  let agreed = 0;
  let before = 0;
  for (let from = 0; from < y.order.length; ) {
    const rank = y.ranks[y.order[from] ?? 0];
    let to = from;
    for (; to < y.order.length && y.ranks[y.order[to] ?? 0] === rank; to++) {
      const item = y.order[to] ?? 0;
      const weight = weights[item] ?? 0;
      if (weight === 0) continue;
      const at = x.ranks[item] ?? 0;
      agreed += weight * (below(at) - (before - below(at + 1)));
    }
    for (; from < to; from++) {
      const item = y.order[from] ?? 0;
      const weight = weights[item] ?? 0;
      if (weight === 0) continue;
      add(x.ranks[item] ?? 0, weight);
      before += weight;
    }
  }
  const scale = Math.sqrt(differing(x, weights) * differing(y, weights));
  return scale === 0 ? 0 : agreed / scale;
}

/** The weight of all pairs whose values differ. */
function differing({ ranks, distinct }: Ranking, weights: Weights): number {
  const classes = new Float64Array(distinct);
  let all = 0;
  ranks.forEach((rank, item) => {
    const weight = weights[item] ?? 0;
    all += weight;
    classes[rank] = (classes[rank] ?? 0) + weight;
  });
  return (all * all - classes.reduce((sum, weight) => sum + weight * weight, 0)) / 2;
}

/** Pairs of items: the one at `left[p]` with the one at `right[p]`. */
export interface Pairs {
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** All pairs whose costs differ by no more than this share of the larger, in O(n log n + pairs). */
export function equalPairs(costs: readonly number[], share: number): Pairs {
  const { order } = rankingOf(costs);
  const left: number[] = [];
  const right: number[] = [];
  let least = 0;
  order.forEach((item, place) => {
    const cost = costs[item] ?? 0;
    while (cost - (costs[order[least] ?? 0] ?? 0) > share * cost) least++;
    for (let other = least; other < place; other++) {
      left.push(order[other] ?? 0);
      right.push(item);
    }
  });
  return { left: Int32Array.from(left), right: Int32Array.from(right) };
}

/** What each of some measures says of each pair, pair by pair: 2 where the higher x has the higher y, 1 for a tie, 0 otherwise. */
export interface Outcomes {
  readonly measures: number;
  readonly won: Uint8Array;
}

export function outcomes({ left, right }: Pairs, measures: readonly Ranking[], y: Ranking): Outcomes {
  const won = new Uint8Array(left.length * measures.length);
  measures.forEach(({ ranks }, m) => {
    for (let p = 0; p < left.length; p++) {
      const [a, b] = [left[p] ?? 0, right[p] ?? 0];
      const agreed = ((ranks[a] ?? 0) - (ranks[b] ?? 0)) * ((y.ranks[a] ?? 0) - (y.ranks[b] ?? 0));
      won[p * measures.length + m] = 1 + Math.sign(agreed);
    }
  });
  return { measures: measures.length, won };
}

/** The share of the pairs that each measure wins, a tie for half of one; a pair counts by the weights of its items. */
export function sharesWon({ left, right }: Pairs, { measures, won }: Outcomes, weights: Weights): number[] {
  const sums = new Float64Array(measures);
  let total = 0;
  for (let p = 0; p < left.length; p++) {
    const weight = (weights[left[p] ?? 0] ?? 0) * (weights[right[p] ?? 0] ?? 0);
    if (weight === 0) continue;
    total += weight;
    for (let m = 0, at = p * measures; m < measures; m++, at++) sums[m] = (sums[m] ?? 0) + weight * (won[at] ?? 0);
  }
  return Array.from(sums, (sum) => sum / (2 * total));
}

/** How often each of n items is drawn by n draws with replacement, so many times. */
export function resamples(items: number, times: number, seed = 0): Weights[] {
  const random = new Random(seed);
  return Array.from({ length: times }, () => {
    const weights = new Float64Array(items);
    for (let i = 0; i < items; i++) {
      const drawn = random.below(items);
      weights[drawn] = (weights[drawn] ?? 0) + 1;
    }
    return weights;
  });
}

/** The mean y of the items with the highest x; items tied at the edge count in part, as if chosen among by chance. */
export function meanOfBest(x: readonly number[], y: readonly number[], count: number): number {
  const order = x.map((_, i) => i).sort((i, j) => (x[j] ?? 0) - (x[i] ?? 0));
  const taken = Math.min(count, order.length);
  const edge = x[order[taken - 1] ?? 0] ?? 0;
  const above = order.filter((i) => (x[i] ?? 0) > edge);
  const tied = order.filter((i) => x[i] === edge);
  const sum = (items: readonly number[]): number => items.reduce((total, i) => total + (y[i] ?? 0), 0);
  return (sum(above) + ((taken - above.length) * sum(tied)) / tied.length) / taken;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
