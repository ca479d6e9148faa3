import { describe, expect, it } from 'vitest';
import { publishedTask } from '../../../bench/tasks.ts';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { exceeded } from '../../../server/src/cost/budget.ts';
import { certify } from '../../../server/src/search/bound/bound.ts';
import { search } from '../../../server/src/search/node/run-search.ts';
import type { SearchResult, SearchTask } from '../../../server/src/search/task.ts';
import { violations } from '../../../server/src/space/constraints.ts';
import { r50Task } from '../search-arbitrary.ts';

/** The result of a search, whose design the full analysis finds in the space, within the budget and with the score. */
async function checked(task: SearchTask): Promise<SearchResult> {
  const result = await search(task);
  if (result.kind === 'problem') throw new Error(result.message);
  const { costs, score } = analyse(result.backbone);
  const layers = task.budget.limits.find((l) => l.cost === 'layers')?.amount;
  expect(exceeded(costs, task.budget)).toEqual([]);
  expect(violations(result.backbone, task.space, layers)).toEqual([]);
  expect(task.estimator === 'exact' ? score.exact : score.fanIn).toBeCloseTo(result.score, 9);
  return result;
}

describe('the best design there is, found and proven', () => {
  it.each([0, 1, 2])('of the R50 task by the default search, seed %i', async (seed) => {
    const { proven, score, bound, gap } = await checked({ ...r50Task, seed });
    expect(score).toBeCloseTo(2095.199397417, 9);
    expect({ proven, bound, gap }).toEqual({ proven: true, bound: score, gap: 0 });
  });

  // proof.md's optima, which a program of its own found.
  it.each([
    ['S', 0, 2123.3831740931573],
    ['S', 7, 2123.3831740931573],
    ['M', 0, 2499.417322460266],
    ['M', 7, 2499.417322460266],
    ['L', 3, 2906.7121799633446],
  ] as const)('within the budget of MAE-DET-%s, seed %i', async (name, seed, optimum) => {
    const { proven, score, bound } = await checked({ ...publishedTask(name), seed, prove: true });
    expect(score).toBeCloseTo(optimum, 9);
    expect({ proven, bound }).toEqual({ proven: true, bound: score });
  });

  it('from the start alone: a design is checked by a search that evolves nothing', async () => {
    const task = { ...r50Task, evaluations: 1 };
    const better = await checked(task);
    expect(better).toMatchObject({ evaluations: 1, proven: true });
    expect(better.score).toBeCloseTo(2095.199397417, 9);
    const same = await checked({ ...task, start: better.backbone });
    expect(same).toMatchObject({ proven: true, score: better.score, backbone: better.backbone });
  });

  it('by the exact estimator, whose bound by fan-in is 0.2 % off', async () => {
    const result = await checked({ ...r50Task, estimator: 'exact' });
    expect(result).toMatchObject({ proven: true, gap: 0 });
    // The best by fan-in is no worse by it, and no search of this task knew a better one.
    expect(result.score).toBeCloseTo(2091.69057344598, 9);
    expect(certify({ ...r50Task, estimator: 'exact' })?.bound).toBeGreaterThan(1.0015 * result.score);
  });

  it('is not said where it is not known', async () => {
    const task = publishedTask('L');
    expect(await checked({ ...task, prove: false })).toMatchObject({ proven: false });
    // DeepMAD's score is no sum over groups.
    const other = { ...r50Task, objective: 'deepmad', evaluations: 5_000, prove: true };
    expect(await search(other)).toMatchObject({ kind: 'result', proven: false });
  });
});
