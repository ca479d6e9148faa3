import fc from 'fast-check';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { wholeCosts } from '../../../server/src/analysis/whole-costs.ts';
import { type Backbone, type Group, group, type StageWeights } from '../../../server/src/backbone/backbone.ts';
import { type CostName, costOf } from '../../../server/src/cost/budget.ts';
import type { Downstream, SomeCosts } from '../../../server/src/cost/downstream.ts';
import { DEFAULT_TASK, type Goal, type SearchTask } from '../../../server/src/search/task.ts';
import { PRESETS } from '../../../server/src/space/presets.ts';
import { downstreamsOf } from '../downstreams.ts';

/** A task whose space is small enough to look at every design. */
export interface Case {
  readonly name: string;
  readonly groups: readonly Group[];
  readonly limits: Readonly<Partial<Record<CostName, number>>>;
  readonly goal?: Goal;
  readonly space?: SearchTask['space'];
  readonly weights?: StageWeights;
  readonly downstream?: Downstream;
}

export const conv = (stride: number, out = 8) => group({ block: 'conv', out, kernel: 3, stride });
export const bottleneck = group({ block: 'bottleneck', out: 16, btn: 8, kernel: 3, stride: 2 });
export const squeezed = group({ block: 'inverted', out: 16, btn: 16, kernel: 3, stride: 2, se: true });
export const unexpanded = group({ block: 'inverted', out: 16, btn: 0, kernel: 3, stride: 2, se: true });
export const pool = group({ block: 'maxpool', kernel: 3, stride: 2 });
export const least = (cost: CostName, score: number): Goal => ({ kind: 'minimise', cost, score });

/** A head on some outputs: its costs by channel and whatever the channels are, and elements alive in it. */
export const behind = (
  reads: readonly number[],
  adds: SomeCosts,
  costs: SomeCosts = {},
  more: Partial<Downstream> = {},
): Downstream => {
  const perChannel = reads.map((group) => ({ group, adds }));
  return { name: 'head', costs, perChannel, reads, kept: [], alive: [], ...more };
};

export const CASES: readonly Case[] = [
  { name: 'a score', groups: [conv(2), bottleneck], limits: { params: 20_000 } },
  {
    name: 'a score under three budgets',
    groups: [conv(2), bottleneck],
    limits: { params: 30_000, macs: 4e6, layers: 7 },
  },
  {
    name: 'types of blocks',
    groups: [conv(2), bottleneck],
    space: PRESETS.paper,
    limits: { params: 12_000, layers: 5 },
  },
  {
    // Near the best prices other types are better than that of the best design.
    name: 'types of blocks, of which the best is not the first',
    groups: [conv(2), bottleneck],
    space: PRESETS.paper,
    limits: { params: 3_000, macs: 1e6, layers: 4 },
  },
  {
    name: 'a first group that has types',
    groups: [bottleneck],
    space: PRESETS.paper,
    limits: { params: 1_500, layers: 4 },
    weights: { C1: 1 },
  },
  {
    name: 'a stem that narrows',
    groups: [conv(2), conv(2), bottleneck],
    limits: { params: 9_000, macs: 1.5e6 },
    weights: { C1: 9, C3: 1 },
  },
  {
    name: 'squeeze-and-excitation',
    groups: [conv(2), squeezed],
    limits: { params: 30_000, layers: 10 },
  },
  {
    name: 'squeeze-and-excitation of the input',
    groups: [conv(2), unexpanded],
    limits: { params: 20_000, layers: 10 },
  },
  {
    name: 'a max-pool',
    groups: [conv(2), pool, bottleneck],
    limits: { mmcv: 2e6, layers: 10 },
    weights: { C3: 1 },
  },
  {
    name: 'the least params alone',
    groups: [conv(2), bottleneck],
    goal: least('params', 20),
    limits: {},
  },
  {
    name: 'the least layers',
    groups: [conv(2), bottleneck],
    goal: least('layers', 15),
    limits: { params: 30_000 },
  },
  {
    name: 'the least of a cost that has a limit of its own',
    groups: [conv(2), bottleneck],
    goal: least('mmcv', 20),
    limits: { mmcv: 1e9, params: 30_000, layers: 10 },
  },
  {
    name: 'a score under a budget on memory',
    groups: [conv(2), bottleneck],
    limits: { params: 60_000, memory: 120_000 },
    weights: { C1: 2, C2: 1 },
  },
  {
    name: 'a score beside a head',
    groups: [conv(2), bottleneck],
    limits: { params: 40_000, macs: 2e7 },
    downstream: behind([1], { params: 300, macs: 80_000 }, { params: 9_000, macs: 1e6 }),
  },
  {
    name: 'a max-pool that a head reads',
    groups: [conv(2), pool, bottleneck],
    limits: { mmcv: 4e6, params: 20_000, layers: 10 },
    weights: { C3: 1 },
    downstream: behind([1, 2], { mmcv: 9_000, params: 70 }, { mmcv: 100_000 }),
  },
  {
    name: 'an output that a head keeps',
    groups: [conv(2), { ...bottleneck, out: 24 }, bottleneck],
    limits: { params: 12_000, layers: 10 },
    downstream: behind([1, 2], { params: 20 }, { params: 500 }, { kept: [1] }),
    weights: { C2: 1, C3: 2 },
  },
  {
    name: 'types of blocks beside a head',
    groups: [conv(2), bottleneck],
    space: PRESETS.paper,
    limits: { params: 16_000, layers: 5 },
    downstream: behind([0, 1], { params: 100 }, { params: 2_000 }),
  },
  {
    name: 'the least params beside a head',
    groups: [conv(2), bottleneck],
    goal: least('params', 20),
    limits: {},
    downstream: behind([1], { params: 256 }, { params: 4_000 }),
  },
  {
    name: 'the least layers beside a head',
    groups: [conv(2), bottleneck],
    goal: least('layers', 15),
    limits: { params: 30_000 },
    downstream: behind([1], { params: 256 }, { params: 4_000 }),
  },
  { name: 'the least memory', groups: [conv(2), bottleneck], goal: least('memory', 25), limits: {} },
  {
    // The prices of the others are needed twice.
    name: 'the least memory under two budgets',
    groups: [conv(2), bottleneck],
    goal: least('memory', 23),
    limits: { params: 12_000, macs: 4e6 },
  },
  {
    name: 'the least memory of a wide stem',
    groups: [conv(2), bottleneck],
    goal: least('memory', 32),
    limits: { params: 8_000, macs: 2e6 },
    weights: { C1: 3, C2: 1 },
  },
];

