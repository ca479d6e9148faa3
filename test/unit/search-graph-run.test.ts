import { afterEach, describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import type { Backbone } from '../../server/src/backbone/backbone.ts';
import { costOf, exceeded, type Limit } from '../../server/src/cost/budget.ts';
import { resultText } from '../../server/src/features/search-report.ts';
import { printBackbone } from '../../server/src/language/print.ts';
import { readCheckpoint, writeCheckpoint } from '../../server/src/search/checkpoint.ts';
import { runSearch, search } from '../../server/src/search/node/run-search.ts';
import { WorkerPool } from '../../server/src/search/node/worker-pool.ts';
import type { SearchState } from '../../server/src/search/run.ts';
import { DEFAULT_TASK, isResult, type SearchResult, type SearchTask } from '../../server/src/search/task.ts';
import { violations } from '../../server/src/space/constraints.ts';
import { PRESETS } from '../../server/src/space/presets.ts';
import { tiesOf } from '../../server/src/space/ties.ts';
import { ClosedScorer } from './closed-scorer.ts';
import { backboneIn, example, GRAPHS, TIED, TWO } from './search-graphs.ts';

const WORKER = new URL('../../server/src/search/node/worker.ts', import.meta.url);

/** A search within shares of what the start costs. */
function within(start: Backbone, shares: Readonly<Record<string, number>>, fields: Partial<SearchTask> = {}) {
  const { costs } = analyse(start);
  const limits = Object.entries(shares).map(([cost, share]): Limit => ({ cost, amount: share * costOf(costs, cost) }));
  return { ...DEFAULT_TASK, start, budget: { name: 'own', limits }, evaluations: 4_000, ...fields } as SearchTask;
}

/** Twice its layers, so that the space allows the depths that it has. */
const quick = within(TIED, { macs: 1, params: 1, layers: 2 });

async function found(task: SearchTask): Promise<SearchResult> {
  const outcome = await runSearch(task);
  if (!isResult(outcome)) throw new Error(outcome.message);
  return outcome;
}

/** The text of a design, read again and analysed afresh, is what the search says of it. */
function expectSound(result: SearchResult, task: SearchTask): void {
  const design = backboneIn(printBackbone(result.backbone));
  const { costs, score } = analyse(design);
  expect(exceeded(costs, task.budget)).toEqual([]);
  expect(result.costs).toEqual(costs);
  if (task.objective === 'deepmad') expect(result.score).toBeCloseTo(score.deepmad, 6);
  if (task.objective === 'multi-scale')
    expect(result.score).toBeCloseTo(task.estimator === 'exact' ? score.exact : score.fanIn, 8);
  const layers = task.budget.limits.find((l) => l.cost === 'layers')?.amount;
  expect(violations(design, task.space, layers)).toEqual([]);
  for (const members of tiesOf(task.start).members)
    expect(new Set(members.map((m) => design.groups[m]?.out)).size).toBeLessThan(2);
  expect(design.wiring).toEqual(task.start.wiring);
}

describe('a search from a graph, or from blocks that branch', () => {
  it.each(GRAPHS)('finds a better design within the costs of the start: %s', async (_, start, space) => {
    const task = within(start, { macs: 1, params: 1, layers: 1 }, { space, evaluations: 8_000 });
    const result = await found(task);
    expectSound(result, task);
    // What the space's limit on depths takes from the start has to be made up for first.
    const begun = result.start.repaired.length === 0 || start.name === 'spinenet49' ? result.start.score : -Infinity;
    expect(result.score).toBeGreaterThan(begun);
    expect([result.bound, result.gap]).toEqual([undefined, undefined]);
  });

  it.each([
    ['exact', { estimator: 'exact', evaluations: 400 }],
    ['paper', { algorithm: 'paper' }],
    ['deepmad', { objective: 'deepmad' }],
    ['single-scale', { objective: 'single-scale' }],
    ['fine only', { coarseToFine: 0 }],
    ['other types of blocks', { space: PRESETS.paper }],
    ['a front', { pareto: ['macs', 'rho', 'memory'] }],
  ] as const)('holds budget, space and ties with %s', async (_, fields) => {
    const task = { ...quick, ...fields };
    const result = await found(task);
    expectSound(result, task);
    expect(result.score).toBeGreaterThan(result.start.score);
    for (const { backbone, score, costs } of result.front ?? []) {
      expectSound({ ...result, backbone, score, costs }, task);
    }
    if ('pareto' in fields) expect(result.front?.length).toBeGreaterThan(3);
  });

  it.each(['macs', 'thop', 'mmcv', 'tinynas', 'params', 'memory', 'activations', 'rho'])(
    'shrinks a start that is over its budget on %s',
    async (cost) => {
      for (const start of [TWO, TIED]) {
        const task = within(start, { [cost]: 0.8, layers: 1 }, { evaluations: 1_000 });
        expectSound(await found(task), task);
      }
    },
  );

  it('minimises a cost at the score of the start', async () => {
    for (const cost of ['params', 'memory', 'rho']) {
      const { score, costs } = analyse(TIED);
      const task = within(TIED, { layers: 2 }, { goal: { kind: 'minimise', cost, score: score.fanIn } });
      const result = await found(task);
      expectSound(result, task);
      expect(result.score).toBeGreaterThanOrEqual(score.fanIn);
      expect(costOf(result.costs, cost)).toBeLessThan(costOf(costs, cost));
    }
  });

  it('changes widths, depths and kernels, and leaves wires and what channel groups divide', async () => {
    const { backbone } = await found({ ...quick, budget: { name: 'wide', limits: [{ cost: 'macs', amount: 1e9 }] } });
    const changed = (field: 'out' | 'btn' | 'kernel' | 'depth') =>
      backbone.groups.filter((g, i) => g[field] !== TIED.groups[i]?.[field]).length;
    for (const field of ['out', 'btn', 'kernel', 'depth'] as const) expect(changed(field)).toBeGreaterThan(0);
    const grouped = backbone.groups.find(({ groups }) => groups > 1);
    expect(grouped).toMatchObject({ btn: 40, groups: 4 });
  });

  it('keeps a kernel of its own as a choice beside 3 and 5', async () => {
    const task = within(example('detnas_3_8g'), { macs: 0.9 }, { space: PRESETS.paper, evaluations: 3_000 });
    const { backbone } = await found(task);
    const own = new Set(backbone.groups.flatMap((g, i) => (task.start.groups[i]?.kernel === 7 ? [g.kernel] : [])));
    expect([...own].sort()).toEqual([3, 5, 7]);
    for (const [i, g] of backbone.groups.entries()) if (g.kernel === 7) expect(task.start.groups[i]?.kernel).toBe(7);
  });

  it('shortens what is over its budget where no width may change', async () => {
    const start = backboneIn(`backbone fixed {
      input 3 x 64 x 64
      stem     conv(out: 16, k: 3, s: 2)
             + shuffle(out: 16, k: 3, s: 1) x 3
      stage C2 shuffle(out: 40, k: 5, s: 2) x 4
      stage C3 xception(out: 96, k: 3, s: 2) x 4
    }`);
    const task = within(start, { macs: 0.7 }, { evaluations: 500 });
    const result = await found(task);
    expectSound(result, task);
    expect(result.backbone.groups.map(({ out }) => out)).toEqual([16, 16, 40, 96]);
  });

  it('says that no bound is known, and for what', async () => {
    for (const [task, unknown] of [
      [quick, 'a graph'],
      [within(GRAPHS[4]?.[1] ?? TIED, { macs: 1 }, { space: PRESETS.paper }), 'blocks that branch'],
    ] as const)
      expect(resultText('x', task, await found(task))).toContain(`; no bound is known for ${unknown}; `);
  });

  it('refuses what is not defined there, with the reason', async () => {
    const refused = async (task: SearchTask): Promise<string> => {
      const outcome = await search(task, { scorer: new ClosedScorer({ ...quick, start: TWO }) });
      return isResult(outcome) ? 'found' : outcome.message;
    };
    expect(await refused({ ...quick, objective: 'zen-measured', evaluations: 50, population: 8 })).toMatch(
      /^sums has nodes or blocks that branch, and a Zen-Score is defined for chains only/,
    );
    expect(await refused({ ...quick, algorithm: 'exact' })).toMatch(/^algorithm exact solves a relaxation, and none/);
  });

  it('refuses a budget that nothing meets, with the least that is possible', async () => {
    const outcome = await runSearch({ ...quick, budget: { name: 'b', limits: [{ cost: 'params', amount: 2_000 }] } });
    expect(outcome).toMatchObject({ code: 'budget-impossible', cost: 'params', looked: false });
    const rho = await runSearch({ ...quick, budget: { name: 'b', limits: [{ cost: 'rho', amount: 0.001 }] } });
    expect(rho).toMatchObject({ code: 'budget-impossible', cost: 'rho', looked: true });
  });
});

describe('SpineNet-49 within its own macs and params', () => {
  const own = example('spinenet49');
  const start = { ...own, input: { ...own.input, height: 800, width: 1280 } };

  it('and layers: a better score', async () => {
    const limits = [
      { cost: 'macs', amount: 70.71e9 },
      { cost: 'params', amount: 21.84e6 },
      { cost: 'layers', amount: analyse(start).costs.layers },
    ];
    const task: SearchTask = { ...DEFAULT_TASK, start, budget: { name: 'own', limits }, evaluations: 40_000 };
    const result = await found(task);
    expectSound(result, task);
    expect(result.score).toBeGreaterThan(result.start.score);
    expect(result.backbone.groups[0]?.out).toBeLessThanOrEqual(32);
  });

  it('alone: four times the score, by depth', async () => {
    const result = await found(within(start, { macs: 1, params: 1 }, { evaluations: 96_000 }));
    expect(result.score).toBeGreaterThan(3841);
  });
});

describe('the answer for a graph', () => {
  const pools: WorkerPool[] = [];
  afterEach(() => {
    for (const pool of pools.splice(0)) pool.close();
  });

  it.each([
    ['fan-in', quick],
    ['exact', { ...quick, estimator: 'exact', evaluations: 700 }],
  ] as const)('is the same with 1, 2 and 4 workers as in this process: %s', async (_, task) => {
    const here = await found(task);
    const pool = new WorkerPool(WORKER);
    pools.push(pool);
    for (const workers of [1, 2, 4]) {
      const there = await runSearch({ ...task, workers }, { pool, leaders: 3 });
      expect(there).toMatchObject({ backbone: here.backbone, score: here.score, evaluations: here.evaluations });
      if (isResult(there)) expect(there.leaders?.[0]?.backbone).toEqual(here.backbone);
    }
  });

  it.each([
    ['fan-in', quick],
    ['a front', { ...quick, pareto: ['rho', 'params'] }],
    ['a plateau', { ...quick, evaluations: 1e9, plateau: 30_000 }],
    ['least rho', { ...quick, goal: { kind: 'minimise', cost: 'rho', score: analyse(TIED).score.fanIn } }],
  ] as const)('is that of a search that was resumed at any epoch: %s', async (_, task: SearchTask) => {
    const states: SearchState[] = [];
    const whole = await search(task, { onState: (state) => void states.push(state) });
    if (!isResult(whole)) throw new Error(whole.message);
    expect(states.length).toBeGreaterThan(2);
    for (const state of states) {
      const reading = readCheckpoint(writeCheckpoint(task, state), task);
      if ('wrong' in reading) throw new Error(reading.wrong);
      const { stopped, backbone, score, evaluations } = whole;
      expect(await search(task, { resume: reading.state })).toMatchObject({ stopped, backbone, score, evaluations });
    }
  });

  it('comes from no checkpoint in which tied widths differ, or that is off the grid', async () => {
    const states: SearchState[] = [];
    await search(quick, { onState: (state) => void states.push(state) });
    const [state] = states;
    const [first] = state?.islands ?? [];
    if (state === undefined || first === undefined) throw new Error('an epoch');
    const names = TIED.wiring?.nodes.map(({ name }) => name) ?? [];
    for (const [name, gene, by] of [
      ['b', 0, 8],
      ['c', 0, 8],
      ['a', 1, 1],
    ] as const) {
      const members = first.members.slice();
      const at = 4 * names.indexOf(name) + gene;
      members[at] = (members[at] ?? 0) + by;
      const text = writeCheckpoint(quick, { ...state, islands: state.islands.with(0, { ...first, members }) });
      expect(readCheckpoint(text, quick)).toEqual({ wrong: 'it has a design that is outside the space or the budget' });
    }
  });

  it('comes when its time is up', async () => {
    const result = await found({ ...quick, evaluations: 1e9, timeLimit: 0.2 });
    expect(result.stopped).toBe('time');
    expect(result.seconds).toBeGreaterThanOrEqual(0.2);
  });
});
