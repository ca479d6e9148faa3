import { describe, expect, it } from 'vitest';
import { type CostName, costOf } from '../../../server/src/cost/budget.ts';
import { withLimit } from '../../../server/src/search/frontier.ts';
import { runSearch } from '../../../server/src/search/node/run-search.ts';
import { proveFront } from '../../../server/src/search/proven-front.ts';
import { type FrontPoint, isResult, type SearchTask } from '../../../server/src/search/task.ts';
import { optimumOf } from '../bound/enumerate.ts';
import { bottleneck, type Case, conv, pool, taskOf } from '../bound/small-tasks.ts';

const FRONTS: readonly (Case & { readonly pareto: readonly CostName[] })[] = [
  { name: 'one cost', groups: [conv(2), bottleneck], limits: { params: 20_000 }, pareto: ['params'] },
  { name: 'two costs', groups: [conv(2), bottleneck], limits: { macs: 3e6, layers: 7 }, pareto: ['params', 'macs'] },
  { name: 'memory', groups: [conv(2), pool, bottleneck], limits: { params: 9_000, layers: 7 }, pareto: ['memory'] },
];
/** Few enough that evolution misses most of the front. */
const EVALUATIONS = 60;

describe('every point of a proven front is the best of all designs at no more of its costs', () => {
  it.each(FRONTS)('$name', async ({ pareto, ...entry }) => {
    const task: SearchTask = { ...taskOf(entry), pareto, evaluations: EVALUATIONS, workers: 1 };
    const result = await runSearch(task);
    if (!isResult(result) || result.front === undefined) throw new Error('a search with a front');
    const { points, complete } = await proveFront(task, result.front, (point) => runSearch(point));
    expect(complete).toBe(true);
    expect(points.length).toBeGreaterThan(2);
    for (const point of points) {
      const limited = pareto.reduce<SearchTask>((t, cost) => withLimit(t, cost, costOf(point.costs, cost)), task);
      expect(point).toMatchObject({ proven: true });
      expect(point.score).toBeCloseTo(optimumOf(limited)?.value ?? Number.NaN, 9);
      expect(point.bound).toBeCloseTo(point.score, 9);
    }
    // Nothing that evolution had found is lost.
    const costsOf = ({ costs }: FrontPoint): number[] => pareto.map((cost) => costOf(costs, cost));
    for (const old of result.front) {
      const [most, least] = [costsOf(old), old.score - 1e-9];
      expect(points.some((p) => p.score >= least && costsOf(p).every((c, i) => c <= (most[i] ?? 0)))).toBe(true);
    }
  });
});
