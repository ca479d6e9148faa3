import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { wholeCosts } from '../../../server/src/analysis/whole-costs.ts';
import type { Backbone } from '../../../server/src/backbone/backbone.ts';
import { type Budget, costOf, exceeded } from '../../../server/src/cost/budget.ts';
import type { Downstream } from '../../../server/src/cost/downstream.ts';
import { DEFAULT_SCORING } from '../../../server/src/entropy/objectives/registry.ts';
import { fitBudget } from '../../../server/src/features/fit-budget.ts';
import { Trials } from '../../../server/src/features/move-effect.ts';
import { allMoves, effects } from '../../../server/src/features/sensitivity.ts';
import { PRESETS } from '../../../server/src/space/presets.ts';
import { backboneOf, square, structureCases } from '../../golden/structures.ts';
import { brokenOf, downstreamsOf } from '../downstreams.ts';
import { taskFor } from '../search-arbitrary.ts';
import { GRAPHS } from '../search-graphs.ts';
import { differences } from '../support/close.ts';

const published = structureCases
  .filter(({ name }) => name !== null)
  .map(({ structure_info }) => backboneOf(structure_info, square(480)));

/** Backbones, each with something behind it that costs about as much as they do. */
const detectors = fc
  .constantFrom(...published, ...GRAPHS.slice(0, 5).map(([, start]) => start))
  .chain((start) => fc.record({ start: fc.constant(start), downstream: downstreamsOf(start, 1e7) }));

const shareOf = (start: Backbone, downstream: Downstream, cost: string, share: number): Budget => {
  const own = costOf(analyse(start).costs, cost);
  const behind = costOf(wholeCosts(start, downstream), cost) - own;
  return { name: 'less', limits: [{ cost, amount: Math.round(behind + share * own) }] };
};

const widths = (backbone: Backbone, groups: readonly number[]) =>
  groups.map((group) => analyse(backbone).network.groups[group]?.channels);

describe('with what stands behind a backbone', () => {
  it('a budget on both is fitted, and what is kept stays', () => {
    fc.assert(
      fc.property(
        detectors,
        fc.constantFrom('macs', 'params', 'memory'),
        fc.constantFrom(undefined, PRESETS.paper),
        ({ start, downstream }, cost, space) => {
          const budget = shareOf(start, downstream, cost, 0.8);
          const fitted = fitBudget(analyse(start), budget, DEFAULT_SCORING, space, downstream);
          // Memory of what is behind, or of what it keeps, may leave no way.
          if (fitted === undefined) return cost === 'memory' || downstream.kept.length > 0;
          expect(differences(fitted.costs, wholeCosts(fitted.backbone, downstream))).toEqual([]);
          expect(exceeded(fitted.costs, budget)).toEqual([]);
          expect(fitted.score).toBeCloseTo(analyse(fitted.backbone).score.fanIn, 6);
          expect(widths(fitted.backbone, downstream.kept)).toEqual(widths(start, downstream.kept));
          return true;
        },
      ),
      { numRuns: 25 },
    );
  });

  it('nothing is fitted that both hold already', () => {
    const [start] = published;
    if (start === undefined) throw new Error('a published network');
    const downstream: Downstream = {
      ...{ name: '', costs: { macs: 1e9 }, perChannel: [], reads: [], kept: [], alive: [] },
    };
    const amount = analyse(start).costs.macs + 1e9;
    const fitted = (limit: number, behind?: Downstream) =>
      fitBudget(
        analyse(start),
        { name: '', limits: [{ cost: 'macs', amount: limit }] },
        DEFAULT_SCORING,
        undefined,
        behind,
      );
    expect(fitted(amount, downstream)).toBeUndefined();
    expect(fitted(amount - 1, downstream)).toBeDefined();
    expect(fitted(amount - 1)).toBeUndefined();
  });

  it('a change of the backbone is weighed with all that it changes', () => {
    fc.assert(
      fc.property(detectors, fc.nat(), ({ start, downstream }, at) => {
        const trials = new Trials(analyse(start), DEFAULT_SCORING, PRESETS.paper, downstream);
        const index = at % start.groups.length;
        for (const effect of effects(trials, 'macs', allMoves, [index])) {
          const costs = wholeCosts(effect.backbone, downstream);
          expect(differences(effect.costs, costs)).toEqual([]);
          expect(effect.costGain).toBe(costs.macs - wholeCosts(start, downstream).macs);
          expect(widths(effect.backbone, downstream.kept)).toEqual(widths(start, downstream.kept));
          const task = taskFor(start, { space: PRESETS.paper, downstream, budget: { name: '', limits: [] } });
          expect(brokenOf(task, effect.backbone).length).toBeLessThanOrEqual(brokenOf(task, start).length);
        }
      }),
      { numRuns: 25 },
    );
  });
});
