import { describe, expect, test } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { costOf } from '../../server/src/cost/budget.ts';
import { search } from '../../server/src/search/node/run-search.ts';
import type { SearchResult } from '../../server/src/search/task.ts';
import { r50Task } from './search-arbitrary.ts';

async function resultWith(leaders?: number): Promise<SearchResult> {
  const result = await search({ ...r50Task, evaluations: 4000 }, leaders === undefined ? {} : { leaders });
  if (result.kind === 'problem') throw new Error(result.message);
  return result;
}

describe('the leaders of a search', () => {
  test('are the best different designs that it ended with, the answer first, within the budget', async () => {
    const { leaders = [], ...result } = await resultWith(10);
    expect(leaders).toHaveLength(10);
    expect(leaders[0]).toEqual({ score: result.score, backbone: result.backbone });
    expect(leaders.map((l) => l.score)).toEqual(leaders.map((l) => l.score).toSorted((a, b) => b - a));
    expect(new Set(leaders.map((l) => JSON.stringify(l.backbone))).size).toBe(10);
    for (const { score, backbone } of leaders) {
      const { score: scores, costs } = analyse(backbone);
      expect(score).toBeCloseTo(scores.fanIn, 8);
      for (const { cost, amount } of r50Task.budget.limits) expect(costOf(costs, cost)).toBeLessThanOrEqual(amount);
    }
  });

  test('are no more than the population has, and none when nobody asks', async () => {
    const { leaders = [] } = await resultWith(100_000);
    expect(leaders.length).toBeGreaterThan(10);
    expect(leaders.length).toBeLessThanOrEqual(r50Task.population);
    expect(await resultWith()).not.toHaveProperty('leaders');
  });
});
