import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_WEIGHTS, type Group, group, type Wire } from '../../../../server/src/backbone/backbone.ts';
import { printBackbone } from '../../../../server/src/language/print.ts';
import { backbonesIn, convolutionsOf, known, recognisedOf, sorted } from './recognising.ts';

/** A node of any block that reads some of the five before it, as they are or resampled. */
const anyNode = fc
  .record({
    block: fc.constantFrom('conv', 'bottleneck', 'basic', 'k1kx', 'inverted', 'maxpool'),
    out: fc.constantFrom(16, 16, 16, 8),
    btn: fc.constantFrom(8, 16),
    kernel: fc.constantFrom(1, 3),
    stride: fc.constantFrom(1, 1, 1, 2),
    depth: fc.integer({ min: 1, max: 2 }),
  })
  .chain((fields) =>
    fc.record({
      group: fc.constant(group({ ...fields, shortcut: 'conv' })),
      back: fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 3 }),
      join: fc.constantFrom('sum' as const, 'concat' as const),
      at: fc.constantFrom(undefined, undefined, 1, 2, 3),
      asIs: fc.boolean(),
    }),
  );

interface AnyNode {
  readonly group: Group;
  readonly back: readonly number[];
  readonly join: 'sum' | 'concat';
  readonly at: number | undefined;
  readonly asIs: boolean;
}

function wireOf({ back, join, at, asIs }: AnyNode, index: number): Wire {
  const name = `n${index}`;
  const reads = [...new Set(back.map((steps) => Math.max(0, index - steps)))];
  if (at === undefined)
    return { name, join: reads.length > 1 ? join : 'sum', reads: reads.map((read) => ({ group: read, asIs: false })) };
  return { name, join: 'sum', at, reads: reads.map((read, i) => ({ group: read, asIs: asIs && i > 0 })) };
}

test('any graph of blocks is recognised exactly: sums, concatenations and what is resampled', () => {
  const stem = group({ block: 'conv', out: 16, kernel: 3, stride: 2 });
  const image = { name: 'stem', join: 'sum', reads: [{ group: -1, asIs: false }] } as const;
  let checked = 0;
  fc.assert(
    fc.property(fc.array(anyNode, { minLength: 1, maxLength: 6 }), (nodes) => {
      const wires = nodes.map(wireOf);
      const read = new Set(wires.flatMap(({ reads }) => reads.map((source) => source.group)));
      const ends = nodes.flatMap((_, index) => (read.has(index + 1) ? [] : [{ name: `O${index}`, group: index + 1 }]));
      const text = printBackbone({
        name: 'net',
        input: { channels: 3, height: 64, width: 64 },
        groups: [stem, ...nodes.map((node) => node.group)],
        weights: DEFAULT_WEIGHTS,
        wiring: { nodes: [image, ...wires], outputs: ends },
      });
      // What does not fit together is no graph; half of them do.
      const [backbone] = backbonesIn(text);
      if (backbone === undefined) return;
      checked += 1;
      const { differences, mae } = known(recognisedOf(backbone));
      expect(differences).toEqual([]);
      expect(sorted(convolutionsOf(mae))).toEqual(sorted(convolutionsOf(text)));
    }),
    { numRuns: 300 },
  );
  expect(checked).toBeGreaterThan(50);
});
