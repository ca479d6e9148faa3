import { type Backbone, DEFAULT_WEIGHTS, group } from '../../server/src/backbone/backbone.ts';
import type { Model } from '../../server/src/search/model/model.ts';
import type { SearchTask } from '../../server/src/search/task.ts';
import { violations } from '../../server/src/space/constraints.ts';
import { square } from '../golden/structures.ts';
import { taskFor } from './search-arbitrary.ts';

/** Small enough that every design can be looked at: its budget leaves room for few widths and depths. */
export const tiny: SearchTask = {
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
export function everyDesign(task: SearchTask): Backbone[] {
  const space = task.space;
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

export const genesOf = (model: Model, { groups }: Backbone): number[] =>
  groups.flatMap((g, i) => [
    g.out,
    g.btn,
    model.slots[i]?.variants.findIndex((v) => v.template.kernel === g.kernel) ?? 0,
    g.depth,
  ]);

const pairs = (widths: readonly number[]): [number, number][] =>
  widths.flatMap((o) => widths.filter((b) => b <= o && 10 * b >= o).map((b): [number, number] => [o, b]));
