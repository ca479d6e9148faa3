import { DEFAULT_WEIGHTS, group } from '../server/src/backbone/backbone.ts';
import type { Downstream } from '../server/src/cost/downstream.ts';
import { DEFAULT_TASK, type SearchTask } from '../server/src/search/task.ts';
import { PRESETS } from '../server/src/space/presets.ts';

export const bottleneck = (out: number, btn: number, stride: number) =>
  group({ block: 'bottleneck', out, btn, kernel: 3, stride });

/** The authors' R50 task: 480², at most 18.8 G TinyNAS-FLOPs and 91 layers, from a small network (docs/method.md 4). */
export const r50Task: SearchTask = {
  ...DEFAULT_TASK,
  start: {
    name: 'r50_start',
    input: { channels: 3, height: 480, width: 480 },
    weights: DEFAULT_WEIGHTS,
    groups: [
      group({ block: 'conv', out: 32, kernel: 3, stride: 2 }),
      bottleneck(256, 64, 2),
      bottleneck(512, 128, 2),
      bottleneck(768, 256, 2),
      bottleneck(1024, 256, 1),
      bottleneck(2048, 512, 2),
    ],
  },
  budget: {
    name: 'r50',
    limits: [
      { cost: 'tinynas', amount: 18.8e9 },
      { cost: 'layers', amount: 91 },
    ],
  },
};

/** A small network of four stages, from which the budgets of the published designs are searched. */
const small = {
  ...r50Task.start,
  name: 'small',
  groups: [
    group({ block: 'conv', out: 32, kernel: 3, stride: 2 }),
    ...[64, 128, 256, 512].map((out) => bottleneck(out, 32, 2)),
  ],
};

/** What MAE-DET-S, M and L cost: TinyNAS-FLOPs at 480², params, layers. */
const PUBLISHED = {
  S: [10.9929e9, 21.2332e6, 79],
  M: [20.3002e9, 25.8436e6, 91],
  L: [34.4947e9, 43.8796e6, 109],
} as const;

/** The most informative backbone within what a published design costs, block types included: the space `paper`. */
export function publishedTask(name: keyof typeof PUBLISHED): SearchTask {
  const [tinynas, params, layers] = PUBLISHED[name];
  const limits = [
    { cost: 'tinynas', amount: tinynas },
    { cost: 'params', amount: params },
    { cost: 'layers', amount: layers },
  ] as const;
  return { ...r50Task, space: PRESETS.paper, start: small, budget: { name: `MAE-DET-${name}`, limits } };
}

/** Positions of C3, C4 and C5 at 480², and of the five levels that a head reads. */
const POSITIONS = [60 ** 2, 30 ** 2, 15 ** 2] as const;
const HEAD_POSITIONS = 60 ** 2 + 30 ** 2 + 15 ** 2 + 8 ** 2 + 4 ** 2;
/** Channels of neck and head. */
const WIDTH = 256;

/**
 * About what GFL and its FPN are behind a backbone, its C3, C4 and C5 read by 1×1 convolutions (docs/method.md 5): four 3×3
 * convolutions in both branches of the head, and what they predict.
 */
function gfl(groups: readonly [number, number, number]): Downstream {
  const conv = 9 * WIDTH ** 2;
  const neck = POSITIONS.reduce((sum, n) => sum + n * conv, 0) + (8 ** 2 + 4 ** 2) * conv;
  const macs = neck + HEAD_POSITIONS * (8 * conv + 9 * WIDTH * (80 + 68));
  const adds = (n: number) => ({
    macs: n * WIDTH,
    thop: n * WIDTH,
    mmcv: n * WIDTH,
    tinynas: n * WIDTH,
    params: WIDTH,
  });
  const params = 5 * (conv + WIDTH) + 3 * WIDTH + 8 * (conv + 2 * WIDTH) + 9 * WIDTH * 148 + 148;
  return {
    name: 'gfl',
    costs: { macs, thop: macs, mmcv: macs, tinynas: macs, params },
    perChannel: groups.map((group, i) => ({ group, adds: adds(POSITIONS[i] ?? 0) })),
    reads: groups,
    kept: [],
    alive: [
      { one: 2 * POSITIONS[0] * WIDTH, perChannel: groups.map((group, i) => ({ group, adds: POSITIONS[i] ?? 0 })) },
    ],
  };
}

/** The R50 task as a search of a whole detector: the budget is what it was and what stands behind the backbone costs at all. */
export const detectorTask: SearchTask = withDetector(r50Task, [2, 4, 5]);

/** The same of any task at 480². @param groups whose outputs are C3, C4 and C5 */
export function withDetector(task: SearchTask, groups: readonly [number, number, number]): SearchTask {
  const downstream = gfl(groups);
  const limits = task.budget.limits.map(({ cost, amount }) => ({
    cost,
    amount: amount + (downstream.costs[cost] ?? 0),
  }));
  return { ...task, downstream, budget: { name: `${task.budget.name} with gfl`, limits } };
}
