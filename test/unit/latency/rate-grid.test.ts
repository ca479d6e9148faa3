import { describe, expect, test } from 'vitest';
import { type Place, RateGrid } from '../../../server/src/latency/rate-grid.ts';

const point = (place: Place, log: number) => ({ place, log });
const grid = new RateGrid([point([0, 0, 0], 1), point([2, 0, 0], 3), point([0, 4, 0], 5), point([2, 4, 0], 7)]);

describe('rates between timed places', () => {
  test.each<[string, Place, number, boolean]>([
    ['at a point its own rate', [2, 4, 0], 7, false],
    ['half way in one logarithm the mean', [1, 0, 0], 2, false],
    ['a quarter of the way in two', [0.5, 1, 0], 2.5, false],
    ['beyond the edge its rate, and it is told', [3, 0, 0], 3, true],
    ['before the edge too', [0, -1, 0], 1, true],
    ['an axis with one value is beyond elsewhere', [0, 0, 1], 1, true],
  ])('%s', (_, place, log, outside) => {
    const rate = grid.at(place);
    expect(rate.log).toBeCloseTo(log, 12);
    expect(rate.outside).toBe(outside);
  });

  test('a corner that was not timed has the rate of the nearest', () => {
    const holed = new RateGrid([point([0, 0, 0], 1), point([2, 0, 0], 3), point([0, 4, 0], 5)]);
    expect(holed.at([2, 4, 0]).log).toBe(5);
  });
});
