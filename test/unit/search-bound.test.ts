import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { type Backbone, DEFAULT_WEIGHTS, group } from '../../server/src/backbone/backbone.ts';
import { costOf, exceeded } from '../../server/src/cost/budget.ts';
import { certify } from '../../server/src/search/bound/bound.ts';
import { minimiseConvex } from '../../server/src/search/bound/ellipsoid.ts';
import { Relaxation } from '../../server/src/search/bound/relaxation.ts';
import { Evaluator } from '../../server/src/search/model/evaluator.ts';
import { compileModel } from '../../server/src/search/model/model.ts';
import { Random } from '../../server/src/search/random.ts';
import { search } from '../../server/src/search/run.ts';
import type { SearchTask } from '../../server/src/search/task.ts';
import { violations } from '../../server/src/space/constraints.ts';
import { SPACES } from '../../server/src/space/space.ts';
import { square } from '../golden/structures.ts';
import { r50Task, taskFor } from './search-arbitrary.ts';

/** Small enough that every design can be looked at: its budget leaves room for few widths and depths. */
const tiny: SearchTask = {
  ...taskFor({
    name: 'tiny',
    input: square(64),
    weights: DEFAULT_WEIGHTS,
    groups: [
      group({ block: 'conv', out: 8, kernel: 3, stride: 2 }),
      group({ block: 'bottleneck', out: 16, btn: 8, kernel: 3, stride: 2 }),
      group({ block: 'k1kx', out: 16, btn: 8, kernel: 3, stride: 2 }),
    ],
  }),
  evaluations: 4_000,
  population: 64,
};

/** Every design of the tiny space, from the constraints as the editor checks them. */
function everyDesign(task: SearchTask): Backbone[] {
  const space = SPACES[task.space];
  const [stem, first, second] = task.start.groups;
  if (stem === undefined || first === undefined || second === undefined) throw new Error('three groups');
  const widths = Array.from({ length: 8 }, (_, i) => 8 * (i + 1));
  const designs: Backbone[] = [];
  const layers = task.budget.limits.find((l) => l.cost === 'layers')?.amount;
  for (const s of widths.filter((w) => w <= 32))
    for (const [o1, b1] of pairs(widths))
      for (const k1 of [3, 5])
        for (const d1 of [1, 2, 3]) {
          const head = [
            { ...stem, out: s },
            { ...first, out: o1, btn: b1, kernel: k1, depth: d1 },
          ];
          if (violations({ ...task.start, groups: head }, space, layers).length > 0) continue;
          for (const [o2, b2] of pairs(widths))
            for (const kernel of [3, 5])
              for (const depth of [1, 2, 3, 4]) {
                const groups = [...head, { ...second, out: o2, btn: b2, kernel, depth }];
                designs.push({ ...task.start, groups });
              }
        }
  return designs;
}

const pairs = (widths: readonly number[]): [number, number][] =>
  widths.flatMap((o) => widths.filter((b) => b <= o && 10 * b >= o).map((b): [number, number] => [o, b]));

