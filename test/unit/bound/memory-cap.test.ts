import { expect, it } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { type Backbone, type BlockKind, group } from '../../../server/src/backbone/backbone.ts';
import { MemoryCap } from '../../../server/src/search/bound/memory-cap.ts';
import { compileChain } from '../../../server/src/search/model/model.ts';
import { compileTables } from '../../../server/src/search/model/tables.ts';
import { DEFAULT_TASK } from '../../../server/src/search/task.ts';

const network = (block: BlockKind, a: number, b: number, o: number, depth: number): Backbone => ({
  name: 'two groups',
  input: { channels: 3, height: 64, width: 48 },
  groups: [
    group({ block: 'conv', out: a, kernel: 3, stride: 2 }),
    group({ block, out: o, btn: b, kernel: 3, stride: 2, depth }),
  ],
  weights: {},
});

/** Bytes alive at once in the second group, by the full analysis. */
const bytesOf = (backbone: Backbone): number => analyse(backbone).groups[1]?.costs.memory ?? Number.NaN;

it.each(['bottleneck', 'basic', 'k1kx', 'inverted'] as const)(
  'brute force: the widest bottleneck of %s that a cap on memory allows',
  (block) => {
    const budget = { name: 'memory', limits: [{ cost: 'memory' as const, amount: 1e15 }] };
    const tables = compileTables(compileChain({ ...DEFAULT_TASK, start: network(block, 8, 8, 8, 1), budget }));
    const row = tables.rowOf[1] ?? Number.NaN;
    const widths = Array.from({ length: 40 }, (_, i) => 8 * (i + 1));
    const seen = new Set<string>();
    for (const [a, o] of [
      [8, 8],
      [8, 24],
      [32, 32],
      [32, 104],
      [64, 8],
    ] as const)
      for (const depth of [1, 2, 5]) {
        const bytes = widths.map((b) => bytesOf(network(block, a, b, o, depth)));
        // Caps just below, at and above what some width takes, and one that nothing is below.
        for (const cap of [
          1,
          Number.MAX_VALUE,
          ...bytes.filter((_, i) => i % 7 === 0).flatMap((n) => [n - 4, n, n + 4]),
        ]) {
          const widest = new MemoryCap(tables, cap).widest(row, a, o, depth);
          for (const [i, b] of widths.entries()) expect(b <= widest).toBe((bytes[i] ?? Number.NaN) <= cap);
          seen.add(widest < 8 ? 'nothing' : widest < 320 ? 'some' : 'all');
        }
      }
    expect([...seen].sort()).toEqual(['all', 'nothing', 'some']);
  },
);
