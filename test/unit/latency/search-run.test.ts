import { expect, test } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { costOf } from '../../../server/src/cost/budget.ts';
import { readCheckpoint, writeCheckpoint } from '../../../server/src/search/checkpoint.ts';
import { runSearch } from '../../../server/src/search/node/run-search.ts';
import { WorkerPool } from '../../../server/src/search/node/worker-pool.ts';
import type { SearchState } from '../../../server/src/search/run.ts';
import { withProfiles } from '../../../server/src/search/watched.ts';
import { r50Task } from '../search-arbitrary.ts';
import { registerToy } from '../toy-profile.ts';

const WORKER = new URL('../../../server/src/search/node/worker.ts', import.meta.url);
const toy = registerToy();
const amount = 0.8 * costOf(analyse(r50Task.start).costs, toy);
const limits = [...r50Task.budget.limits, { cost: toy, amount }];
const task = { ...r50Task, budget: { name: 'ms', limits }, evaluations: 300_000, prove: false };

test('workers that have no file find the same design within its milliseconds', async () => {
  const here = await runSearch(task);
  const pool = new WorkerPool(WORKER);
  const there = await runSearch({ ...task, workers: 2 }, { pool });
  pool.close();
  if (here.kind === 'problem' || there.kind === 'problem') throw new Error('both have a result');
  expect(there.backbone).toEqual(here.backbone);
  expect(there.bound).toBe(here.bound);
  expect(costOf(here.costs, toy)).toBeLessThanOrEqual(amount);
  expect(here.score).toBeLessThanOrEqual(here.bound ?? 0);
});

test('a checkpoint is of one profile', () => {
  const own = withProfiles(task);
  const state: SearchState = { epoch: 0, seconds: 0, islands: [] };
  const other = { ...own, profiles: (own.profiles ?? []).map((p) => ({ ...p, profile: { ...p.profile, factor: 2 } })) };
  expect(readCheckpoint(writeCheckpoint(own, state), other)).toEqual({
    wrong: 'it belongs to another search: profiles differs',
  });
});
