import { describe, expect, it } from 'vitest';
import { publishedTask } from '../../../bench/tasks.ts';
import { certify } from '../../../server/src/search/bound/bound.ts';
import { Dual } from '../../../server/src/search/bound/dual.ts';
import { type Prices, pricesOf } from '../../../server/src/search/bound/prices.ts';
import { ChainEvaluator } from '../../../server/src/search/model/chain-evaluator.ts';
import { evaluatorFor } from '../../../server/src/search/model/evaluator-for.ts';
import { compileChain } from '../../../server/src/search/model/model.ts';
import { search } from '../../../server/src/search/node/run-search.ts';
import type { SearchTask } from '../../../server/src/search/task.ts';
import { r50Task } from '../search-arbitrary.ts';
import { optimumOf } from './enumerate.ts';
import { CASES, taskOf } from './small-tasks.ts';

function certified(task: SearchTask): { bound: number; prices: Prices; y: readonly number[] } {
  const certificate = certify(task);
  const prices = certificate && pricesOf(task, certificate, evaluatorFor(compileChain(task), 1));
  if (certificate === undefined || prices === undefined) throw new Error('no price is known');
  return { bound: certificate.bound, prices, y: [...certificate.prices] };
}

/** The task with one of its limits so many times as large. */
function scaled(task: SearchTask, cost: string, factor: number): SearchTask {
  const limits = task.budget.limits.map((l) => (l.cost === cost ? { cost, amount: l.amount * factor } : l));
  return { ...task, budget: { ...task.budget, limits } };
}

const amountOf = ({ budget }: SearchTask, cost: string): number =>
  budget.limits.find((l) => l.cost === cost)?.amount ?? Number.NaN;

const small = (index: number): SearchTask => taskOf(CASES[index] ?? { groups: [], limits: {} });

/** A limit on layers says how deep a group may be too: with another one the space is another. */
const isSlope = (cost: string): boolean => cost !== 'layers';

const PRICED = CASES.map((entry) => ({ name: entry.name, task: taskOf(entry) })).filter(
  ({ task: { goal } }) => goal.kind === 'maximise' || goal.cost !== 'memory',
);

describe('what no design passes, whatever the other limits are:', () => {
  it.each(PRICED)('$name', ({ task }) => {
    const { bound, prices } = certified(task);
    const { goal } = task;
    const limits = task.budget.limits.map((l) =>
      isSlope(l.cost) && l.cost !== 'memory' ? { ...l, amount: 1.4 * l.amount } : l,
    );
    const held = goal.kind === 'minimise' ? { ...goal, score: 0.8 * goal.score } : goal;
    const wider: SearchTask = { ...task, goal: held, budget: { name: 'wider', limits } };
    const model = compileChain(task);
    const evaluator = new ChainEvaluator(model, 1);
    let least = Infinity;
    const optimum = optimumOf(wider, 1e6, (genes) => {
      evaluator.load(0, genes);
      const { score, costs, memory } = evaluator;
      if (memory > model.memoryLimit) return;
      // Σ p · (cost − limit): what the design has beyond the budget, at its price.
      const beyond = model.additive.reduce((sum, cost, c) => {
        const price = prices.costs[cost];
        return price === undefined ? sum : sum + price * ((costs[c] ?? 0) - (model.limits[c] ?? 0));
      }, 0);
      const slack =
        goal.kind === 'maximise'
          ? bound + beyond - score
          : (costs[model.additive.indexOf(goal.cost)] ?? 0) +
            beyond -
            bound -
            (prices.held ?? 0) * (score - goal.score);
      // The least number of layers is rounded up to a whole one.
      const rounding = goal.kind === 'minimise' && goal.cost === 'layers' ? 1 : 0;
      least = Math.min(least, (slack + rounding) / bound);
    });
    expect(optimum?.looked).toBeGreaterThan(50);
    expect(least).toBeGreaterThan(-1e-9);
    // Some design is near, so that the prices are not just large: relaxations of spaces this small are coarse.
    expect(least).toBeLessThan(0.2);
  });
});

describe.each([
  { name: 'the R50 task', task: r50Task, cost: 'tinynas' },
  { name: 'the budget of MAE-DET-S', task: publishedTask('S'), cost: 'tinynas' },
  { name: 'a small task', task: small(0), cost: 'params' },
  { name: 'a small task of three budgets', task: small(1), cost: 'macs' },
])('the price of $cost in $name', ({ task, cost }) => {
  const { bound, prices, y } = certified(task);
  const price = prices.costs[cost] ?? Number.NaN;
  const amount = amountOf(task, cost);

  it.each([0.5, 0.8, 0.95, 1.05, 1.3, 2])('is the slope of the bound at these prices: %d of the limit', (factor) => {
    const other = scaled(task, cost, factor);
    const dual = new Dual(other);
    const at = task.budget.limits.findIndex((l) => l.cost === cost);
    const same = y.map((value, i) => (i === at ? value * factor : value));
    const { value } = dual.at(same, dual.grids(Infinity));
    const line = bound + price * (factor - 1) * amount;
    expect(dual.inUnits(value)).toBeCloseTo(line, 6);
    // Prices of its own are found on a coarse grid, to 1e-5 of the score.
    expect(certified(other).bound).toBeLessThanOrEqual(line + 1e-3 * bound);
  });

  it('is about what a budget a tenth larger or smaller changes the bound by', () => {
    const [less, more] = [certified(scaled(task, cost, 0.9)).bound, certified(scaled(task, cost, 1.1)).bound];
    expect(Math.abs((more - less) / (0.2 * amount) / price - 1)).toBeLessThan(0.1);
  });
});

describe.each([
  { name: 'the R50 task', task: r50Task },
  { name: 'the budget of MAE-DET-S', task: publishedTask('S') },
])('what searches with other limits than those of $name find', ({ task }) => {
  const { bound, prices } = certified(task);
  const price = prices.costs['tinynas'] ?? Number.NaN;
  const amount = amountOf(task, 'tinynas');

  it('is never above what the price says, and about that for limits near by', async () => {
    const best = async (factor: number): Promise<number> => {
      const result = await search(scaled(task, 'tinynas', factor));
      if (result.kind === 'problem') throw new Error(result.message);
      expect(result.score).toBeLessThanOrEqual(bound + price * (factor - 1) * amount + 1e-9);
      return result.score;
    };
    const [less, more] = [await best(0.9), await best(1.1)];
    // The best score climbs by steps, and the price bends over a fifth of the budget: some per cent of it together.
    expect(Math.abs((more - less) / (0.2 * amount) / price - 1)).toBeLessThan(0.1);
  });
});

describe('a search', () => {
  it('says what its budget is worth', async () => {
    const result = await search({ ...r50Task, evaluations: 2000 });
    expect(result).toMatchObject({ kind: 'result', prices: { costs: certified(r50Task).prices.costs } });
  });

  it('has a price for neither memory nor rho, and none where no bound is known', async () => {
    const limits = [...r50Task.budget.limits, { cost: 'memory', amount: 20e6 }, { cost: 'rho', amount: 5 }];
    const task = { ...r50Task, evaluations: 2000, budget: { name: 'more', limits } };
    const both = await search(task);
    expect(both.kind === 'result' && Object.keys(both.prices?.costs ?? {})).toEqual(['tinynas', 'layers']);
    expect(await search({ ...task, objective: 'deepmad' })).not.toHaveProperty('prices');
    const goal = { kind: 'minimise', cost: 'memory', score: 1000 } as const;
    expect(await search({ ...r50Task, evaluations: 2000, goal })).not.toHaveProperty('prices');
  });
});
