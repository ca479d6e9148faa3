import { expect, test } from 'vitest';
import { chosenOf } from '../../../client/src/compare/messages.ts';
import { comparedRows } from '../../../client/src/compare/rows.ts';
import { compared } from '../../../server/src/features/comparison.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/features/options.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';

const TEXT = `backbone a {
  input 3 x 64 x 64
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64, btn: 16, k: 3, s: 2) x 2
         + bottleneck(out: 64, btn: 16, k: 3, s: 1) x 1
}
backbone b {
  input 3 x 64 x 64
  stem conv(out: 32, k: 3, s: 2)
}
`;
const designs = compared(snapshotOf(TEXT), DEFAULT_OPTIONS, false);

test('stages add up to the whole, and blocks count all groups of a stage', () => {
  const [a] = designs;
  expect(designs.map((d) => d.id)).toEqual(['file:a', 'file:b']);
  expect(a?.stages.map((s) => [s.name, s.blocks])).toEqual([
    ['C1', 1],
    ['C2', 3],
  ]);
  for (const cost of ['macs', 'thop', 'params', 'layers']) {
    expect(a?.stages.reduce((sum, s) => sum + (s.costs[cost] ?? 0), 0)).toBe(a?.costs[cost]);
  }
});

test('a column for each design, differences to the first, and a dash where a stage is missing', () => {
  const parts = comparedRows(designs);
  expect(parts.map((p) => p.title)).toEqual(['All of it', 'C1', 'C2']);
  expect(parts[1]?.rows.slice(0, 2)).toEqual([
    ['shape', '16×32×32', '32×32×32'],
    ['blocks', '1', '1'],
  ]);
  expect(parts[1]?.rows.find(([name]) => name === 'macs')).toEqual(['macs', '442.4 k', '884.7 k (+100 %)']);
  expect(parts[2]?.rows[1]).toEqual(['blocks', '3', '–']);
});

test('before a choice the first two; afterwards what was chosen and is still there', () => {
  expect(chosenOf(designs, undefined)).toEqual(['file:a', 'file:b']);
  expect(chosenOf(designs, ['file:b', 'gone', 'file:a'])).toEqual(['file:b', 'file:a']);
  expect(chosenOf(designs, [])).toEqual([]);
});
