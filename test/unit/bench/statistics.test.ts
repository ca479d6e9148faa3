import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  equalPairs,
  kendall,
  meanOfBest,
  once,
  outcomes,
  rankingOf,
  resamples,
  sharesWon,
} from '../../../bench/evidence/statistics.ts';

/** Few values, so that many are tied. */
const columns = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), {
  minLength: 2,
  maxLength: 30,
});

const allPairs = (n: number): [number, number][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: i }, (_, j): [number, number] => [j, i])).flat();

const signs = (values: readonly number[], pairs: readonly [number, number][]): number[] =>
  pairs.map(([i, j]) => Math.sign((values[i] ?? 0) - (values[j] ?? 0)));

/** τ-b as it is defined. */
function naiveTau(x: readonly number[], y: readonly number[]): number {
  const pairs = allPairs(x.length);
  const [a, b] = [signs(x, pairs), signs(y, pairs)];
  const count = (s: readonly number[]): number => s.filter((sign) => sign !== 0).length;
  const scale = Math.sqrt(count(a) * count(b));
  return scale === 0 ? 0 : a.reduce((sum, sign, p) => sum + sign * (b[p] ?? 0), 0) / scale;
}

describe("Kendall's τ-b", () => {
  test.each([
    [[1, 2, 3, 4], [10, 20, 30, 40], 1],
    [[1, 2, 3, 4], [4, 3, 2, 1], -1],
    [[1, 1, 2, 2], [1, 2, 1, 2], 0],
    // As SciPy's documentation has it.
    [[12, 2, 1, 12, 2], [1, 4, 7, 1, 0], -0.4714045207910316],
    [[5, 5, 5], [1, 2, 3], 0],
  ])('of %j and %j is %d', (x, y, tau) => expect(kendall(rankingOf(x), rankingOf(y))).toBeCloseTo(tau, 12));

  test('is what its definition gives', () => {
    fc.assert(
      fc.property(columns, (pairs) => {
        const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        expect(kendall(rankingOf(x), rankingOf(y))).toBeCloseTo(naiveTau(x, y), 12);
      }),
    );
  });

  test('counts a weight like so many equal items', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.nat(3)), { minLength: 2, maxLength: 15 }), (items) => {
        const repeated = items.flatMap(([a, b, times]) => Array.from({ length: times }, () => [a, b] as const));
        const weights = Float64Array.from(items, ([, , times]) => times);
        const tau = kendall(rankingOf(items.map(([a]) => a)), rankingOf(items.map(([, b]) => b)), weights);
        const naive = naiveTau(
          repeated.map(([a]) => a),
          repeated.map(([, b]) => b),
        );
        expect(tau).toBeCloseTo(naive, 12);
      }),
    );
  });
});

describe('pairs of equal cost', () => {
  test('are those within the share of the larger', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 50, max: 200 }), { maxLength: 40 }),
        fc.constantFrom(0, 0.02, 0.1),
        (costs, share) => {
          const { left, right } = equalPairs(costs, share);
          const found = Array.from(left, (a, p) => [a, right[p] ?? 0].toSorted((i, j) => i - j).join()).sort();
          const equal = allPairs(costs.length).filter(([i, j]) => {
            const [a, b] = [costs[i] ?? 0, costs[j] ?? 0];
            return Math.abs(a - b) <= share * Math.max(a, b);
          });
          expect(found).toEqual(equal.map((pair) => pair.join()).sort());
        },
      ),
    );
  });

  test('are won by the share that the definition gives, for every measure at once', () => {
    fc.assert(
      fc.property(columns, (items) => {
        const [x, y] = [items.map(([a]) => a), items.map(([, b]) => b)];
        const pairs = equalPairs(
          x.map(() => 1),
          0,
        );
        const shares = sharesWon(pairs, outcomes(pairs, [rankingOf(x), rankingOf(y)], rankingOf(y)), once(x.length));
        const all = allPairs(x.length);
        const naive = (values: readonly number[]): number => {
          const [a, b] = [signs(values, all), signs(y, all)];
          return a.reduce((sum, sign, p) => sum + (1 + sign * (b[p] ?? 0)) / 2, 0) / all.length;
        };
        expect(shares[0]).toBeCloseTo(naive(x), 12);
        expect(shares[1]).toBeCloseTo(naive(y), 12);
      }),
    );
  });
});

test('the best are a mean over whoever is tied at the edge', () => {
  expect(meanOfBest([3, 2, 2, 1], [10, 4, 8, 100], 2)).toBe((10 + 6) / 2);
  expect(meanOfBest([3, 2], [10, 4], 10)).toBe(7);
});

test('a resample draws as many as there are, and the same ones each time', () => {
  const drawn = resamples(50, 3);
  expect(drawn.map((weights) => weights.reduce((sum, w) => sum + w, 0))).toEqual([50, 50, 50]);
  expect(resamples(50, 3)).toEqual(drawn);
  expect(drawn[0]).not.toEqual(drawn[1]);
});
