import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { costOf } from '../../server/src/cost/budget.ts';
import { nonDominated, type Weighed } from '../../server/src/search/evolve/front.ts';
import { search } from '../../server/src/search/node/run-search.ts';
import { r50Task } from './search-arbitrary.ts';

const beats = (a: Weighed, b: Weighed): boolean =>
  a.score >= b.score && a.costs.every((c, i) => c <= (b.costs[i] ?? 0));

describe('the non-dominated items', () => {
  it('are those that comparing all with all leaves', () => {
    const amount = fc.integer({ min: 0, max: 12 });
    const items = fc.integer({ min: 1, max: 4 }).chain((k) =>
      fc.array(fc.record({ score: amount, costs: fc.array(amount, { minLength: k, maxLength: k }) }), {
        maxLength: 80,
      }),
    );
    fc.assert(
      fc.property(items, (all) => {
        const front = nonDominated(all);
        for (const item of all) expect(front.some((f) => beats(f, item))).toBe(true);
        front.forEach((a, i) => {
          front.forEach((b, j) => void expect(i !== j && beats(a, b)).toBe(false));
        });
      }),
    );
  });

  it('of 50,000 are found in far less than quadratic time', () => {
    const items = Array.from({ length: 50_000 }, (_, i) => {
      const angle = (i / 50_000) * (Math.PI / 2);
      return { score: 1, costs: [Math.cos(angle), Math.sin(angle)] };
    });
    const begun = performance.now();
    expect(nonDominated(items)).toHaveLength(50_000);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

describe('a search that keeps a front', () => {
  it('spans score against the costs, and ends with the best design', async () => {
    const result = await search({ ...r50Task, pareto: ['macs', 'params'], evaluations: 60_000 });
    if (result.kind === 'problem') throw new Error(result.message);
    const front = result.front ?? [];
    expect(front.length).toBeGreaterThan(50);
    const weighed = front.map((p) => ({ score: p.score, costs: [p.costs.macs, p.costs.params] }));
    expect(nonDominated(weighed)).toHaveLength(front.length);
    for (const { score, backbone, costs } of front) {
      expect(score).toBeCloseTo(analyse(backbone).score.fanIn, 8);
      expect(costOf(costs, 'tinynas')).toBeLessThanOrEqual(18.8e9);
    }
    expect(front.at(-1)?.score).toBeCloseTo(result.score, 8);
    const macs = front.map((p) => p.costs.macs);
    expect(Math.max(...macs) / Math.min(...macs)).toBeGreaterThan(5);
  });

  it('finds cheap designs that a search under the cheap budget would hardly better', async () => {
    const wide = await search({ ...r50Task, pareto: ['tinynas'], evaluations: 200_000 });
    const cheap = {
      name: 'cheap',
      limits: [
        { cost: 'tinynas' as const, amount: 6e9 },
        { cost: 'layers' as const, amount: 91 },
      ],
    };
    const narrow = await search({ ...r50Task, budget: cheap, evaluations: 96_000 });
    if (wide.kind === 'problem' || narrow.kind === 'problem') throw new Error('no result');
    const best = Math.max(...(wide.front ?? []).filter((p) => p.costs.tinynas <= 6e9).map((p) => p.score));
    expect(best).toBeGreaterThan(0.99 * narrow.score);
  });
});