describe('the certificate', () => {
  it('brute force: bound ≥ optimum ≥ found ≥ 99.8 % of the optimum', async () => {
    const limits = [
      { cost: 'params', amount: 5_000 },
      { cost: 'macs', amount: 900_000 },
      { cost: 'layers', amount: 12 },
    ] as const;
    const task: SearchTask = { ...tiny, budget: { name: 'tiny', limits } };
    const model = compileModel(task);
    const e = new Evaluator(model, 1);
    let optimum = -Infinity;
    let designs = 0;
    // The enumeration is written without the search: constraints and scores are the editor's.
    for (const design of everyDesign(task)) {
      const genes = design.groups.flatMap((g, i) => [
        g.out,
        g.btn,
        model.slots[i]?.variants.findIndex((v) => v.template.kernel === g.kernel) ?? 0,
        g.depth,
      ]);
      e.load(0, genes);
      designs += 1;
      if (e.score <= optimum || e.costs.some((cost, c) => cost > (model.limits[c] ?? 0))) continue;
      if (violations(design, SPACES.tinynas, 12).length > 0) continue;
      expect(exceeded(analyse(design).costs, task.budget)).toEqual([]);
      optimum = analyse(design).score.fanIn;
    }
    expect(designs).toBeGreaterThan(100_000);
    const bound = certify(task)?.bound ?? 0;
    expect(bound).toBeGreaterThanOrEqual(optimum - 1e-9);
    // Widths are coarse here, so that the relaxation is; that it is a bound of something is seen all the same.
    expect(bound).toBeLessThan(1.2 * optimum);
    const result = await search(task);
    if (result.kind === 'problem') throw new Error(result.message);
    expect(result.bound).toBe(bound);
    expect(result.score).toBeLessThanOrEqual(optimum + 1e-9);
    expect(result.score).toBeGreaterThanOrEqual(0.998 * optimum);
  });

  it('the dynamic programme is never below any design at its prices', () => {
    const starts = [tiny.start, r50Task.start];
    const seblock = group({ block: 'inverted', out: 64, btn: 128, kernel: 3, stride: 2, se: true, depth: 2 });
    const plain = group({ block: 'inverted', out: 64, btn: 0, kernel: 3, stride: 2, se: true });
    const pool = group({ block: 'maxpool', kernel: 3, stride: 2 });
    const head = tiny.start.groups[0] ?? seblock;
    starts.push({ ...tiny.start, input: square(128), groups: [head, pool, seblock, plain] });
    for (const start of starts) {
      for (const objective of ['multi-scale', 'zen', 'single-scale'] as const) {
        const model = compileModel(taskFor(start, { space: start === tiny.start ? 'paper' : 'tinynas', objective }));
        const relaxation = new Relaxation(model);
        const e = new Evaluator(model, 1);
        const grids = model.slots.map((_, g) => relaxation.grid(g));
        const random = new Random(7);
        for (let round = 0; round < 2; round++) {
          const prices = model.additive.map((cost) => (random.unit() * 100) / costOf(analyse(start).costs, cost));
          const { value, genes } = relaxation.solve(1, prices, grids);
          const worth = (): number =>
            e.score - model.additive.reduce((s, _, c) => s + (prices[c] ?? 0) * (e.costs[c] ?? 0), 0);
          e.load(0, genes);
          expect(worth()).toBeLessThanOrEqual(value + 1e-6);
          if (!start.groups.some((g) => g.se)) expect(worth()).toBeCloseTo(value, 6);
          for (let i = 0; i < 300; i++) {
            e.load(0, randomDesign(model, random));
            expect(worth()).toBeLessThanOrEqual(value + 1e-6);
          }
        }
      }
    }
  });

  it('is within 0.05 % of what is found on the R50 task, in every seed', async () => {
    for (let seed = 0; seed < 10; seed++) {
      const result = await search({ ...r50Task, seed });
      if (result.kind === 'problem') throw new Error(result.message);
      expect(result.gap).toBeGreaterThanOrEqual(0);
      expect(result.gap).toBeLessThan(0.0005);
    }
  });

  it('holds for the exact estimator, and knows none where the score is no sum', async () => {
    const exact = await search({ ...r50Task, estimator: 'exact', evaluations: 20_000 });
    expect(exact).toMatchObject({ kind: 'result', bound: certify(r50Task)?.bound });
    expect(certify({ ...r50Task, objective: 'deepmad' })).toBeUndefined();
  });

  it('bounds the cost that is minimised from below', async () => {
    const goal = { kind: 'minimise', cost: 'tinynas', score: 2000 } as const;
    const task: SearchTask = { ...r50Task, goal, budget: { name: 'layers', limits: [{ cost: 'layers', amount: 91 }] } };
    const result = await search(task);
    if (result.kind === 'problem') throw new Error(result.message);
    expect(result.score).toBeGreaterThanOrEqual(2000);
    expect(result.costs.tinynas).toBeGreaterThanOrEqual(result.bound ?? 0);
    expect(result.gap).toBeLessThan(0.01);
    expect(result.gap).toBeGreaterThanOrEqual(0);
  });
});

function randomDesign(model: ReturnType<typeof compileModel>, random: Random): number[] {
  let before = model.inputChannels;
  return model.slots.flatMap((slot, g) => {
    const own = model.start.groups[g];
    const variant = random.below(slot.variants.length);
    if (!slot.movesOut) return [0, 0, variant, own?.depth ?? 1];
    const { growth, squeeze } = model.space;
    const low = slot.stem ? 8 : 8 * Math.ceil(before / 8);
    const high = slot.stem ? slot.maxOut : Math.min(slot.maxOut, growth * before);
    const out = Math.min(low + 8 * random.below(40), 8 * Math.floor(high / 8));
    const narrow = 8 * Math.ceil(out / squeeze / 8);
    const wide = (slot.variants[variant]?.expansion ?? 1) * out;
    const btn = slot.movesBtn ? narrow + 8 * random.below(1 + (wide - narrow) / 8) : 0;
    before = out;
    return [out, btn, variant, slot.movesDepth ? 1 + random.below(slot.maxDepth) : (own?.depth ?? 1)];
  });
}

describe('the ellipsoid method', () => {
  it('finds the minimum of a convex function with kinks, at the border too', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -3, max: 9, noNaN: true }), { minLength: 1, maxLength: 4 }), (target) => {
        const size = target.map(() => 10);
        const f = (y: readonly number[]) => ({
          value: y.reduce((sum, v, i) => sum + (i + 1) * Math.abs(v - (target[i] ?? 0)), 0),
          gradient: y.map((v, i) => (i + 1) * Math.sign(v - (target[i] ?? 0))),
        });
        const least = target.reduce((sum, t, i) => sum + (i + 1) * Math.max(0, -t), 0);
        expect(minimiseConvex(f, size, 1e-6, 3000).value - least).toBeLessThan(1e-2);
      }),
      { numRuns: 50 },
    );
  });
});
