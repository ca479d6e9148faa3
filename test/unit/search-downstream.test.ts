import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { wholeCosts } from '../../server/src/analysis/whole-costs.ts';
import type { Backbone } from '../../server/src/backbone/backbone.ts';
import { costOf, exceeded } from '../../server/src/cost/budget.ts';
import { type Downstream, downstreamCost } from '../../server/src/cost/downstream.ts';
import { certify } from '../../server/src/search/bound/bound.ts';
import { readCheckpoint, writeCheckpoint } from '../../server/src/search/checkpoint.ts';
import { nonDominated } from '../../server/src/search/evolve/front.ts';
import { Mutator } from '../../server/src/search/evolve/mutator.ts';
import { frontier } from '../../server/src/search/frontier.ts';
import { ChainEvaluator } from '../../server/src/search/model/chain-evaluator.ts';
import type { Evaluator } from '../../server/src/search/model/evaluator.ts';
import { evaluatorFor } from '../../server/src/search/model/evaluator-for.ts';
import { decode, encode } from '../../server/src/search/model/genome.ts';
import { GraphEvaluator } from '../../server/src/search/model/graph-evaluator.ts';
import { compileChain, compileGraph } from '../../server/src/search/model/model.ts';
import { prepare } from '../../server/src/search/model/prepare.ts';
import { runSearch, search } from '../../server/src/search/node/run-search.ts';
import { WorkerPool } from '../../server/src/search/node/worker-pool.ts';
import { Random } from '../../server/src/search/random.ts';
import type { SearchState } from '../../server/src/search/run.ts';
import type { SearchResult, SearchTask } from '../../server/src/search/task.ts';
import { PRESETS } from '../../server/src/space/presets.ts';
import { brokenOf, downstreamsOf, keptOutputs } from './downstreams.ts';
import { backbones, detectorTask, r50Task, taskFor } from './search-arbitrary.ts';
import { GRAPHS, watching } from './search-graphs.ts';

const WORKER = new URL('../../server/src/search/node/worker.ts', import.meta.url);

/** What an evaluator said last, against a fresh analysis of the design and its downstream. */
function expectWhole({ model, costs, memory }: Evaluator, design: Backbone, downstream: Downstream): void {
  const { network, costs: own } = analyse(design);
  const channels = (group: number): number => network.groups[group]?.channels ?? Number.NaN;
  const sums = model.additive.map((cost) => costOf(own, cost) + downstreamCost(downstream, cost, channels));
  expect([...costs.slice(0, model.additive.length)]).toEqual(sums);
  expect(memory).toBe(wholeCosts(design, downstream).memory);
}

const started = fc
  .tuple(backbones, fc.constantFrom(PRESETS.tinynas, PRESETS.paper))
  .chain(([start, space]) => fc.tuple(fc.constant(start), fc.constant(space), downstreamsOf(start)));

describe('with a downstream, costs are those of the backbone and of what stands behind it', () => {
  it('by both evaluators of chains, on any backbone', () => {
    fc.assert(
      fc.property(started, ([start, space, downstream]) => {
        const task = taskFor(start, { space, downstream });
        for (const e of [new ChainEvaluator(compileChain(task), 1), new GraphEvaluator(compileGraph(task), 1)]) {
          e.load(0, encode(e.model, start.groups));
          expectWhole(e, start, downstream);
        }
      }),
      { numRuns: 80 },
    );
  });

  it.each([['a chain', r50Task.start, PRESETS.paper] as const, ...GRAPHS])(
    'after any run of moves, which leave kept outputs as they are: %s',
    (_, start, space) => {
      const moved = fc.record({
        downstream: downstreamsOf(start),
        seed: fc.nat(),
        moves: fc.integer({ min: 1, max: 25 }),
      });
      fc.assert(
        fc.property(moved, ({ downstream, seed, moves }) => {
          const task = watching(start, { space, downstream });
          const prepared = prepare(task);
          // A space may have no design around what is kept.
          if (prepared.kind === 'problem') {
            expect(prepared).toMatchObject({ code: 'start-breaks-space' });
            return downstream.kept.length > 0;
          }
          const { model, genes } = prepared;
          const e = evaluatorFor(model, 2);
          const mutator = new Mutator(e, new Random(seed), 'clamp');
          e.load(0, genes);
          e.copy(0, 1);
          mutator.begin();
          for (let i = 0; i < moves; i++) mutator.mutate(1, 'coarse', 0.5);
          mutator.refresh(1);
          const design = decode(model, e.genes, e.width);
          expectWhole(e, design, downstream);
          expect(brokenOf(task, design)).toEqual([]);
          const before = analyse(start).network.groups;
          const after = analyse(design).network.groups;
          const kept = downstream.kept.filter((group) => start.wiring !== undefined || group >= 0);
          expect(kept.map((group) => after[group]?.channels)).toEqual(kept.map((group) => before[group]?.channels));
          return true;
        }),
        { numRuns: 12 },
      );
    },
  );
});

