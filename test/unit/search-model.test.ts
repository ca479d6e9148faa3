import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { scoreOf } from '../../server/src/analysis/score-of.ts';
import { type Backbone, SINGLE_SCALE_WEIGHTS } from '../../server/src/backbone/backbone.ts';
import { costOf } from '../../server/src/cost/budget.ts';
import { robust } from '../../server/src/entropy/objectives/robust.ts';
import { ChainEvaluator } from '../../server/src/search/model/chain-evaluator.ts';
import { decode, encode } from '../../server/src/search/model/genome.ts';
import { compileChain } from '../../server/src/search/model/model.ts';
import type { SearchTask } from '../../server/src/search/task.ts';
import { PRESETS } from '../../server/src/space/presets.ts';
import { backboneOf, square, structureCases, titleOf } from '../golden/structures.ts';
import { backbones, r50Task, taskFor } from './search-arbitrary.ts';

function evaluate(task: SearchTask, design: Backbone = task.start): ChainEvaluator {
  const model = compileChain(task);
  const evaluator = new ChainEvaluator(model, 1);
  evaluator.load(0, encode(model, design.groups));
  return evaluator;
}

function expectEqual(actual: number, reference: number): void {
  expect(Math.abs(actual - reference)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(reference)));
}

function expectCosts(e: ChainEvaluator, design: Backbone): void {
  const { costs } = analyse(design);
  const found = e.model.additive.map((cost, i) => [cost, e.costs[i]]);
  expect(found).toEqual(e.model.additive.map((cost) => [cost, costOf(costs, cost)]));
  expect(e.memory).toBe(costs.memory);
}

describe('the fast path equals analyse()', () => {
  it('in every cost exactly, and in the score to 1e-9, on any backbone', () => {
    fc.assert(
      fc.property(backbones, fc.constantFrom(PRESETS.tinynas, PRESETS.paper), (b, space) => {
        for (const estimator of ['fan-in', 'exact'] as const) {
          const e = evaluate(taskFor(b, { space, estimator }));
          expectCosts(e, b);
          expectEqual(e.score, analyse(b).score[estimator === 'exact' ? 'exact' : 'fanIn']);
        }
        expectEqual(evaluate(taskFor(b, { objective: 'deepmad' })).score, analyse(b).score.deepmad);
        for (const estimator of ['fan-in', 'exact'] as const) {
          const e = evaluate(taskFor(b, { space, estimator, objective: 'robust' }));
          expectCosts(e, b);
          expectEqual(e.score, scoreOf(analyse(b), { objective: robust, estimator }));
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each(structureCases.map((c, i) => [titleOf(c, i), c] as const))('on golden %s', (_, c) => {
    const b = backboneOf(c.structure_info, square(480));
    const e = evaluate(taskFor(b));
    expectCosts(e, b);
    expectEqual(e.score, c.tinynas.madnas);
  });

  it('after any run of changes to single groups', () => {
    const change = fc.record({
      group: fc.nat({ max: 5 }),
      gene: fc.nat({ max: 3 }),
      value: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 12 }),
        fc.constantFrom('fan-in' as const, 'exact' as const),
        (changes, estimator) => {
          const model = compileChain({ ...r50Task, estimator });
          const e = new ChainEvaluator(model, 2);
          e.load(0, encode(model, r50Task.start.groups));
          for (const { group, gene, value } of changes) {
            if (group === 0 && gene % 2 === 1) continue;
            const slot = model.slots[group];
            const limit =
              gene === 2
                ? value % (slot?.variants.length ?? 1)
                : gene === 3
                  ? 1 + (value % (slot?.depth.most ?? 1))
                  : 8 * value;
            e.copy(0, 1);
            e.genes[e.width + 4 * group + gene] = limit;
            e.copy(1, 0);
            e.refreshGroup(0, group);
            for (const reader of slot?.readers ?? []) e.refreshGroup(0, reader);
          }
          e.total(0);
          const design = decode(model, e.genes);
          const { score, costs } = analyse(design);
          expectEqual(e.score, estimator === 'exact' ? score.exact : score.fanIn);
          expect([...e.costs]).toEqual([costs.tinynas, costs.layers]);
        },
      ),
    );
  });

  it('single-scale weighs the last stage only', () => {
    const e = evaluate({ ...r50Task, objective: 'single-scale' });
    expectEqual(e.score, analyse({ ...r50Task.start, weights: SINGLE_SCALE_WEIGHTS }).score.fanIn);
  });
});
