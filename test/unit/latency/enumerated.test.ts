import { describe, expect, it } from 'vitest';
import { wholeCosts } from '../../../server/src/analysis/whole-costs.ts';
import { costOf } from '../../../server/src/cost/budget.ts';
import type { Stepped } from '../../../server/src/cost/downstream.ts';
import { isLatency } from '../../../server/src/latency/latency-cost.ts';
import { certify } from '../../../server/src/search/bound/bound.ts';
import type { SearchTask } from '../../../server/src/search/task.ts';
import { PRESETS } from '../../../server/src/space/presets.ts';
import { optimumOf } from '../bound/enumerate.ts';
import {
  behind,
  bottleneck,
  type Case,
  conv,
  least,
  pool,
  squeezed,
  taskOf,
  unexpanded,
} from '../bound/small-tasks.ts';
import { optimisedOf, proofFrom, startOf } from '../proof/proofs.ts';
import { registerToy } from '../toy-profile.ts';

const toy = registerToy();
/** Kernels that take channels by eight. */
const eights = registerToy('eights', { channelBlock: 8, fused: ['batchnorm'] });
const flat = { ...bottleneck, stride: 1 } as const;
const C3 = { C2: 1, C3: 2 };

const steps = (group: number): Stepped => ({ group, cost: toy, step: 16, amounts: [0, 0.004, 0.006, 0.011, 0.013] });

const CASES: readonly (Case & { readonly estimator?: 'exact'; readonly share: number })[] = [
  { name: 'one limit', share: 2.5, groups: [conv(2), bottleneck], limits: { [toy]: 1, layers: 9 } },
  {
    name: 'mixed limits',
    share: 1.2,
    groups: [conv(2), bottleneck, flat],
    limits: { [toy]: 1, layers: 13, params: 14_000 },
    weights: C3,
  },
  { name: 'types', share: 1.8, groups: [conv(2), bottleneck], space: PRESETS.paper, limits: { [toy]: 1, layers: 8 } },
  {
    name: 'two devices',
    share: 1.15,
    groups: [conv(2), bottleneck, flat],
    limits: { [toy]: 1, [eights]: 1, layers: 13 },
  },
  { name: 'squeeze-and-excitation', share: 3, groups: [conv(2), squeezed], limits: { [toy]: 1, layers: 10 } },
  {
    name: 'squeezed inputs',
    share: 1.5,
    groups: [conv(2), unexpanded, unexpanded],
    limits: { [toy]: 1, params: 30_000, layers: 14 },
    weights: C3,
  },
  {
    name: 'a max-pool',
    share: 2.5,
    groups: [conv(2), pool, bottleneck],
    limits: { [toy]: 1, layers: 10 },
    weights: { C3: 1 },
  },
  {
    name: 'a cap on memory',
    share: 1.3,
    groups: [conv(2), bottleneck, flat],
    limits: { [toy]: 1, memory: 100_000, layers: 13 },
  },
  {
    name: 'the exact estimator',
    share: 1.2,
    groups: [conv(2), bottleneck, flat],
    limits: { [toy]: 1, params: 14_000, layers: 13 },
    estimator: 'exact',
  },
  {
    name: 'the least milliseconds',
    share: 9,
    groups: [conv(2), bottleneck],
    space: PRESETS.paper,
    goal: least(toy, 12),
    limits: { params: 40_000, layers: 8 },
  },
  {
    name: 'the least params within milliseconds',
    share: 1.3,
    groups: [conv(2), bottleneck, flat],
    goal: least('params', 13),
    limits: { [toy]: 1, layers: 13 },
  },
  {
    name: 'beside a head',
    share: 1.3,
    groups: [conv(2), bottleneck, flat],
    limits: { [toy]: 1, params: 16_000, layers: 13 },
    downstream: behind([1, 2], { params: 20 }, { [toy]: 0.01 }, { stepped: [steps(1), steps(2)] }),
  },
];

/** The task with its times as shares of what the start takes. */
function within(task: SearchTask, share: number): SearchTask {
  const costs = wholeCosts(task.start, task.downstream);
  const limits = task.budget.limits.map(({ cost, amount }) => ({
    cost,
    amount: isLatency(cost) ? share * costOf(costs, cost) : amount,
  }));
  return { ...task, budget: { ...task.budget, limits } };
}

describe('every design of a small space was looked at, within milliseconds', () => {
  it.each(CASES)('$name', ({ estimator, share, ...entry }) => {
    const task = within({ ...taskOf(entry), estimator: estimator ?? 'fan-in' }, share);
    const optimum = optimumOf(task, 2e6);
    if (optimum === undefined) throw new Error('the space is too large to look at');
    expect(optimum.looked).toBeGreaterThan(500);
    const sign = task.goal.kind === 'maximise' ? 1 : -1;
    const bound = certify(task)?.bound ?? Number.NaN;
    expect(sign * bound).toBeGreaterThanOrEqual(sign * optimum.value - 1e-9);
    const start = startOf(task) ?? Int32Array.of();
    for (const effort of [1, 3e4, 3e5]) {
      const found = proofFrom(task, start, effort);
      expect(sign * (found?.bound ?? Number.NaN)).toBeGreaterThanOrEqual(sign * optimum.value - 1e-9);
    }
    const found = proofFrom(task, start);
    expect(found?.proven).toBe(true);
    expect(optimisedOf(task, found?.best)).toBeCloseTo(optimum.value, 9);
  });
});
