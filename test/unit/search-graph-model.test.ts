import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { scoreOf } from '../../server/src/analysis/score-of.ts';
import { lower } from '../../server/src/backbone/lower.ts';
import { widthFaults } from '../../server/src/backbone/width-faults.ts';
import { costOf } from '../../server/src/cost/budget.ts';
import { objectiveOf, scoringBy } from '../../server/src/entropy/objectives/registry.ts';
import { Mutator } from '../../server/src/search/evolve/mutator.ts';
import { ChainEvaluator } from '../../server/src/search/model/chain-evaluator.ts';
import type { Evaluator } from '../../server/src/search/model/evaluator.ts';
import { evaluatorFor } from '../../server/src/search/model/evaluator-for.ts';
import { decode, encode } from '../../server/src/search/model/genome.ts';
import { GraphEvaluator } from '../../server/src/search/model/graph-evaluator.ts';
import { compileChain, compileGraph, compileModel } from '../../server/src/search/model/model.ts';
import { prepare } from '../../server/src/search/model/prepare.ts';
import { startScore } from '../../server/src/search/model/start-score.ts';
import { Random } from '../../server/src/search/random.ts';
import { violations } from '../../server/src/space/constraints.ts';
import { PRESETS } from '../../server/src/space/presets.ts';
import { tiesOf } from '../../server/src/space/ties.ts';
import { backbones, taskFor } from './search-arbitrary.ts';
import { backboneIn, GRAPHS, TIED, watching } from './search-graphs.ts';

function expectNear(actual: number, reference: number): void {
  expect(Math.abs(actual - reference)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(reference)));
}

/** Everything that the evaluator said of a row against a fresh analysis of the design. */
function expectAnalysed(e: Evaluator, row: number): void {
  const { model } = e;
  const design = decode(model, e.genes, row * e.width);
  const analysis = analyse(design);
  const { costs } = analysis;
  model.additive.forEach((cost, i) => void expect([cost, e.costs[i]]).toEqual([cost, costOf(costs, cost)]));
  expect(e.memory).toBe(costs.memory);
  expectNear(e.costs[model.additive.length] ?? Number.NaN, costs.rho);
  const { task } = model;
  expectNear(e.score, scoreOf(analysis, scoringBy(objectiveOf(task), task.estimator)));
}

const seeds = fc.record({ seed: fc.nat(), moves: fc.integer({ min: 1, max: 25 }), undone: fc.boolean() });

describe('the evaluator of graphs equals analyse() after any run of moves', () => {
  it.each(GRAPHS)('%s', (_, start, space) => {
    for (const [fields, numRuns] of [
      [{}, 40],
      [{ objective: 'deepmad' }, 5],
      [{ objective: 'robust' }, 5],
      [{ objective: 'robust', estimator: 'exact' }, 3],
      [{ estimator: 'exact' }, 5],
    ] as const) {
      const prepared = prepare(watching(start, { space, ...fields }));
      if (prepared.kind === 'problem') throw new Error(prepared.message);
      const { model, genes } = prepared;
      expect(model.kind).toBe('graph');
      const ties = tiesOf(start);
      const e = evaluatorFor(model, 2);
      fc.assert(
        fc.property(seeds, ({ seed, moves, undone }) => {
          const mutator = new Mutator(e, new Random(seed), 'clamp');
          e.load(0, genes);
          e.copy(0, 1);
          mutator.begin();
          for (let i = 0; i < moves; i++) mutator.mutate(1, 'coarse', 0.5);
          mutator.refresh(1);
          expectAnalysed(e, 1);
          const design = decode(model, e.genes, e.width);
          expect(violations(design, space)).toEqual([]);
          for (const members of ties.members) {
            const widths = members.map((m) => design.groups[m]?.out);
            expect(new Set(widths).size).toBeLessThan(2);
          }
          for (const { group, in: channels } of lower(design).groups) expect(widthFaults(group, channels)).toEqual([]);
          if (undone) mutator.undo(0, 1);
          else e.copy(1, 0);
          e.total(1);
          expectAnalysed(e, 1);
        }),
        { numRuns },
      );
    }
  });
});