describe('the peak of memory', () => {
  /** Every output of a chain waits for a node that reads it; what is behind costs what that node has alive. */
  const extended = (start: Backbone, reads: readonly number[]): Backbone => {
    const [finest = 0] = reads;
    const chain = start.groups.map((_, index) => ({
      name: `n${index}`,
      join: 'sum' as const,
      reads: [{ group: index - 1, asIs: false }],
    }));
    const { height } = analyse(start).network.groups[finest] ?? { height: 1 };
    const at = Math.round(Math.log2(start.input.height / height));
    const head = { name: 'head', join: 'sum' as const, at, reads: reads.map((group) => ({ group, asIs: false })) };
    const conv = start.groups[0];
    if (conv === undefined) throw new Error('a stem');
    const outputs = [{ name: 'C3', group: start.groups.length }];
    return {
      ...start,
      groups: [...start.groups, { ...conv, stride: 1 }],
      wiring: { nodes: [...chain, head], outputs },
    };
  };

  it('is that of the graph in which a node at the end reads the outputs', () => {
    fc.assert(
      fc.property(
        backbones.chain((start) =>
          fc.tuple(fc.constant(start), fc.subarray([...start.groups.keys()], { minLength: 1 })),
        ),
        ([start, reads]) => {
          const graph = analyse(extended(start, reads));
          const groups = graph.groups.slice(0, start.groups.length);
          const downstream: Downstream = { name: '', costs: {}, perChannel: [], reads, kept: [], alive: [] };
          expect(wholeCosts(start, downstream).memory).toBe(Math.max(...groups.map(({ costs }) => costs.memory)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is that of the downstream where that has more alive', () => {
    const alive = [{ one: 1e9, perChannel: [{ group: 3, adds: 1e6 }] }];
    const downstream: Downstream = { name: '', costs: {}, perChannel: [], reads: [3], kept: [], alive };
    expect(wholeCosts(r50Task.start, downstream).memory).toBe(4 * (1e9 + 768 * 1e6));
  });
});

/** A result whose costs and limits are held by the full analysis. */
async function checked(task: SearchTask): Promise<SearchResult> {
  const result = await search(task);
  if (result.kind === 'problem') throw new Error(result.message);
  expect(result.costs).toEqual(wholeCosts(result.backbone, task.downstream));
  expect(result.start.costs).toEqual(wholeCosts(task.start, task.downstream));
  expect(exceeded(result.costs, task.budget)).toEqual([]);
  expect(brokenOf(task, result.backbone)).toEqual([]);
  for (const point of result.front ?? []) expect(point.costs).toEqual(wholeCosts(point.backbone, task.downstream));
  return result;
}

/** The same answers, but for the time that they took. */
const answerOf = ({ score, bound, proven, backbone, costs, front }: SearchResult) => ({
  ...{ score, bound, proven, backbone, costs, front },
});

const quick: SearchTask = { ...detectorTask, evaluations: 8_000 };
const memoryOf = (share: number): SearchTask => {
  const amount = share * wholeCosts(quick.start, quick.downstream).memory;
  return { ...quick, budget: { name: 'held', limits: [...quick.budget.limits, { cost: 'memory', amount }] } };
};
const KINDS = [
  ['a score', quick],
  ['a score by the exact estimator', { ...quick, estimator: 'exact' }],
  ['a score under a limit on memory', memoryOf(1.2)],
  ['the least params', { ...quick, goal: { kind: 'minimise', cost: 'params', score: 1500 } }],
  ['the least memory', { ...quick, goal: { kind: 'minimise', cost: 'memory', score: 1500 } }],
  ['a front', { ...quick, pareto: ['macs', 'params', 'memory'] }],
  ['kept outputs', { ...quick, downstream: { ...(quick.downstream ?? fail()), kept: [2, 5] } }],
] as const satisfies readonly (readonly [string, SearchTask])[];

function fail(): never {
  throw new Error('a downstream');
}

describe('a search that holds the budget of a whole detector', () => {
  it.each(KINDS)('ends with costs of both, and is the same with two workers: %s', async (_, task) => {
    const result = await checked(task);
    const sign = task.goal.kind === 'maximise' ? 1 : -1;
    const own = task.goal.kind === 'maximise' ? result.score : costOf(result.costs, task.goal.cost);
    expect(sign * (result.bound ?? Number.NaN)).toBeGreaterThanOrEqual(sign * own - 1e-9 * own);
    if (task.goal.kind === 'maximise') expect(result.proven).toBe(true);
    const kept = [...keptOutputs(task)];
    expect(kept.map((g) => result.backbone.groups[g]?.out)).toEqual(kept.map((g) => task.start.groups[g]?.out));
    const pool = new WorkerPool(WORKER);
    const others = await runSearch({ ...task, workers: 2 }, { pool });
    pool.close();
    if (others.kind === 'problem') throw new Error(others.message);
    expect(answerOf(others)).toEqual(answerOf(result));
  });

  it.each(KINDS)('goes on from any checkpoint, and from none of another detector: %s', async (_, task) => {
    const states: SearchState[] = [];
    const whole = await search(task, { onState: (state) => void states.push(state) });
    if (whole.kind === 'problem') throw new Error(whole.message);
    for (const state of states.filter((__, i) => i % 5 === 1)) {
      const text = writeCheckpoint(task, state);
      const { downstream = fail(), ...alone } = task;
      expect(readCheckpoint(text, { ...task, downstream: { ...downstream, costs: {} } })).toMatchObject({
        wrong: expect.stringContaining('downstream'),
      });
      expect(readCheckpoint(text, alone)).toMatchObject({ wrong: expect.stringContaining('downstream') });
      const reading = readCheckpoint(text, task);
      if ('wrong' in reading) throw new Error(reading.wrong);
      const resumed = await search(task, { resume: reading.state });
      if (resumed.kind === 'problem') throw new Error(resumed.message);
      expect(answerOf(resumed)).toEqual(answerOf(whole));
    }
  });

  it('has fewer channels where a head reads them than with the same allowance and no head', async () => {
    const { downstream = fail(), ...alone } = quick;
    const fixed = { ...downstream, perChannel: [] };
    const [dear, free] = [await checked(quick), await checked({ ...alone, downstream: fixed })];
    expect(free.score).toBeGreaterThan(dear.score);
    expect(free).toMatchObject({ proven: true });
    expect(dear).toMatchObject({ proven: true });
  });

  it('is that of the backbone alone within what the head leaves, where the head asks for no channels', async () => {
    const { downstream = fail(), ...alone } = quick;
    const limits = quick.budget.limits.map(({ cost, amount }) => ({
      cost,
      amount: amount - (downstream.costs[cost] ?? 0),
    }));
    const within = await search({ ...alone, budget: { name: 'left', limits } });
    const behind = await checked({ ...quick, downstream: { ...downstream, perChannel: [] } });
    if (within.kind === 'problem') throw new Error(within.message);
    expect(behind.score).toBeCloseTo(within.score, 9);
    expect(behind.backbone).toEqual(within.backbone);
  });

  it('says how much the whole has at least where no design fits', () => {
    const limits = [{ cost: 'params', amount: costOf(wholeCosts(quick.start, quick.downstream), 'params') / 100 }];
    const outcome = prepare({ ...quick, budget: { name: 'little', limits } });
    if (outcome.kind !== 'problem' || outcome.code !== 'budget-impossible') throw new Error('no design fits');
    expect(outcome.least).toBeGreaterThan(quick.downstream?.costs['params'] ?? Number.NaN);
  });

  it('is refused where the downstream is of another backbone', () => {
    const downstream = { ...(quick.downstream ?? fail()), reads: [9] };
    expect(prepare({ ...quick, downstream })).toMatchObject({ kind: 'problem', code: 'bad-task' });
  });

  it('has a frontier that never falls, and designs of it are within their limits', async () => {
    const { amount = 0 } = quick.budget.limits.find(({ cost }) => cost === 'tinynas') ?? {};
    const limits = [0.6, 0.8, 1].map((share) => share * amount);
    const { points } = await frontier(quick, 'tinynas', limits, search);
    expect(points.map(({ proven }) => proven)).toEqual([true, true, true]);
    points.forEach(({ best, limit }, i) => {
      if (best === undefined) throw new Error('a design');
      expect(costOf(wholeCosts(best.backbone, quick.downstream), 'tinynas')).toBeLessThanOrEqual(limit);
      expect(best.score).toBeGreaterThanOrEqual(points[i - 1]?.best?.score ?? 0);
    });
  });

  it('has a front that none of its designs beats', async () => {
    const { front = [] } = await checked({ ...quick, pareto: ['macs'] });
    expect(front.length).toBeGreaterThan(10);
    const weighed = front.map(({ score, costs }) => ({ score, costs: [costs.macs] }));
    expect(nonDominated(weighed)).toHaveLength(front.length);
  });

  it('over a graph has no bound', () => {
    const [, graph] = GRAPHS[0] ?? fail();
    const downstream = { name: '', costs: {}, perChannel: [], reads: [0], kept: [], alive: [] };
    expect(certify(watching(graph, { downstream }))).toBeUndefined();
  });
});
