import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { exceeded } from '../../server/src/cost/budget.ts';
import {
  type FrontierPoint,
  frontier,
  geometricLimits,
  kneeOf,
  shared,
  withLimit,
} from '../../server/src/search/frontier.ts';
import { search } from '../../server/src/search/node/run-search.ts';
import type { SearchProblem, SearchTask } from '../../server/src/search/task.ts';
import { optimumOf } from './bound/enumerate.ts';
import { CASES, taskOf } from './bound/small-tasks.ts';
import { r50Task } from './search-arbitrary.ts';

const { start: BACKBONE } = r50Task;
const point = (limit: number, score?: number, bound?: number, proven = false): FrontierPoint => ({
  limit,
  proven,
  ...(score === undefined ? {} : { best: { score, backbone: { ...BACKBONE, name: `of ${limit}` } } }),
  ...(bound === undefined ? {} : { bound }),
});

describe('limits', () => {
  test('are the same factor apart and begin and end where they were asked to', () => {
    expect(geometricLimits(1, 16, 5, false)).toEqual([1, 2, 4, 8, 16]);
    const ends = fc.record({
      from: fc.integer({ min: 1, max: 1e9 }),
      more: fc.integer({ min: 1, max: 1e12 }),
      whole: fc.boolean(),
    });
    fc.assert(
      fc.property(ends, ({ from, more, whole }) => {
        const limits = geometricLimits(from, from + more, 20, whole);
        expect([limits[0], limits.at(-1)]).toEqual([from, from + more]);
        expect(limits).toEqual([...new Set(limits)].toSorted((a, b) => a - b));
        if (whole) expect(limits.every(Number.isInteger)).toBe(true);
        else expect(limits).toHaveLength(20);
      }),
    );
  });

  test('that are whole and few are fewer', () => {
    expect(geometricLimits(8, 12, 20, true)).toEqual([8, 9, 10, 11, 12]);
  });

  test('take the place of those of the budget, all others stay', () => {
    const limits = [...r50Task.budget.limits, { cost: 'tinynas', amount: 1e9 }];
    const task = { ...r50Task, budget: { name: 'two', limits } };
    const layers = { cost: 'layers', amount: 91 };
    expect(withLimit(task, 'tinynas', 5e9).budget).toEqual({
      name: 'two',
      limits: [layers, { cost: 'tinynas', amount: 5e9 }],
    });
    expect(withLimit({ ...task, budget: { name: '', limits: [] } }, 'macs', 5e9).budget).toEqual({
      name: 'macs',
      limits: [{ cost: 'macs', amount: 5e9 }],
    });
  });
});

describe('what one search knows', () => {
  test('holds for the others: designs upwards, bounds downwards', () => {
    const points = [
      point(1, 10, 30),
      point(2, 9, 20),
      point(3),
      point(4, 12, 14),
      point(5, 11, 16),
      point(6, 16, 16, true),
    ];
    const known = shared(points);
    expect(known.map(({ best }) => best?.score)).toEqual([10, 10, 10, 12, 12, 16]);
    expect(known.map(({ bound }) => bound)).toEqual([14, 14, 14, 14, 16, 16]);
    expect(known[1]?.best?.backbone.name).toBe('of 1');
    expect(known.map(({ proven }) => proven)).toEqual([false, false, false, false, false, true]);
  });

  test('proves a design that reaches the bound of a larger limit', () => {
    const known = shared([point(1, 10, 12), point(2, 9, 10)]);
    expect(known.map(({ proven, bound }) => [proven, bound])).toEqual([
      [true, 10],
      [true, 10],
    ]);
  });

  test('is nothing where no design is', () => {
    expect(shared([point(1), point(2, 5)])).toEqual([point(1), point(2, 5)]);
  });
});

describe('the knee', () => {
  test.each([
    // The chord's slope is 2; that of the third point is 0.9.
    [[point(1, 0), point(2, 6.1), point(3, 7), point(4, 6 + 0)], 2],
    [[point(1, 0), point(2, 1), point(3, 2)], undefined],
    [[point(1), point(2, 0), point(3, 10), point(10, 11)], 3],
    [[point(1, 5)], undefined],
    [[], undefined],
    [[point(1), point(2)], undefined],
  ])('%#', (points, knee) => expect(kneeOf(points)).toBe(knee));

  test('of a curve that bends is where its slope falls below half of the chord’s', () => {
    // √x from 0 to 100: slopes between 1/(√a + √b); the chord's is 0.1, its half is reached where √a + √b > 20.
    const points = Array.from({ length: 11 }, (_, i) => point(i * i, i));
    expect(kneeOf(points)).toBe(undefined);
    // log x: 1/x against log(100)/99.
    const logs = [1, 10, 20, 40, 60, 80, 100].map((x) => point(x, Math.log(x)));
    expect(kneeOf(logs)).toBe(logs.findIndex(({ limit }) => limit === 60));
  });
});

describe('the frontier of spaces that are small enough to look at', () => {
  it.each(CASES.filter(({ goal }) => goal === undefined).slice(0, 5))('$name', async (entry) => {
    const task: SearchTask = { ...taskOf(entry), evaluations: 2000, population: 32 };
    const { amount = Number.NaN } = task.budget.limits.find(({ cost }) => cost === 'params') ?? {};
    const limits = geometricLimits(0.3 * amount, amount, 5, false);
    const told: number[] = [];
    const { points, complete } = await frontier(task, 'params', limits, search, ({ limit }) => told.push(limit));
    expect(complete).toBe(true);
    expect(told).toEqual(limits);
    expect(points.at(-1)).toHaveProperty('best');
    for (const { limit, best, bound, proven } of points) {
      const within = withLimit(task, 'params', limit);
      const optimum = optimumOf(within)?.value ?? Number.NaN;
      if (Number.isNaN(optimum)) {
        expect({ limit, best, bound, proven }).toEqual({ limit, proven: false });
        continue;
      }
      expect(best?.score).toBeCloseTo(optimum, 9);
      expect(bound).toBeCloseTo(optimum, 9);
      expect(proven).toBe(true);
      if (best === undefined) continue;
      expect(exceeded(analyse(best.backbone).costs, within.budget)).toEqual([]);
    }
  });
});

describe('a frontier ends', () => {
  const limits = [1e9, 2e9, 4e9];
  const task = { ...r50Task, evaluations: 200, population: 16, prove: false };
  const problem = (code: 'bad-task' | 'cancelled'): SearchProblem => ({ kind: 'problem', code, message: code });

  it('without a point for a limit that no design meets, and says why where that is all', async () => {
    const few = await frontier(task, 'tinynas', [1000, 4e9], search);
    expect(few).toMatchObject({ complete: true, points: [{ limit: 1000, proven: false }, { limit: 4e9 }] });
    expect(few.points[0]).not.toHaveProperty('best');
    expect(few).not.toHaveProperty('problem');
    const none = await frontier(task, 'tinynas', [1000, 2000], search);
    expect(none).toMatchObject({ complete: true, problem: { code: 'budget-impossible', amount: 2000 } });
  });

  it.each([
    ['a problem', problem('bad-task'), { problem: { code: 'bad-task' } }],
    ['a cancelled search', problem('cancelled'), {}],
  ])('with the points before %s', async (_, outcome, rest) => {
    let count = 0;
    const run = (of: SearchTask) => {
      count += 1;
      return count === 3 ? Promise.resolve(outcome) : search(of);
    };
    const found = await frontier(task, 'tinynas', limits, run);
    expect(found).toMatchObject({ complete: false, points: [{ limit: 1e9 }, { limit: 2e9 }], ...rest });
  });
});
