import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { wholeCosts } from '../../server/src/analysis/whole-costs.ts';
import type { Backbone } from '../../server/src/backbone/backbone.ts';
import { type CostName, costOf, exceeded } from '../../server/src/cost/budget.ts';
import type { Downstream, SomeCosts } from '../../server/src/cost/downstream.ts';
import { limitedCosts } from '../../server/src/cost/registry.ts';
import { search } from '../../server/src/search/node/run-search.ts';
import type { SearchProblem, SearchResult, SearchTask } from '../../server/src/search/task.ts';
import { isResult } from '../../server/src/search/task.ts';
import { isNoHeavier, sharedPoints, type VariantPoint, variants } from '../../server/src/search/variants.ts';
import { optimumOf } from './bound/enumerate.ts';
import { behind, bottleneck, conv, taskOf } from './bound/small-tasks.ts';
import { downstreamsOf } from './downstreams.ts';
import { backbones } from './search-arbitrary.ts';

const LIMITED: readonly CostName[] = limitedCosts().filter((cost) => cost !== 'rho');

/** The same with some of all that it costs. */
function lighterBy(downstream: Downstream, share: number): Downstream {
  const some = (costs: SomeCosts): SomeCosts =>
    Object.fromEntries(Object.entries(costs).map(([name, amount]) => [name, Math.floor(amount * share)]));
  return {
    ...downstream,
    costs: some(downstream.costs),
    perChannel: downstream.perChannel.map(({ group, adds }) => ({ group, adds: some(adds) })),
    alive: downstream.alive.map(({ one, perChannel }) => ({
      one: Math.floor(one * share),
      perChannel: perChannel.map(({ group, adds }) => ({ group, adds: Math.floor(adds * share) })),
    })),
  };
}

describe('a downstream that is no heavier', () => {
  test('makes no design cost more', () => {
    let heavier = 0;
    const tried = backbones.chain((start) =>
      fc.record({
        start: fc.constant(start),
        a: downstreamsOf(start),
        b: downstreamsOf(start),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        limited: fc.subarray([...LIMITED]),
      }),
    );
    fc.assert(
      fc.property(tried, ({ start, a, b, share, limited }) => {
        const lighter = lighterBy(b, share);
        expect(isNoHeavier(lighter, b, limited)).toBe(true);
        for (const [one, other] of [
          [lighter, b],
          [a, b],
          [b, a],
        ] as const) {
          if (!isNoHeavier(one, other, limited)) continue;
          heavier += 1;
          const [less, more] = [wholeCosts(start, one), wholeCosts(start, other)];
          for (const cost of limited) expect(costOf(less, cost)).toBeLessThanOrEqual(costOf(more, cost));
        }
      }),
      { numRuns: 100 },
    );
    expect(heavier).toBeGreaterThan(100);
  });

  test('reads and keeps the same', () => {
    const base = behind([1], { params: 10 });
    expect(isNoHeavier(base, { ...base, kept: [1] }, ['params'])).toBe(false);
    expect(isNoHeavier(base, { ...base, reads: [0, 1] }, ['params'])).toBe(false);
    expect(isNoHeavier(base, behind([1], { params: 10 }, { macs: -5 }), ['params'])).toBe(true);
    expect(isNoHeavier(base, behind([1], { params: 10 }, { macs: -5 }), ['params', 'macs'])).toBe(false);
  });
});

const start: Backbone = taskOf({ groups: [conv(2), bottleneck], limits: {} }).start;
const point = (params: number, score?: number, bound?: number, proven = false): VariantPoint => ({
  values: { out: params },
  downstream: behind([1], {}, { params }),
  proven,
  ...(score === undefined ? {} : { best: { score, backbone: start, costs: analyse(start).costs } }),
  ...(bound === undefined ? {} : { bound }),
});

