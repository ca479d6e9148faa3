import { afterEach, describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { type Backbone, group } from '../../server/src/backbone/backbone.ts';
import { type CostName, costOf, exceeded } from '../../server/src/cost/budget.ts';
import { runSearch, search } from '../../server/src/search/node/run-search.ts';
import { WorkerPool } from '../../server/src/search/node/worker-pool.ts';
import {
  ALGORITHMS,
  type SearchProblem,
  type SearchProgress,
  type SearchResult,
  type SearchTask,
} from '../../server/src/search/task.ts';
import { PoolExecutor } from '../../server/src/search/workers/pool-executor.ts';
import { violations } from '../../server/src/space/constraints.ts';
import { PRESETS } from '../../server/src/space/presets.ts';
import { backboneOf, square, structureCases } from '../golden/structures.ts';
import { r50Task } from './search-arbitrary.ts';

const WORKER = new URL('../../server/src/search/node/worker.ts', import.meta.url);
const quick: SearchTask = { ...r50Task, evaluations: 8_000 };

async function found(task: SearchTask): Promise<SearchResult> {
  const outcome = await runSearch(task);
  if (outcome.kind === 'problem') throw new Error(outcome.message);
  return outcome;
}

async function problem(task: SearchTask): Promise<SearchProblem> {
  const outcome = await runSearch(task);
  if (outcome.kind === 'result') throw new Error('expected a problem');
  return outcome;
}

function expectSound(result: SearchResult, task: SearchTask): void {
  const layers = task.budget.limits.find((l) => l.cost === 'layers')?.amount;
  const { costs, score } = analyse(result.backbone);
  expect(exceeded(costs, task.budget)).toEqual([]);
  expect(violations(result.backbone, task.space, layers)).toEqual([]);
  expect(result.costs).toEqual(costs);
  if (task.objective === 'multi-scale')
    expect(result.score).toBeCloseTo(task.estimator === 'exact' ? score.exact : score.fanIn, 8);
}

describe('a search', () => {
  it('finds a far better design within the budget and the space, and says from where', async () => {
    const result = await found(quick);
    expectSound(result, quick);
    expect(result.score).toBeGreaterThan(2000);
    expect(result.start.score).toBeCloseTo(analyse(quick.start).score.fanIn, 8);
    expect(result.start.repaired.map((v) => v.code)).toEqual(['grows-too-fast']);
    expect(result).toMatchObject({ evaluations: 8_000, stopped: 'done', seed: 0 });
  });

  it('gives the same answer for the same seed, and another for another', async () => {
    // A proof would end with the best there is, whatever the seed.
    const small = { ...quick, evaluations: 1_000, prove: false };
    const [a, b, c] = [await found(small), await found(small), await found({ ...small, seed: 1 })];
    expect(b.backbone).toEqual(a.backbone);
    expect(c.backbone).not.toEqual(a.backbone);
  });

  it.each<CostName>(['macs', 'thop', 'mmcv', 'tinynas', 'params', 'layers', 'memory'])(
    'holds a budget on %s',
    async (cost) => {
      const most = costOf(analyse(quick.start).costs, cost);
      const task: SearchTask = {
        ...quick,
        evaluations: 3_000,
        budget: { name: 'one', limits: [{ cost, amount: most }] },
      };
      const result = await found(task);
      expectSound(result, task);
      expect(result.score).toBeGreaterThan(result.start.score);
    },
  );

  it.each([
    ['exact', { estimator: 'exact' }],
    ['paper', { algorithm: 'paper' }],
    ['deepmad', { objective: 'deepmad' }],
    ['zen', { objective: 'zen' }],
    ['robust', { objective: 'robust' }],
    ['single-scale', { objective: 'single-scale' }],
    ['fine only', { coarseToFine: 0 }],
  ] as const)('holds the budget with %s', async (_, fields) => {
    const task = { ...quick, evaluations: 3_000, ...fields };
    const result = await found(task);
    expectSound(result, task);
    expect(result.score).toBeGreaterThan(result.start.score);
  });

  it('changes every group by the paper\u2019s rules too, the last one included', async () => {
    const result = await found({ ...quick, algorithm: 'paper' });
    result.backbone.groups.slice(1).forEach((g, i) => void expect(g).not.toEqual(quick.start.groups[i + 1]));
  });

  it.each(['MAE-DET-S', 'MAE-DET-M', 'MAE-DET-L'])(
    'scores at least as high as %s within what that costs',
    async (name) => {
      const published = structureCases.find((c) => c.name === name);
      const start: Backbone = backboneOf(published?.structure_info ?? [], square(480));
      const { costs, score } = analyse(start);
      const limits = (['tinynas', 'params', 'layers'] as const).map((cost) => ({ cost, amount: costOf(costs, cost) }));
      const small = {
        ...start,
        groups: start.groups.map((g, i) => (i === 0 ? g : { ...g, depth: 1, out: 64 * 2 ** i, btn: 32 })),
      };
      const task: SearchTask = { ...r50Task, space: PRESETS.paper, start: small, budget: { name, limits } };
      const result = await found(task);
      expectSound(result, task);
      expect(result.score).toBeGreaterThan(score.fanIn);
    },
  );

  it('repairs a start that is over the budget', async () => {
    const fat = {
      ...quick.start,
      groups: quick.start.groups.map((g) => ({ ...g, depth: g.block === 'conv' ? 1 : 30 })),
    };
    const task = { ...quick, start: fat };
    expectSound(await found(task), task);
  });

  it('keeps a max-pool, an odd kernel and an input that is no square', async () => {
    const start: Backbone = {
      ...quick.start,
      input: { channels: 3, height: 320, width: 480 },
      groups: [
        group({ block: 'conv', out: 32, kernel: 7, stride: 2 }),
        group({ block: 'maxpool', kernel: 3, stride: 2 }),
        group({ block: 'inverted', out: 64, btn: 256, kernel: 3, stride: 1, se: true }),
        group({
          block: 'basic',
          out: 128,
          btn: 64,
          kernel: 3,
          stride: 2,
          depth: 2,
          strided: 'first',
          shortcut: 'conv',
        }),
      ],
    };
    const task: SearchTask = {
      ...quick,
      evaluations: 2_000,
      start,
      budget: { name: 'p', limits: [{ cost: 'params', amount: 2e6 }] },
    };
    const result = await found(task);
    expectSound(result, task);
    expect(result.backbone.groups[1]).toEqual(start.groups[1]);
  });
});

describe('problems are values', () => {
  it('names the budget that no design can meet, and the least that is possible', async () => {
    const budget = {
      name: 'tight',
      limits: [
        { cost: 'layers', amount: 91 },
        { cost: 'params', amount: 1000 },
      ] as const,
    };
    const outcome = await problem({ ...quick, budget });
    expect(outcome).toMatchObject({ code: 'budget-impossible', budget: 'tight', cost: 'params', amount: 1000 });
    const least = outcome.code === 'budget-impossible' ? outcome.least : 0;
    expect(outcome.message).toContain(String(least));
    const limit = (amount: number) => ({
      ...quick,
      evaluations: 200,
      budget: { name: 't', limits: [{ cost: 'params' as const, amount }] },
    });
    expect((await found(limit(least))).costs.params).toBe(least);
    expect((await problem(limit(least - 1))).code).toBe('budget-impossible');
  });

  it('names a kernel that no move makes fit', async () => {
    const outcome = await problem({ ...quick, start: { ...quick.start, input: square(32) } });
    expect(outcome).toMatchObject({
      code: 'start-breaks-space',
      violations: [2, 3, 4, 5].map((group) => ({ group, code: 'kernel-too-large' })),
    });
  });

  it('names a setting that makes no sense', async () => {
    expect(await problem({ ...quick, evaluations: 0.5 })).toMatchObject({ code: 'bad-task' });
    expect((await problem({ ...quick, population: Number.NaN })).message).toContain('population');
    expect((await problem({ ...quick, plateau: 0 })).message).toContain('plateau');
    expect((await problem({ ...quick, timeLimit: 0 })).message).toContain('time limit');
    const goal = { kind: 'minimise', cost: 'macs', score: Number.NaN } as const;
    expect((await problem({ ...quick, goal })).message).toContain('score to hold');
  });
});

describe('a search in processes', () => {
  const pools: WorkerPool[] = [];
  const poolOf = (worker: URL): WorkerPool => {
    const pool = new WorkerPool(worker);
    pools.push(pool);
    return pool;
  };
  afterEach(() => {
    for (const pool of pools.splice(0)) pool.close();
  });

  it('gives the same answer with 1, 2 and 4 of them as in this one', async () => {
    const here = await found(quick);
    const pool = poolOf(WORKER);
    for (const workers of [1, 2, 4]) {
      const there = await runSearch({ ...quick, workers }, { pool });
      expect(there).toMatchObject({ backbone: here.backbone, score: here.score, evaluations: here.evaluations });
    }
  });

  it('stops within 200 ms of its cancellation, with the best so far', async () => {
    const controller = new AbortController();
    let asked = 0;
    const onProgress = () => {
      asked = performance.now();
      controller.abort();
    };
    const endless = { ...quick, evaluations: 1e9 };
    const outcome = await runSearch(endless, { pool: poolOf(WORKER), onProgress, signal: controller.signal });
    expect(performance.now() - asked).toBeLessThan(200);
    expect(outcome).toMatchObject({ kind: 'result', stopped: 'cancelled' });
    if (outcome.kind === 'result') expectSound(outcome, endless);
  });

  it('reports progress at most five times a second', async () => {
    const seen: SearchProgress[] = [];
    const result = await found({ ...quick, evaluations: 1e9, timeLimit: 1 });
    expect(result.stopped).toBe('time');
    const outcome = await runSearch(
      { ...quick, evaluations: 1e9, timeLimit: 1 },
      { onProgress: (p) => void seen.push(p) },
    );
    expect(outcome.kind).toBe('result');
    expect(seen.length).toBeGreaterThan(0);
    seen.slice(1).forEach((p, i) => void expect(p.seconds - (seen[i]?.seconds ?? 0)).toBeGreaterThanOrEqual(0.2));
  });

  it.each(['SIGKILL', 'SIGTRAP', 'SIGTERM'] as const)(
    'replaces a worker that ends by %s, and the answer stays',
    async (signal) => {
      const pool = poolOf(WORKER);
      const executor = new PoolExecutor(pool, 2);
      let deaths = 0;
      const onState = () => {
        const [pid] = pool.pids.slice(deaths % 2);
        if (pid !== undefined && deaths++ < 2) process.kill(pid, signal);
      };
      const outcome = await search(quick, { executor, onState });
      await executor.close();
      expect(deaths).toBeGreaterThan(2);
      expect(outcome).toMatchObject({ kind: 'result', backbone: (await found(quick)).backbone });
    },
  );

  it('says so when workers cannot be started at all', async () => {
    const outcome = await runSearch(quick, { pool: poolOf(new URL('no-such-worker.ts', WORKER)) });
    expect(outcome).toMatchObject({ kind: 'problem', code: 'worker-failed' });
  });

  it.each(ALGORITHMS)('stops on a plateau and at its time limit, minimises too: %s', async (algorithm) => {
    const endless: SearchTask = { ...quick, algorithm, evaluations: 1e9, plateau: 50_000 };
    const result = await found(endless);
    expect(result.stopped).toBe('plateau');
    expect(result.evaluations).toBeLessThan(1e8);
    const goal = { kind: 'minimise', cost: 'params', score: 1700 } as const;
    const least = await found({ ...endless, goal });
    expect(least.stopped).toBe('plateau');
    expect(least.score).toBeGreaterThanOrEqual(1700);
    expect(least.costs.params).toBeLessThan(0.5 * result.costs.params);
    expect(least.gap).toBeLessThan(0.1);
    const short = await found({ ...quick, algorithm, goal, evaluations: 1e9, timeLimit: 0.05 });
    expect(short.stopped).toBe('time');
    expect(short.seconds).toBeGreaterThanOrEqual(0.05);
  });
});
