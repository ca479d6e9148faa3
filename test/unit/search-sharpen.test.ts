import { expect, it } from 'vitest';
import { certify } from '../../server/src/search/bound/bound.ts';
import { sharpened } from '../../server/src/search/bound/sharpen.ts';
import { ChainEvaluator } from '../../server/src/search/model/chain-evaluator.ts';
import { compileChain } from '../../server/src/search/model/model.ts';
import { search } from '../../server/src/search/node/run-search.ts';
import type { SearchTask } from '../../server/src/search/task.ts';
import { violations } from '../../server/src/space/constraints.ts';
import { SPACES } from '../../server/src/space/space.ts';
import { r50Task } from './search-arbitrary.ts';
import { everyDesign, genesOf, tiny } from './search-tiny.ts';

it('brute force: a sharpened bound is closer, and still a bound', () => {
  const budgets = [3_500, 5_000].flatMap((params) => [600_000, 900_000].map((macs) => ({ params, macs })));
  const entries = budgets.flatMap(({ params, macs }) => {
    const limits = [
      { cost: 'params', amount: params },
      { cost: 'macs', amount: macs },
      { cost: 'layers', amount: 12 },
    ] as const;
    const most: SearchTask = { ...tiny, budget: { name: 'most', limits } };
    const goal = { kind: 'minimise', cost: 'params', score: 13 } as const;
    const least: SearchTask = { ...tiny, goal, budget: { name: 'least', limits: limits.slice(1) } };
    return [most, least].map((task) => ({ task, params, macs, optimum: Number.NaN, genes: Int32Array.of() }));
  });
  const limits = (['params', 'macs', 'layers'] as const).map((cost) => ({ cost, amount: 1 }));
  const model = compileChain({ ...tiny, budget: { name: 'all', limits } });
  const e = new ChainEvaluator(model, 1);
  const [params, macs, layers] = (['params', 'macs', 'layers'] as const).map((cost) => model.additive.indexOf(cost));
  const cost = (index: number | undefined): number => e.costs[index ?? -1] ?? Number.NaN;
  for (const design of everyDesign({ ...tiny, budget: { name: 'layers', limits: [{ cost: 'layers', amount: 12 }] } })) {
    const genes = Int32Array.from(genesOf(model, design));
    e.load(0, genes);
    if (cost(layers) > 12) continue;
    for (const entry of entries) {
      const { goal } = entry.task;
      if (cost(macs) > entry.macs) continue;
      if (goal.kind === 'maximise' ? cost(params) > entry.params : e.score < goal.score) continue;
      const value = goal.kind === 'maximise' ? e.score : cost(params);
      const better = goal.kind === 'maximise' ? value > entry.optimum : value < entry.optimum;
      if (!(better || Number.isNaN(entry.optimum)) || violations(design, SPACES.tinynas, 12).length > 0) continue;
      Object.assign(entry, { optimum: value, genes });
    }
  }
  for (const { task, optimum, genes } of entries) {
    const certificate = certify(task) ?? { bound: Number.NaN, designs: genes };
    const { bound } = certificate;
    const { bound: closer } = sharpened(task, certificate, genes);
    // Where a cost is minimised the order is the other way round.
    const sign = task.goal.kind === 'maximise' ? 1 : -1;
    expect(sign * closer).toBeLessThan(sign * bound);
    expect(sign * closer).toBeGreaterThanOrEqual(sign * optimum - 1e-9);
  }
});

it('knows the best possible on the budget of MAE-DET-L to 0.3 %, and leaves a close bound as it is', async () => {
  const limits = [
    { cost: 'tinynas', amount: 34_494_619_500 },
    { cost: 'params', amount: 43_879_552 },
    { cost: 'layers', amount: 109 },
  ] as const;
  const [stem, ...others] = r50Task.start.groups;
  const groups = stem === undefined ? [] : [stem, ...others.filter((g) => g.stride === 2)];
  const task: SearchTask = {
    ...r50Task,
    space: 'paper',
    start: {
      ...r50Task.start,
      groups: groups.map((g) => ({ ...g, out: Math.min(g.out, 512), btn: Math.min(g.btn, 32) })),
    },
    budget: { name: 'MAE-DET-L', limits },
  };
  const result = await search(task);
  if (result.kind === 'problem') throw new Error(result.message);
  expect(result.gap).toBeGreaterThanOrEqual(0);
  expect(result.gap).toBeLessThan(0.003);
  expect(certify(task)?.bound).toBeGreaterThan(1.01 * (result.bound ?? 0));
  const close = await search(r50Task);
  expect(close).toMatchObject({ kind: 'result', bound: certify(r50Task)?.bound });
});