describe('of a start that is off the grid', () => {
  const odd = backboneIn(`backbone odd {
    input 3 x 64 x 64
    stem   conv(out: 13, k: 3, s: 2)
    node a bottleneck(out: 50, btn: 11, k: 3, s: 2) x 2   from stem
    node b basic(out: 27, btn: 9, k: 3, s: 1) x 1         from stem
    node c bottleneck(out: 50, btn: 7, k: 3, s: 1) x 1    at /4 from a, b
    node d conv(out: 31, k: 1, s: 1)                      from a, c
    output C3: c, C4: d
    entropy C3: 1, C4: 1
  }`);

  it('every number is that of the analysis, half of an odd width included', () => {
    for (const estimator of ['fan-in', 'exact'] as const) {
      const task = watching(odd, { estimator });
      const model = compileModel(task, { ...PRESETS.tinynas, kernelMargin: 0 });
      const e = evaluatorFor(model, 1);
      e.load(0, encode(model, odd.groups));
      expectAnalysed(e, 0);
      expectNear(startScore(task), analyse(odd).score[estimator === 'exact' ? 'exact' : 'fanIn']);
    }
  });
});

describe('on chains of ordinary blocks', () => {
  it('both evaluators say the same', () => {
    fc.assert(
      fc.property(backbones, fc.constantFrom(PRESETS.tinynas, PRESETS.paper), (start, space) => {
        for (const fields of [{}, { objective: 'deepmad' }, { objective: 'zen' }, { objective: 'robust' }] as const) {
          const task = taskFor(start, { space, pareto: ['rho', 'activations'], ...fields });
          const chain = new ChainEvaluator(compileChain(task), 1);
          const graph = new GraphEvaluator(compileGraph(task), 1);
          for (const e of [chain, graph]) e.load(0, encode(e.model, start.groups));
          expect([...graph.costs.slice(0, -2)]).toEqual([...chain.costs.slice(0, -2)]);
          for (let c = 0; c < chain.costs.length; c++) expectNear(graph.costs[c] ?? Number.NaN, chain.costs[c] ?? 0);
          expect(graph.memory).toBe(chain.memory);
          expectNear(graph.score, chain.score);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('rho is that of the analysis', () => {
    fc.assert(
      fc.property(backbones, (start) => {
        for (const estimator of ['fan-in', 'exact'] as const) {
          const model = compileChain(watching(start, { estimator, objective: 'single-scale' }));
          const e = new ChainEvaluator(model, 1);
          e.load(0, encode(model, start.groups));
          expectNear(e.costs[model.additive.length] ?? Number.NaN, analyse(start).costs.rho);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('outputs that are tied to one another', () => {
  it.each([
    ['a', ['a']],
    // What is added in d.
    ['b', ['b', 'c']],
    ['d', ['d']],
    // f takes e, and the max-pool that hands it on, as they are.
    ['e', ['e', 'f']],
  ])('of %s in the sums', (name, tied) => {
    const names = TIED.wiring?.nodes.map((node) => node.name) ?? [];
    const { owner, members } = tiesOf(TIED);
    expect(members[owner[names.indexOf(name)] ?? -1]?.map((m) => names[m])).toEqual(tied);
  });

  it('stay where a block or the image has the width that they have', () => {
    const start = backboneIn(`backbone stays {
      input 3 x 64 x 64
      stem   conv(out: 16, k: 3, s: 2)
      node a shuffle(out: 16, k: 3, s: 1) x 1                          from stem
      node b conv(out: 32, k: 3, s: 2)                                 from a
      node c conv(out: 32, k: 3, s: 1, groups: 4)                      from b
      node d conv(out: 64, k: 1, s: 1)                                 from c
      output C2: d
      entropy C2: 1
    }`);
    const { owner, movable } = tiesOf(start);
    expect(start.groups.map((_, g) => movable[owner[g] ?? -1])).toEqual([false, false, false, false, true]);
  });
});
