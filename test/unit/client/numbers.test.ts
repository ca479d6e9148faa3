import { describe, expect, test } from 'vitest';
import { isFromNumbers } from '../../../client/src/numbers/messages.ts';
import { tableOf } from '../../../client/src/numbers/rows.ts';
import { keepSaved, savedGroups } from '../../../client/src/numbers/saved.ts';
import { keptSort, nextSort, type Sort } from '../../../client/src/webviews/sort.ts';
import { numbersTable } from '../../../server/src/features/numbers-table.ts';
import { snapshotOf, takeSnapshot } from '../../../server/src/features/snapshot.ts';
import type { NumbersBackbone } from '../../../server/src/server/protocol.ts';

const TEXT = `backbone a {
  input 3 x 64 x 64  within small
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 64, btn: 16, k: 3, s: 2) x 2
         + bottleneck(out: 96, btn: 16, k: 3, s: 1) x 1
         + bottleneck(out: 64, btn: 24, k: 3, s: 1) x 1
}
budget small { macs <= 1M, layers <= 20 }
`;
function read(text: string): NumbersBackbone {
  const [backbone] = numbersTable(snapshotOf(text));
  if (backbone === undefined) throw new Error('the text has a backbone with numbers');
  return backbone;
}
const NOW = read(TEXT);
const cells = (now: NumbersBackbone, saved?: NumbersBackbone, sort?: Sort) => {
  const table = tableOf(now, saved, sort);
  const ids = ['blocks', ...table.columns.flatMap(({ columns }) => columns.map((c) => c.id))];
  return { table, at: (row: { cells: readonly unknown[] } | undefined, id: string) => row?.cells[ids.indexOf(id)] };
};

describe('the table', () => {
  test('has the columns that the server names, and all numbers as text', () => {
    const { table, at } = cells(NOW);
    expect(table.columns.map((c) => c.title)).toEqual([
      'Costs',
      'fan-in (nats)',
      'exact, linear (nats)',
      'exact, relu (nats)',
      'finite width, relu (nats)',
    ]);
    expect(table.columns[0]?.columns.map((c) => c.label)).toEqual(NOW.costs);
    const [stem] = table.groups;
    expect(stem).toMatchObject({ name: 'C1 conv 3×3', from: 2, to: 2, shape: '16×32×32', isNew: false });
    // 3 · 16 · 9 · 32²
    expect(at(stem, 'macs')).toEqual({ text: '442.4 k' });
    expect(at(stem, 'layers')).toEqual({ text: '1' });
    expect(at(stem, 'memory')).toEqual({ text: '114.7 kB' });
    expect(at(stem, 'fan-in')).toEqual({ text: (0.5 * Math.log(27) + Math.log(16)).toFixed(2) });
    expect(at(stem, 'finite width, relu')).toEqual({ text: expect.stringMatching(/^\d\.\d\d ± 0\.\d\d$/) });
    expect(table.groups.map((g) => g.cells[0]?.text)).toEqual(['1', '2', '1', '1']);
  });

  test('stages and the whole follow, and how much of each budget is used', () => {
    const { table, at } = cells(NOW);
    expect(table.stages.map((s) => s.name)).toEqual(['C1', 'C2']);
    expect(cells(read(TEXT.replace('\n  stem', '\n  entropy C2: 3\n  stem'))).table.stages[1]?.name).toBe('C2, α 3');
    expect(table.totals.map((t) => t.name)).toEqual(['All, and the score Z', 'of budget small']);
    expect(at(table.totals[1], 'macs')).toEqual({ text: '963 %', title: 'at most 1 M macs', exceeded: true });
    expect(at(table.totals[1], 'layers')).toEqual({ text: '65 %', title: 'at most 20 layers', exceeded: false });
    expect(at(table.totals[1], 'thop')).toEqual({ text: '' });
  });

  test('is in the order of the file, or of a column; what is equal stays in its order', () => {
    const order = (sort?: Sort) => cells(NOW, undefined, sort).table.groups.map((g) => g.from);
    expect(order()).toEqual([2, 3, 4, 5]);
    expect(order({ column: 'layers', descending: true })).toEqual([3, 4, 5, 2]);
    expect(order({ column: 'layers', descending: false })).toEqual([2, 4, 5, 3]);
    expect(order({ column: 'fan-in +', descending: true })[0]).toBe(3);
    expect(order({ column: 'what was once a column', descending: true })).toEqual([2, 3, 4, 5]);
  });
});

