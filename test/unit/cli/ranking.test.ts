import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Judged, rank } from '../../../server/src/cli/ranking.ts';

const judged = (score: number, mean: number, sd = 1, draws = 4): Judged => ({ score, measured: { mean, sd }, draws });

describe('the ranking of designs', () => {
  test('holds where measuring tells all pairs apart in its order', () => {
    expect(rank([judged(30, 300), judged(20, 200), judged(10, 100)])).toEqual({
      spearman: 1,
      pairs: 3,
      told: 3,
      reversed: 0,
      holds: true,
    });
  });

  test('does not hold where one pair is clearly the other way round', () => {
    expect(rank([judged(30, 200), judged(20, 300), judged(10, 100)])).toEqual({
      spearman: 0.5,
      pairs: 3,
      told: 3,
      reversed: 1,
      holds: false,
    });
  });

  test('is not contradicted by differences within the spread', () => {
    // Three standard errors of a difference of means of four draws: 3 √(1/4 + 1/4) = 2.12.
    expect(rank([judged(2, 100), judged(1, 102.1)])).toMatchObject({ spearman: -1, told: 0, holds: true });
    expect(rank([judged(2, 100), judged(1, 102.2)])).toMatchObject({
      spearman: -1,
      told: 1,
      reversed: 1,
      holds: false,
    });
  });

  test('takes the spread of all designs together, and with single draws tells nothing', () => {
    expect(rank([judged(2, 100, 0), judged(1, 101, Math.SQRT2)])).toMatchObject({ told: 0 });
    expect(rank([judged(2, 100, 0, 1), judged(1, 900, 0, 1)])).toMatchObject({ told: 0, reversed: 0, holds: true });
  });

  test('equals share a rank and contradict nothing', () => {
    expect(rank([judged(1, 5), judged(1, 50), judged(1, 500)])).toMatchObject({
      spearman: 0,
      reversed: 0,
      holds: true,
    });
    expect(rank([judged(7, 3)])).toEqual({ spearman: 0, pairs: 0, told: 0, reversed: 0, holds: true });
    expect(rank([])).toMatchObject({ pairs: 0, holds: true });
  });

  test('of designs that chance alone orders is hardly ever refuted', () => {
    // A linear congruential stream: normal enough as a sum of twelve.
    let state = 1;
    const uniform = (): number => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const normal = (): number => Array.from({ length: 12 }, uniform).reduce((a, b) => a + b, -6);
    const trials = Array.from({ length: 300 }, () => {
      const designs = Array.from({ length: 10 }, (_, i) => {
        const draws = Array.from({ length: 4 }, normal);
        const mean = draws.reduce((a, b) => a + b, 0) / 4;
        return judged(i, mean, Math.sqrt(draws.reduce((a, b) => a + (b - mean) ** 2, 0) / 3));
      });
      return rank(designs).holds;
    });
    expect(trials.filter((holds) => !holds).length / trials.length).toBeLessThan(0.12);
  });

  test('has a correlation from −1 to 1, whatever is measured', () => {
    const design = fc.record({ score: fc.integer({ min: 0, max: 5 }), mean: fc.integer({ min: 0, max: 5 }) });
    fc.assert(
      fc.property(fc.array(design, { maxLength: 12 }), (designs) => {
        const { spearman, told, pairs, reversed } = rank(designs.map((d) => judged(d.score, d.mean)));
        expect(Math.abs(spearman)).toBeLessThanOrEqual(1 + 1e-12);
        expect(2 * pairs).toBe(designs.length ** 2 - designs.length);
        expect(reversed).toBeLessThanOrEqual(told);
      }),
    );
  });
});
