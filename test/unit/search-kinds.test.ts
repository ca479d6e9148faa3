import { describe, expect, it } from 'vitest';
import { bottleneck, r50Task } from '../../bench/tasks.ts';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { type Backbone, type Group, group } from '../../server/src/backbone/backbone.ts';
import { runSearch } from '../../server/src/search/node/run-search.ts';
import { isResult, type SearchTask } from '../../server/src/search/task.ts';

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

describe('what this version does not search says so', () => {
  const refused = async (other: SearchTask): Promise<string> => {
    const outcome = await runSearch(other);
    return isResult(outcome) ? 'found' : outcome.message;
  };

  it('a graph', async () => {
    const wire = (name: string, read: number) =>
      ({ name, join: 'sum', reads: [{ group: read, asIs: false }] }) as const;
    const wiring = { nodes: [wire('stem', -1), wire('a', 0)], outputs: [{ name: 'C3', group: 1 }] };
    const start = design([bottleneck(64, 16, 2)], { wiring });
    expect(await refused(task(start))).toMatch(/^r50_start has nodes or blocks that branch/);
  });

  it('a block that branches', async () => {
    const shuffle = group({ block: 'shuffle', out: 64, kernel: 3, stride: 2 });
    expect(await refused(task(design([shuffle])))).toMatch(/^r50_start has nodes or blocks that branch/);
  });

  it('a cost of the whole network, wherever it is asked for', async () => {
    const start = design([bottleneck(64, 16, 2)]);
    const budget = { name: 'b', limits: [{ cost: 'rho', amount: 1 }] };
    expect(await refused(task(start, { budget }))).toMatch(/^rho belongs to a whole network/);
    expect(await refused(task(start, { pareto: ['rho'] }))).toMatch(/^rho belongs/);
    expect(await refused(task(start, { goal: { kind: 'minimise', cost: 'rho', score: 1 } }))).toMatch(/^rho belongs/);
  });
});