describe('changes since the last save', () => {
  const wider = read(TEXT.replace('out: 16, k', 'out: 24, k'));

  test('have a sign, and are for the better or the worse', () => {
    const { table, at } = cells(wider, NOW);
    const [stem, next] = table.groups;
    // Half as many channels more.
    expect(at(stem, 'macs')).toEqual({ text: '663.6 k', difference: { text: '+221.2 k', better: false } });
    expect(at(stem, 'fan-in')).toMatchObject({ difference: { text: '+0.41', better: true } });
    expect(stem).toMatchObject({ shape: '24×32×32', shapeBefore: '16×32×32', isNew: false });
    // What reads more channels is more too; the layers are as they were.
    expect(at(next, 'fan-in +')).toMatchObject({ difference: { text: expect.stringMatching(/^[+−]0\.\d\d$/) } });
    expect(at(next, 'layers')).toEqual({ text: '6' });
    expect(at(cells(NOW, wider).table.groups[0], 'macs')).toMatchObject({
      difference: { text: '−221.2 k', better: true },
    });
    expect(at(table.totals[0], 'macs')).toHaveProperty('difference');
  });

  test('there are none where nothing was saved, and none in the same text', () => {
    for (const saved of [undefined, NOW])
      expect(JSON.stringify(tableOf(NOW, saved, undefined))).not.toContain('differ');
  });

  test.each([
    [
      'one in the middle is new',
      '         + bottleneck(out: 96',
      '         + conv(out: 96, k: 3, s: 1)\n$&',
      [0, 1, 'new', 2, 3],
    ],
    ['the first of a stage is new', 'C2 bott', 'C2 conv(out: 32, k: 3, s: 2)\n + bott', [0, 'new', 1, 2, 3]],
    ['one is gone', /^ {9}\+ bottleneck\(out: 96.*\n/m, '', [0, 1, 3]],
    ['one is another', 'out: 96', 'out: 104', [0, 1, 2, 3]],
  ])('groups are found again where %s', (_, from, to, expected) => {
    const now = read(
      TEXT.replace(from, to).replace(
        '+ bottleneck(out: 64, btn: 16, k: 3, s: 2)',
        '+ bottleneck(out: 64, btn: 16, k: 3, s: 1)',
      ),
    );
    const found = savedGroups(now.groups, NOW.groups);
    const places = now.groups.map((group) => {
      const was = found.get(group);
      return was === undefined ? 'new' : NOW.groups.indexOf(was);
    });
    expect(places).toEqual(expected);
    expect(tableOf(now, NOW, undefined).groups.map((g) => g.isNew)).toEqual(places.map((p) => p === 'new'));
  });

  test('a save of a text that cannot be read leaves what was saved before', () => {
    const broken = takeSnapshot(snapshotOf(TEXT.replace('out: 16', 'out: ')).document, snapshotOf(TEXT));
    expect(keepSaved([NOW], numbersTable(broken))).toEqual([NOW]);
    expect(keepSaved([NOW], [])).toEqual([NOW]);
    expect(keepSaved([NOW], [wider])).toEqual([wider]);
  });
});

test('a head that is pressed again and again: largest first, smallest first, as in the file', () => {
  const first = nextSort(undefined, 'macs');
  expect(first).toEqual({ column: 'macs', descending: true });
  const second = nextSort(first, 'macs');
  expect(second).toEqual({ column: 'macs', descending: false });
  expect(nextSort(second, 'macs')).toBeUndefined();
  expect(nextSort(second, 'thop')).toEqual({ column: 'thop', descending: true });
  expect(nextSort(second, 'group')).toBeUndefined();
});

test('what was kept, and what the page says, is read with care', () => {
  expect(keptSort({ uri: 'file:///a.mae', sort: { column: 'macs', descending: true, more: 1 } })).toEqual({
    column: 'macs',
    descending: true,
  });
  for (const wrong of [undefined, null, 'x', {}, { sort: 1 }, { sort: { column: 1, descending: true } }]) {
    expect(keptSort(wrong)).toBeUndefined();
  }
  for (const right of [
    { type: 'ready' },
    { type: 'reveal', line: 3 },
    { type: 'sort', column: 'macs' },
    { type: 'glossary' },
  ]) {
    expect(isFromNumbers(right)).toBe(true);
  }
  for (const wrong of [null, 'ready', {}, { type: 'reveal', line: 'x' }, { type: 'sort' }, { type: 'other' }]) {
    expect(isFromNumbers(wrong)).toBe(false);
  }
});
