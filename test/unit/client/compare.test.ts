import { describe, expect, test } from 'vitest';
import { isFromCompare } from '../../../client/src/compare/messages.ts';
import { comparedRows } from '../../../client/src/compare/rows.ts';
import {
  addFiles,
  type Comparison,
  choose,
  filesOf,
  isComparison,
  NOTHING,
  removeFile,
  shownOf,
} from '../../../client/src/compare/state.ts';
import { comparedCosts, comparedDesigns, comparedObjectives } from '../../../server/src/features/comparison.ts';
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
const of = (uri: string) => comparedDesigns(snapshotOf(TEXT), uri);
const designs = of('f');

test('stages add up to the whole, and blocks count all groups of a stage', () => {
  const [a] = designs;
  expect(designs.map((d) => d.id)).toEqual(['f#a', 'f#b']);
  expect(a?.stages.map((s) => [s.name, s.blocks])).toEqual([
    ['C1', 1],
    ['C2', 3],
  ]);
  for (const cost of ['macs', 'thop', 'layers'] as const) {
    expect(a?.stages.reduce((sum, s) => sum + s.costs[cost], 0)).toBe(a?.costs[cost]);
  }
  expect(Math.max(...(a?.stages.map((s) => s.costs.memory) ?? []))).toBe(a?.costs.memory);
});

const BY = { estimator: 'fanIn', costs: comparedCosts(), objectives: comparedObjectives() } as const;

describe('rows', () => {
  const row = (part: string, name: string, reference = 0) =>
    comparedRows(designs, reference, BY)
      .find(({ title }) => title === part)
      ?.rows.find((r) => r.name === name)?.cells;

  test('a cell for each design, and a dash where a stage is missing', () => {
    expect(comparedRows(designs, 0, BY).map((p) => p.title)).toEqual(['All of it', 'C1', 'C2']);
    expect(row('C1', 'shape')).toEqual([{ text: '16×32×32' }, { text: '32×32×32' }]);
    expect(row('C2', 'blocks')).toEqual([{ text: '3' }, { text: '–' }]);
  });

  test('costs differ by percent, entropies by nats, and the reference by nothing', () => {
    expect(row('C1', 'macs')).toEqual([{ text: '442.4 k' }, { text: '884.7 k', difference: '+100 %' }]);
    expect(row('C1', 'macs', 1)).toEqual([{ text: '442.4 k', difference: '−50 %' }, { text: '884.7 k' }]);
    // Twice the channels: log 2.
    expect(row('C1', 'entropy, nats')).toEqual([{ text: '4.4' }, { text: '5.1', difference: '+0.7' }]);
    expect(row('C1', 'layers')).toEqual([{ text: '1' }, { text: '1' }]);
  });

  test('a score that a measurement could not tell from that of the reference is equal, and nothing else is', () => {
    const [, b] = designs;
    const cells = (name: string) =>
      comparedRows(designs, 0, BY, b === undefined ? [] : [b])[0]?.rows.find((r) => r.name === name)?.cells[1];
    expect(cells('score, nats')?.difference).toBe('equal');
    expect(cells('params')?.difference).toMatch(/%$/);
  });

  test('the estimator is the one that is asked for', () => {
    const exact = comparedRows(designs, 0, { ...BY, estimator: 'exact' })[1]?.rows.find(
      (r) => r.name === 'entropy, nats',
    )?.cells[0]?.text;
    expect(exact).toBe(designs[0]?.stages[0]?.entropy.exact.toFixed(1));
    expect(designs[0]?.stages[0]?.entropy.exact).not.toBe(designs[0]?.stages[0]?.entropy.fanIn);
  });
});

describe('what is side by side', () => {
  const there = [...of('front'), ...of('x'), ...of('y')];
  const shown = (state: Comparison) => shownOf(state, there);

  test('before a choice the first two', () => {
    expect(shown(NOTHING)).toEqual(['front#a', 'front#b']);
    expect(filesOf(NOTHING, 'front')).toEqual(['front']);
    expect(filesOf(NOTHING, undefined)).toEqual([]);
  });

  test('what was chosen keeps its order, and its file when another comes to the front', () => {
    const first = choose(NOTHING, 'front#a', { on: false, shown: shown(NOTHING), front: 'front' });
    const second = choose(first, 'x#b', { on: true, shown: shown(first), front: 'front' });
    expect(shown(second)).toEqual(['front#b', 'x#b']);
    expect(filesOf(second, 'x')).toEqual(['x', 'front']);
    expect(shown(choose(second, 'front#b', { on: false, shown: shown(second), front: 'x' }))).toEqual(['x#b']);
  });

  test('what cannot be read for a moment stays chosen', () => {
    const state: Comparison = { ...NOTHING, files: ['x'], chosen: ['x#a', 'gone#c', 'front#a'] };
    expect(shown(state)).toEqual(['x#a', 'front#a']);
    const next = choose(state, 'front#b', { on: true, shown: shown(state), front: 'front' });
    expect(next.chosen).toContain('gone#c');
  });

  test('a file that is added brings its backbones, beside what is shown', () => {
    const options = { shown: shown(NOTHING), front: 'front', instead: false };
    const added = addFiles(NOTHING, ['x'], options);
    expect(added.files).toEqual(['front', 'x']);
    expect(shown(added)).toEqual(['front#a', 'front#b', 'x#a', 'x#b']);
    // One of them is unticked: the others are then named one by one.
    const fewer = choose(added, 'x#a', { on: false, shown: shown(added), front: 'front' });
    expect(shown(fewer)).toEqual(['front#a', 'front#b', 'x#b']);
    expect(shown(addFiles(fewer, ['x'], { ...options, shown: shown(fewer) }))).toEqual([
      'front#a',
      'front#b',
      'x#a',
      'x#b',
    ]);
  });

  test('several files of the explorer are a comparison by themselves; one joins', () => {
    const options = { shown: shown(NOTHING), front: 'front', instead: true };
    expect(shown(addFiles(NOTHING, ['x', 'y'], options))).toEqual(['x#a', 'x#b', 'y#a', 'y#b']);
    expect(addFiles(NOTHING, ['x', 'y'], options).files).toEqual(['x', 'y']);
    expect(shown(addFiles(NOTHING, ['y'], options))).toEqual(['front#a', 'front#b', 'y#a', 'y#b']);
  });

  test('a file that is removed takes its backbones along', () => {
    const state = addFiles(NOTHING, ['x'], { shown: shown(NOTHING), front: 'front', instead: false });
    expect(removeFile(state, 'x')).toEqual({ ...NOTHING, files: ['front'], chosen: ['front#a', 'front#b'] });
  });
});

test('only what we write is read again', () => {
  expect(isComparison(JSON.parse(JSON.stringify({ ...NOTHING, files: ['x'], at: '1x1' })))).toBe(true);
  for (const wrong of [undefined, 7, {}, { files: [1] }, { files: [], chosen: 'x' }, { files: [], at: 3 }]) {
    expect(isComparison(wrong)).toBe(false);
  }
});

test.each([
  [{ type: 'choose', id: 'x#a', on: true }, true],
  [{ type: 'choose', id: 'x#a' }, false],
  [{ type: 'remove', uri: 'x' }, true],
  [{ type: 'remove' }, false],
  [{ type: 'at', at: '' }, true],
  [{ type: 'at', at: 3 }, false],
  [{ type: 'reference', id: 'x' }, true],
  [{ type: 'add' }, true],
  [{ type: 'else' }, false],
  [null, false],
])('a message of the page: %j', (message, right) => {
  expect(isFromCompare(message)).toBe(right);
});