describe('what one search knows', () => {
  test('holds for the others: designs before lighter ones, bounds before heavier ones', () => {
    const known = sharedPoints(
      [point(9, 10, 30), point(4, 12, 14), point(5, 9, 20), point(2, 15, 15, true)],
      ['params'],
    );
    expect(known.map(({ best }) => best?.score)).toEqual([10, 12, 10, 15]);
    expect(known.map(({ bound }) => bound)).toEqual([14, 14, 14, 15]);
    expect(known.map(({ proven }) => proven)).toEqual([false, false, false, true]);
    const { params } = analyse(start).costs;
    expect(known.slice(1).map(({ best }) => best?.costs.params)).toEqual([params, params + 5, params]);
  });

  test('proves a design that reaches the bound of a lighter one', () => {
    const [first] = sharedPoints([point(9, 14, 30), point(4, 12, 14)], ['params']);
    expect(first).toMatchObject({ bound: 14, proven: true });
  });

  test('is nothing where no design is', () =>
    expect(sharedPoints([point(9), point(10, 5)], ['params']).map(({ best }) => best?.score)).toEqual([5, 5]));
});

const task: SearchTask = {
  ...taskOf({ groups: [conv(2), bottleneck], limits: { params: 30_000 } }),
  evaluations: 2000,
  population: 32,
};
const AMOUNTS = [20_000, 12_000, 16_000, 0];
const TRIED = AMOUNTS.map((params) => ({
  values: { out: params },
  downstream: behind([1], { params: params / 400 }, { params }),
}));
const [WRITTEN, ...LIGHTER] = TRIED;

async function resultOf(of: SearchTask): Promise<SearchResult> {
  const outcome = await search(of);
  if (!isResult(outcome)) throw new Error(outcome.message);
  return outcome;
}

async function varied(
  run: typeof search,
  more: Partial<SearchTask> = {},
  told: (point: VariantPoint) => void = () => {},
) {
  if (WRITTEN === undefined) throw new Error('one is written');
  const own = { ...task, ...more, downstream: WRITTEN.downstream };
  return variants(own, { ...WRITTEN, result: await resultOf(own) }, LIGHTER, run, told);
}

describe('the variants of a space that is small enough to look at', () => {
  it('are each the best before its downstream', async () => {
    const told: unknown[] = [];
    const { points, complete } = await varied(search, {}, ({ values }) => told.push(values['out']));
    expect(complete).toBe(true);
    expect(told).toEqual(AMOUNTS.slice(1));
    expect(points.map(({ values }) => values['out'])).toEqual(AMOUNTS);
    for (const { downstream, best, bound, proven } of points) {
      const own = { ...task, downstream };
      const optimum = optimumOf(own)?.value ?? Number.NaN;
      expect(best?.score).toBeCloseTo(optimum, 9);
      expect(bound).toBeCloseTo(optimum, 9);
      expect(proven).toBe(true);
      if (best === undefined) continue;
      expect(best.costs).toEqual(wholeCosts(best.backbone, downstream));
      expect(exceeded(best.costs, task.budget)).toEqual([]);
    }
  });

  it('have no fronts of their own', async () => {
    const asked: SearchTask[] = [];
    await varied(
      (own) => {
        asked.push(own);
        return search(own);
      },
      { pareto: ['params'] },
    );
    expect(asked.map(({ pareto }) => pareto)).toEqual([undefined, undefined, undefined]);
  });
});

describe('they end', () => {
  const problem = (code: 'bad-task' | 'cancelled'): SearchProblem => ({ kind: 'problem', code, message: code });

  it.each([
    ['a problem', problem('bad-task'), { problem: { code: 'bad-task' } }],
    ['a cancelled search', problem('cancelled'), {}],
  ])('with the points before %s', async (_, outcome, rest) => {
    let count = 0;
    const found = await varied((own) => {
      count += 1;
      return count === 2 ? Promise.resolve(outcome) : search(own);
    });
    expect(found).toMatchObject({ complete: false, points: [{ values: WRITTEN?.values }, {}], ...rest });
    expect(found.points).toHaveLength(2);
  });

  it('without a design where the budget allows none', async () => {
    const impossible: SearchProblem = {
      ...{ kind: 'problem', code: 'budget-impossible', message: '', budget: 'b', cost: 'params' },
      ...{ amount: 1, least: 2, looked: false },
    };
    const heavy = { values: { out: 1e9 }, downstream: behind([1], {}, { params: 1e9 }) };
    if (WRITTEN === undefined) throw new Error('one is written');
    const own = { ...task, downstream: WRITTEN.downstream };
    const found = await variants(own, { ...WRITTEN, result: await resultOf(own) }, [heavy], () =>
      Promise.resolve(impossible),
    );
    expect(found.complete).toBe(true);
    expect(found.points[1]).not.toHaveProperty('best');
  });
});
