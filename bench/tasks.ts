import { DEFAULT_WEIGHTS, group } from '../server/src/backbone/backbone.ts';
import { DEFAULT_TASK, type SearchTask } from '../server/src/search/task.ts';

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
