import { DEFAULT_WEIGHTS, group } from '../server/src/backbone/backbone.ts';
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
