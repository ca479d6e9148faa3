import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { wholeCosts } from '../../../server/src/analysis/whole-costs.ts';
import { type Backbone, group } from '../../../server/src/backbone/backbone.ts';
import { costOf } from '../../../server/src/cost/budget.ts';
import { Mutator } from '../../../server/src/search/evolve/mutator.ts';
import { ChainEvaluator } from '../../../server/src/search/model/chain-evaluator.ts';
import type { Evaluator } from '../../../server/src/search/model/evaluator.ts';
import { evaluatorFor } from '../../../server/src/search/model/evaluator-for.ts';
import { decode, encode } from '../../../server/src/search/model/genome.ts';
import { GraphEvaluator } from '../../../server/src/search/model/graph-evaluator.ts';
import { compileChain, compileGraph, placeOf } from '../../../server/src/search/model/model.ts';
import { prepare } from '../../../server/src/search/model/prepare.ts';
import { Random } from '../../../server/src/search/random.ts';
import { PRESETS } from '../../../server/src/space/presets.ts';
import { downstreamsOf } from '../downstreams.ts';
import { backbones, r50Task, taskFor } from '../search-arbitrary.ts';
import { GRAPHS } from '../search-graphs.ts';
import { registerToy } from '../toy-profile.ts';

const toy = registerToy();
/** Kernels that take channels by eight, and others that fuse nothing. */
const others = registerToy('others', { channelBlock: 8, fused: [], factor: 1.2 });
const LIMITS = [toy, 'params', others].map((cost) => ({ cost, amount: 1e9 }));
const timed = (start: Backbone, fields = {}) =>
  taskFor(start, { budget: { name: 'times', limits: LIMITS }, ...fields });

function expectTimes(e: Evaluator, design: Backbone): void {
  const costs = wholeCosts(design, e.model.task.downstream);
  for (const cost of [toy, others]) {
    const own = costOf(costs, cost);
    expect(Math.abs((e.costs[placeOf(e.model, cost)] ?? Number.NaN) - own)).toBeLessThanOrEqual(1e-9 * own);
  }
}

describe('milliseconds of a search are those of analyse()', () => {
  it('by both evaluators of chains, on any backbone, with and without a downstream', () => {
    const started = backbones.chain((start) =>
      fc.tuple(fc.constant(start), fc.option(downstreamsOf(start), { nil: undefined }), fc.nat({ max: 7 })),
    );
    fc.assert(
      fc.property(started, ([start, downstream, odd]) => {
        // Widths that no block of channels divides too.
        const groups = start.groups.map((g) => ({ ...g, btn: g.btn === 0 ? 0 : g.btn + odd }));
        const design = { ...start, groups };
        const task = timed(design, downstream === undefined ? {} : { downstream });
        for (const e of [new ChainEvaluator(compileChain(task), 1), new GraphEvaluator(compileGraph(task), 1)]) {
          e.load(0, encode(e.model, groups));
          expectTimes(e, design);
        }
      }),
      { numRuns: 120 },
    );
  });

  it.each([
    ['channel groups', { block: 'k1kx', out: 96, btn: 48, kernel: 3, stride: 2, depth: 2, groups: 4 }],
    ['as many channel groups as channels', { block: 'bottleneck', out: 96, btn: 32, kernel: 5, stride: 1, groups: 32 }],
    ['a hidden width that is written', { block: 'inverted', out: 48, btn: 96, kernel: 7, stride: 2, squeeze: 12 }],
    [
      'squeeze-and-excitation of the output',
      { block: 'basic', out: 72, btn: 40, kernel: 3, stride: 2, depth: 3, se: true },
    ],
    ['in = out', { block: 'bottleneck', out: 24, btn: 8, kernel: 3, stride: 1, depth: 2, se: true }],
    ['a wide bottleneck', { block: 'inverted', out: 240, btn: 1440, kernel: 5, stride: 1, depth: 2, se: true }],
  ] as const)('of %s', (_, own) => {
    const groups = [group({ block: 'conv', out: 24, kernel: 3, stride: 2 }), group(own)];
    const start = { name: 'one', input: { channels: 3, height: 97, width: 130 }, weights: { C2: 1 }, groups };
    const e = new ChainEvaluator(compileChain(timed(start)), 1);
    e.load(0, encode(e.model, groups));
    expectTimes(e, start);
  });

  it.each([['a chain', r50Task.start, PRESETS.paper] as const, ...GRAPHS])('after moves: %s', (_, start, space) => {
    const prepared = prepare(timed(start, { space }));
    if (prepared.kind === 'problem') throw new Error(prepared.message);
    const e = evaluatorFor(prepared.model, 1);
    const mutator = new Mutator(e, new Random(7), 'clamp');
    e.load(0, prepared.genes);
    for (let i = 0; i < 40; i++) {
      mutator.mutate(0, 'coarse', 0.5);
      mutator.refresh(0);
      if (i % 4 === 3) expectTimes(e, decode(prepared.model, e.genes));
    }
  });

  it('beside all other costs, which stay exact', () => {
    const e = new ChainEvaluator(compileChain(timed(r50Task.start)), 1);
    e.load(0, encode(e.model, r50Task.start.groups));
    expect(e.costs[1]).toBe(analyse(r50Task.start).costs.params);
  });
});
