import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import type { Backbone, Group } from '../../server/src/backbone/backbone.ts';
import { costOf, exceeded } from '../../server/src/cost/budget.ts';
import { certify } from '../../server/src/search/bound/bound.ts';
import { ChainEvaluator } from '../../server/src/search/model/chain-evaluator.ts';
import { compileChain } from '../../server/src/search/model/model.ts';
import { runSearch } from '../../server/src/search/node/run-search.ts';
import { DEFAULT_TASK, isResult, type SearchTask } from '../../server/src/search/task.ts';
import { violations } from '../../server/src/space/constraints.ts';
import { PRESETS } from '../../server/src/space/presets.ts';
import { SMALLEST } from './search-graphs.ts';
import { everyDesign, genesOf, tiny } from './search-tiny.ts';

const multiples = (low: number, high: number): number[] =>
  Array.from({ length: high / 8 }, (_, i) => 8 * (i + 1)).filter((n) => n >= low);

/** Every design of the small graph but for the last output: a, its bottleneck, b with the same output, and c behind their sum. */
function* everySmall(most: number): Generator<(last: number) => Backbone> {
  const [stem, a, b, c] = SMALLEST.groups;
  if (stem === undefined || a === undefined || b === undefined || c === undefined) throw new Error('four groups');
  for (const first of multiples(8, 32))
    for (const out of multiples(8, most))
      for (const inner of multiples(8, out))
        for (const kernel of [3, 5])
          for (const depth of [1, 2])
            for (const other of multiples(8, out))
              for (const wide of [3, 5]) {
                const groups: Group[] = [
                  { ...stem, out: first },
                  { ...a, out, btn: inner, kernel, depth },
                  { ...b, out, btn: other, kernel: wide },
                ];
                yield (last) => ({ ...SMALLEST, groups: [...groups, { ...c, out: last }] });
              }
}

/** The number of the first that holds, of widths for which it holds from somewhere on. */
function firstOf(widths: readonly number[], holds: (width: number) => boolean): number {
  let [low, high] = [0, widths.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(widths[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

describe('the best design of a small graph with one width for two nodes', () => {
  it.each([
    ['the score', { kind: 'maximise' }],
    ['the least params', { kind: 'minimise', cost: 'params', score: 50 }],
  ] as const)('is found: %s', async (_, goal) => {
    const limits = [
      { cost: 'params', amount: 9_000 },
      { cost: 'layers', amount: 10 },
    ];
    const task: SearchTask = { ...DEFAULT_TASK, start: SMALLEST, budget: { name: 'small', limits }, goal };
    const lasts = multiples(8, 2048);
    let best = -Infinity;
    let widest = 0;
    for (const designOf of everySmall(64)) {
      const least = designOf(8);
      if (violations(least, PRESETS.tinynas, 10).length > 0) continue;
      if (exceeded(analyse(least).costs, task.budget).length > 0) continue;
      widest = Math.max(widest, least.groups[1]?.out ?? 0);
      // Costs and score rise with the last output.
      const over = firstOf(lasts, (last) => exceeded(analyse(designOf(last)).costs, task.budget).length > 0);
      if (goal.kind === 'maximise') {
        best = Math.max(best, analyse(designOf(lasts[over - 1] ?? 0)).score.fanIn);
      } else {
        const holds = firstOf(lasts, (last) => analyse(designOf(last)).score.fanIn >= goal.score);
        if (holds < over) best = Math.max(best, -analyse(designOf(lasts[holds] ?? 0)).costs.params);
      }
    }
    const result = await runSearch(task);
    if (!isResult(result)) throw new Error(result.message);
    const value = goal.kind === 'maximise' ? result.score : -result.costs.params;
    // It is the budget, and not the list of designs, that ends widths.
    expect(widest).toBeLessThan(64);
    expect(value).toBeCloseTo(best, 9);
    expect(result.backbone.groups[1]?.out).toBe(result.backbone.groups[2]?.out);
  });
});

describe('the best design of a small chain that is not too deep for its width', () => {
  const limits = (rho: number) => [
    { cost: 'params', amount: 14_000 },
    { cost: 'layers', amount: 12 },
    { cost: 'rho', amount: rho },
  ];

  it.each([0.18, 0.25])('is found, and no bound is below it: rho ≤ %s', async (rho) => {
    const task: SearchTask = { ...tiny, budget: { name: 'small', limits: limits(rho) }, evaluations: 20_000 };
    const model = compileChain(task);
    const e = new ChainEvaluator(model, 1);
    let best = { score: -Infinity, design: task.start };
    let free = -Infinity;
    for (const design of everyDesign(task)) {
      e.load(0, genesOf(model, design));
      if (e.score <= best.score || (e.costs[0] ?? 0) > 14_000 || (e.costs[1] ?? 0) > 12) continue;
      if (violations(design, PRESETS.tinynas, 12).length > 0) continue;
      free = Math.max(free, e.score);
      if ((e.costs[2] ?? 0) <= rho) best = { score: e.score, design };
    }
    const { costs, score } = analyse(best.design);
    expect(costOf(costs, 'rho')).toBeLessThanOrEqual(rho);
    // The limit takes something away.
    expect(free).toBeGreaterThan(best.score);
    const result = await runSearch(task);
    if (!isResult(result)) throw new Error(result.message);
    expect(result.score).toBeCloseTo(score.fanIn, 9);
    expect(certify(task)?.bound).toBeGreaterThanOrEqual(best.score);
    expect(result.bound).toBeGreaterThanOrEqual(best.score);
  });

  it.each([10, 17, 22])('or the least deep for its width at a score of %s', async (score) => {
    const [params, layers] = limits(1);
    const goal = { kind: 'minimise', cost: 'rho', score } as const;
    const budget = { name: 'small', limits: [params, layers].flatMap((limit) => limit ?? []) };
    const task: SearchTask = { ...tiny, budget, goal, evaluations: 20_000 };
    const model = compileChain(task);
    const e = new ChainEvaluator(model, 1);
    let best = { rho: Infinity, design: task.start };
    for (const design of everyDesign(task)) {
      e.load(0, genesOf(model, design));
      const rho = e.costs[2] ?? Infinity;
      if (rho >= best.rho || e.score < goal.score || (e.costs[0] ?? 0) > 14_000 || (e.costs[1] ?? 0) > 12) continue;
      if (violations(design, PRESETS.tinynas, 12).length === 0) best = { rho, design };
    }
    const result = await runSearch(task);
    if (!isResult(result)) throw new Error(result.message);
    expect(result.costs.rho).toBeCloseTo(analyse(best.design).costs.rho, 9);
    expect(result.score).toBeGreaterThanOrEqual(goal.score);
    expect(result.bound).toBeUndefined();
  });
});
