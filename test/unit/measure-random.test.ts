import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GaussianStream } from '../../server/src/random/gaussian.ts';

const N = 1_000_000;
const sample = new GaussianStream(1, 2, 3).fill(new Float32Array(N));
const mean = (f: (x: number) => number): number => sample.reduce((sum, x) => sum + f(x), 0) / N;

/** Φ by the series of Marsaglia (2004). */
function phi(x: number): number {
  let sum = x;
  let term = x;
  for (let i = 3; sum + term !== sum; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}

describe('a million numbers are N(0, 1)', () => {
  // The standard errors of the first four moments are 1, √2, √15 and √96, each over √N.
  test.each([
    [1, 0, 1],
    [2, 1, Math.SQRT2],
    [3, 0, Math.sqrt(15)],
    [4, 3, Math.sqrt(96)],
  ])('moment %i is within 4 standard errors', (power, expected, sd) => {
    expect(Math.abs(mean((x) => x ** power) - expected) / (sd / Math.sqrt(N))).toBeLessThan(4);
  });

  test('the distribution passes Kolmogorov and Smirnov at 1e-4', () => {
    const sorted = sample.toSorted();
    let distance = 0;
    for (let i = 0; i < N; i += 50) distance = Math.max(distance, Math.abs(phi(sorted[i] ?? 0) - (i + 0.5) / N));
    expect(distance * Math.sqrt(N)).toBeLessThan(2.23);
  });

  test('the tail beyond 3.4426, which has its own method, has its share', () => {
    const expected = 2 * (1 - phi(3.442619855899)) * N;
    const found = sample.filter((x) => Math.abs(x) > 3.442619855899).length;
    expect(Math.abs(found - expected) / Math.sqrt(expected)).toBeLessThan(4);
    expect(sample.some((x) => Math.abs(x) > 4)).toBe(true);
  });

  test.each([1, 2, 7, 128])('neighbours at distance %i do not correlate, nor do their squares', (lag) => {
    let plain = 0;
    let squares = 0;
    for (let i = lag; i < N; i++) {
      const [a, b] = [sample[i] ?? 0, sample[i - lag] ?? 0];
      plain += a * b;
      squares += (a * a - 1) * (b * b - 1);
    }
    expect(Math.abs(plain) / Math.sqrt(N)).toBeLessThan(4);
    expect(Math.abs(squares) / 2 / Math.sqrt(N)).toBeLessThan(4);
  });
});

describe('streams', () => {
  test('the numbers of a key are fixed for ever: a seed in a paper must mean the same next year', () => {
    const first = Array.from(
      { length: 4 },
      (
        (s) => () =>
          s.next()
      )(new GaussianStream(7, 0, 1, 0)),
    );
    expect(first.map((x) => x.toFixed(12))).toMatchInlineSnapshot(`
      [
        "-0.845893277870",
        "0.194845876707",
        "0.018700858662",
        "0.875759068915",
      ]
    `);
  });

  test('filling gives what asking one by one gives, in any pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 8 }), fc.maxSafeInteger(), (pieces, seed) => {
        const one = new GaussianStream(seed);
        const other = new GaussianStream(seed);
        for (const size of pieces) {
          const filled = other.fill(new Float32Array(size));
          expect([...filled]).toEqual(Array.from({ length: size }, () => Math.fround(one.next())));
        }
      }),
    );
  });

  test('keys that differ in one number give streams that do not correlate', () => {
    const size = 20_000;
    const of = (...key: number[]): Float32Array => new GaussianStream(...key).fill(new Float32Array(size));
    const base = of(5, 0, 1, 9);
    for (const other of [
      of(6, 0, 1, 9),
      of(5, 1, 1, 9),
      of(5, 0, 0, 9),
      of(5, 0, 1, 10),
      of(5 + 2 ** 32, 0, 1, 9),
      of(0, 5, 1, 9),
    ]) {
      const product = base.reduce((sum, x, i) => sum + x * (other[i] ?? 0), 0);
      expect(Math.abs(product) / Math.sqrt(size)).toBeLessThan(4.5);
    }
  });
});
