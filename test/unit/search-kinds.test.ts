import { describe, expect, it } from 'vitest';
import { bottleneck, r50Task } from '../../bench/tasks.ts';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { type Backbone, type Group, group } from '../../server/src/backbone/backbone.ts';
import { runSearch } from '../../server/src/search/node/run-search.ts';
import { isResult, type SearchResult, type SearchTask } from '../../server/src/search/task.ts';

const stem = group({ block: 'conv', out: 32, kernel: 3, stride: 2 });
const design = (groups: readonly Group[], others: Partial<Backbone> = {}): Backbone => ({
  ...r50Task.start,
  groups: [stem, ...groups],
  ...others,
});
const task = (start: Backbone, others: Partial<SearchTask> = {}): SearchTask => ({
  ...r50Task,
  start,
  evaluations: 20_000,
  ...others,
});

/** Groups with what the language has grown by; channel groups divide widths that no move keeps divisible. */
const KINDS: readonly (readonly [string, Partial<Group>])[] = [
  ['channel groups', { groups: 32 }],
  ['channel groups that are no power of two', { groups: 10 }],
  ['basic blocks in channel groups', { block: 'basic', groups: 16 }],
  ['squeeze-and-excitation', { se: true }],
  ['squeeze-and-excitation of a given width', { se: true, squeeze: 24 }],
  ['squeeze-and-excitation behind a basic block', { block: 'basic', se: true }],
  ['a stride in the first convolution', { strided: 'first' }],
  ['projections where they are needed', { project: 'needed', shortcut: 'conv' }],
  ['dilation and another activation', { dilation: 2, act: 'silu' }],
];

describe('a search from groups with', () => {
  it.each(KINDS)('%s: costs and score are those of the analysis, and the bound holds', async (_, fields) => {
    const groups = [bottleneck(128, 32, 2), bottleneck(256, 64, 2), bottleneck(512, 128, 2), bottleneck(1024, 256, 2)];
    const step = fields.groups === 10 ? 40 : 1;
    const start = design(groups.map((g) => ({ ...g, ...fields, btn: step * Math.ceil(g.btn / step) })));
    for (const estimator of ['fan-in', 'exact'] as const) {
      const found = await runSearch(task(start, { estimator }));
      if (!isResult(found)) throw new Error(found.message);
      const { costs, score } = analyse(found.backbone);
      expect(found.score).toBeCloseTo(estimator === 'exact' ? score.exact : score.fanIn, 6);
      expect(found.costs.tinynas).toBe(costs.tinynas);
      expect(costs.tinynas).toBeLessThanOrEqual(18.8e9);
      expect(found.bound).toBeGreaterThanOrEqual(found.score);
      expect(found.score).toBeGreaterThan(found.start.score);
      for (const g of found.backbone.groups.slice(1)) {
        if (g.groups > 1) expect([g.btn % g.groups, g.block === 'basic' ? g.out % g.groups : 0]).toEqual([0, 0]);
        expect(g).toMatchObject(fields);
        if (g.groups > 1) expect(start.groups.map(({ btn }) => btn)).toContain(g.btn);
      }
    }
  });
});

describe('what no bound was ever known for is searched', () => {
  const found = async (other: SearchTask): Promise<SearchResult> => {
    const outcome = await runSearch(other);
    if (!isResult(outcome)) throw new Error(outcome.message);
    expect(analyse(outcome.backbone).costs).toEqual(outcome.costs);
    expect(outcome.score).toBeGreaterThan(outcome.start.score);
    return outcome;
  };

  it('a graph', async () => {
    const wire = (name: string, read: number) =>
      ({ name, join: 'sum', reads: [{ group: read, asIs: false }] }) as const;
    const wiring = { nodes: [wire('stem', -1), wire('a', 0)], outputs: [{ name: 'C3', group: 1 }] };
    const start = design([bottleneck(64, 16, 2)], { wiring });
    expect((await found(task(start))).backbone.wiring).toEqual(wiring);
  });

  it('a block that branches', async () => {
    const shuffle = group({ block: 'shuffle', out: 64, kernel: 3, stride: 2 });
    const { backbone } = await found(task(design([shuffle], { weights: { C2: 1 } })));
    expect(backbone.groups[1]).toMatchObject({ block: 'shuffle', out: 64 });
  });

  it('a cost of the whole network, wherever it is asked for', async () => {
    const { start } = r50Task;
    const [own = { cost: '', amount: 0 }] = r50Task.budget.limits;
    const free = await found(task(start, { budget: { name: 'b', limits: [own] } }));
    const limit = free.costs.rho / 2;
    const budget = { name: 'b', limits: [own, { cost: 'rho', amount: limit }] };
    const held = await found(task(start, { budget }));
    expect(held.costs.rho).toBeLessThanOrEqual(limit);
    expect(held.score).toBeLessThan(free.score);
    // Without the limit there are only more designs: that bound is one still.
    expect(held.bound).toBeGreaterThanOrEqual(held.score);
    const front = await found(task(start, { pareto: ['rho'] }));
    const points = front.front ?? [];
    expect(points.length).toBeGreaterThan(5);
    for (const point of points) expect(analyse(point.backbone).costs).toEqual(point.costs);
    const least = await found(task(start, { budget, goal: { kind: 'minimise', cost: 'rho', score: 700 } }));
    expect(least.costs.rho).toBeLessThan(held.costs.rho);
    expect(least.bound).toBeUndefined();
  });
});