const backboneOf = (groups: readonly Group[], weights: StageWeights): Backbone => ({
  name: 'small',
  input: { channels: 3, height: 64, width: 64 },
  groups,
  weights,
});

type Fields = Omit<Case, 'name'>;

export function taskOf({
  groups,
  limits,
  goal = { kind: 'maximise' },
  space = PRESETS.tinynas,
  weights = { C2: 1 },
  downstream,
}: Fields): SearchTask {
  const start = backboneOf(groups, weights);
  const amounts = Object.entries(limits).map(([cost, amount = Number.NaN]) => ({ cost, amount }));
  const behind = downstream === undefined ? {} : { downstream };
  return { ...DEFAULT_TASK, start, space, goal, budget: { name: 'small', limits: amounts }, ...behind };
}

/** Budgets are shares of what a middling design costs, goals shares of what it scores. */
export const randomTask: fc.Arbitrary<SearchTask> = fc
  .record({
    groups: fc.constantFrom(
      [conv(2), bottleneck],
      [conv(2), { ...bottleneck, block: 'basic' } as const],
      [conv(2), conv(1), bottleneck],
      [conv(2), squeezed],
      [conv(2), unexpanded],
      [conv(2), pool, bottleneck],
      [conv(2), bottleneck, conv(1)],
      [bottleneck],
    ),
    space: fc.constantFrom(PRESETS.tinynas, PRESETS.paper),
    shares: fc.array(
      fc.tuple(
        fc.constantFrom<CostName>('params', 'macs', 'thop', 'mmcv', 'tinynas', 'layers', 'memory'),
        fc.double({ min: 0.4, max: 2.5, noNaN: true }),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    goal: fc.option(
      fc.tuple(
        fc.constantFrom<CostName>('params', 'macs', 'mmcv', 'layers', 'memory'),
        fc.double({ min: 0.5, max: 1.1, noNaN: true }),
      ),
    ),
    weights: fc.constantFrom<StageWeights>({ C1: 1, C2: 1 }, { C2: 1, C3: 2 }, { C1: 5, C2: 1, C3: 1 }),
  })
  .chain((fields) =>
    fc.record({
      fields: fc.constant(fields),
      downstream: fc.option(downstreamsOf(fields, 5_000), { nil: undefined }),
    }),
  )
  .map(({ fields: { groups, space, shares, goal, weights }, downstream }) => {
    // Layers are always few, so that there is an end to what must be looked at.
    const limits: Partial<Record<CostName, number>> = { layers: 8, params: 20_000 };
    const start = backboneOf(groups, weights);
    const middling = analyse(start);
    const costs = wholeCosts(start, downstream);
    for (const [cost, share] of shares) limits[cost] = Math.ceil(share * costOf(costs, cost));
    const score = (goal?.[1] ?? 0) * middling.score.fanIn;
    const aim: Goal = goal === null ? { kind: 'maximise' } : least(goal[0], score);
    return taskOf({ groups, limits, goal: aim, space, weights, ...(downstream === undefined ? {} : { downstream }) });
  });
