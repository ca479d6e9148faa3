import { describe, expect, test } from 'vitest';
import { boughtText, isTheLimit, pricedAmount } from '../../../common/numbers.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { inlayHints } from '../../../server/src/features/inlay-hints.ts';
import { NOTHING_KNOWN } from '../../../server/src/features/knowledge.ts';
import { lineHints } from '../../../server/src/features/line-hints.ts';
import { DEFAULT_OPTIONS, type FeatureOptions } from '../../../server/src/features/options.ts';
import { limitPriceHint, limitPriceText, type Priced, pricesText } from '../../../server/src/features/price-text.ts';
import { taskOf } from '../../../server/src/features/search-report.ts';
import { resolveRunnable } from '../../../server/src/features/search-targets.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { search } from '../../../server/src/search/node/run-search.ts';
import { Certificates } from '../../../server/src/server/certificates.ts';
import { at } from './cursor.ts';

test.each([
  ['count', 18.8e9, 1e9],
  ['count', 1e10, 1e9],
  ['count', 9.9e9, 1e8],
  ['layers', 91, 1],
  ['layers', 4, 1],
  ['layers', 1000, 100],
  ['bytes', 20e6, 1e6],
  ['number', 0.9, 0.01],
] as const)('a round part of a budget in %s of %d is %d', (unit, limit, part) => {
  expect(pricedAmount(unit, limit)).toBeCloseTo(part, 12);
});

test.each([
  [9.84, '+9.8'],
  [0.0312, '+0.031'],
  [123.4, '+123'],
  [0.96, '+0.96'],
])('%d buys %s', (value, text) => expect(boughtText(value)).toBe(text));

test('what all of a budget once more would not gain a thousandth by is not the limit', () => {
  expect(isTheLimit(1e-9, 1e9, 999)).toBe(true);
  expect(isTheLimit(1e-9, 1e9, 1001)).toBe(false);
});

const priced = (costs: Priced['prices']['costs'], rest: Partial<Priced> = {}): Priced => ({
  prices: { costs },
  goal: { kind: 'maximise' },
  reached: 2000,
  ...rest,
});
const least = (cost: string, held: number, costs: Priced['prices']['costs'] = {}): Priced =>
  priced(costs, { goal: { kind: 'minimise', cost, score: 1500 }, reached: 4e5, prices: { costs, held } });
const MACS = { cost: 'macs', amount: 18.8e9 };
const LAYERS = { cost: 'layers', amount: 91 };
const PARAMS = { cost: 'params', amount: 50e6 };
const MEMORY = { cost: 'memory', amount: 20e6 };

test.each([
  [[MACS, LAYERS], priced({ macs: 9.8e-9, layers: 0 }), '1 G macs more buys +9.8 score; layers are not the limit'],
  [[MACS, MEMORY], priced({ macs: 9.8e-9 }), '1 G macs more buys +9.8 score'],
  [[LAYERS, MACS], priced({ macs: 1e-14, layers: 18.7 }), '1 layer more buys +19 score; macs are not the limit'],
  [[MACS, PARAMS, LAYERS], priced({ macs: 0, params: 0, layers: 0 }), 'macs, params and layers are not the limit'],
  [[{ cost: 'thop', amount: 1e9 }], priced({ thop: 0 }), 'thop is not the limit'],
  [[MEMORY], priced({}), undefined],
  [[], least('params', 2520), 'a score of 1 more to hold takes 2.52 k params'],
  [
    [LAYERS],
    least('params', 2520, { layers: 30_800 }),
    '1 layer more saves 30.8 k params; a score of 1 more to hold takes 2.52 k params',
  ],
  // Of two budgets the one that holds.
  [[MACS, { cost: 'macs', amount: 2e9 }], priced({ macs: 5e-8 }), '100 M macs more buys +5 score'],
] as const)('a budget in words: %#', (limits, worth, text) => {
  expect(pricesText(limits, worth)).toBe(text);
});

test('and a few letters behind its line', () => {
  expect(limitPriceHint(MACS, priced({ macs: 9.8e-9 }), 'Z')).toBe('+1 G → +9.8 Z');
  expect(limitPriceHint(LAYERS, priced({ layers: 0 }), 'Z')).toBe('not the limit');
  expect(limitPriceHint(MEMORY, priced({ macs: 1 }), 'Z')).toBe(undefined);
  expect(limitPriceHint(LAYERS, least('params', 0.05, { layers: 30_800 }), 'Z')).toBe('+1 → −30.8 k params');
});

test('one limit has its own sentence', () => {
  expect(limitPriceText(MACS, priced({ macs: 9.8e-9 }))).toBe('1 G macs more buys +9.8 score');
  expect(limitPriceText(LAYERS, priced({ layers: 0 }))).toBe('layers are not the limit');
  expect(limitPriceText(MEMORY, priced({ macs: 1 }))).toBe(undefined);
  expect(limitPriceText(LAYERS, least('layers', 0.05, { layers: 1e5 }))).toBe('1 layer more saves 100000 layers');
});

const TEXT = `backbone small {
  input 3 x 160 x 160
  entropy C2: 1
  stem     conv(out: 8, k: 3, s: 2)
  stage C2 bottleneck(out: 16, btn: 8, k: 3, s: 2) x 1
}
budget tiny {
  ma‸cs <= 20M
  layers <= 10
}
search fast { start small within tiny evaluations 2000 }
`;

describe('hover over a line of a budget', () => {
  const { snapshot, position } = at(TEXT);
  const resolved = resolveRunnable(snapshot, { kind: 'search', id: '0' });
  if (!resolved.ok) throw new Error(resolved.message);
  const task = taskOf(resolved.search, 1);
  const textAt = (of: typeof snapshot, knowledge = NOTHING_KNOWN): string => {
    const contents = hover(of, position, knowledge)?.contents;
    return typeof contents === 'object' && 'value' in contents ? contents.value : '';
  };

  test('says what it is worth once a search found it, and for the design that it found too', async () => {
    const certificates = new Certificates();
    const knowledge = {
      ...NOTHING_KNOWN,
      prices: certificates.pricesOf.bind(certificates),
      anyPrices: certificates.hasPrices.bind(certificates),
    };
    const told: string[] = [];
    certificates.onPrices(() => told.push('priced'));
    expect(textAt(snapshot, knowledge)).not.toContain('more buys');
    const result = await search(task);
    if (result.kind === 'problem') throw new Error(result.message);
    certificates.remember(task, result);
    const worth = /^1 M macs more buys \+[\d.]+ score \(search fast\)\.$/m;
    expect(textAt(snapshot, knowledge)).toMatch(worth);
    expect(told).toEqual(['priced']);
    const hintsOf = (of: typeof snapshot, parts: FeatureOptions['hints']) =>
      lineHints(of, { ...DEFAULT_OPTIONS, hints: parts }, knowledge)
        .filter(({ line }) => line > 5)
        .map(({ line, cells }) => [line, ...cells.map(({ value }) => value)]);
    const [macs, layers] = [/^\+1 M → \+[\d.]+ Z$/, /^(\+1 → \+[\d.]+ Z|not the limit)$/];
    expect(hintsOf(snapshot, ['cost'])).toEqual([
      [7, expect.stringMatching(macs)],
      [8, expect.stringMatching(layers)],
    ]);
    expect(hintsOf(snapshot, [])).toEqual([]);
    const oneLine = snapshotOf(TEXT.replace('‸', '').replace('20M\n', '20M'));
    expect(hintsOf(oneLine, ['cost'])).toEqual([[7, expect.stringMatching(/^macs \+1 M → .* · layers /)]]);
    expect(
      inlayHints(
        snapshot,
        { start: { line: 7, character: 0 }, end: { line: 7, character: 99 } },
        DEFAULT_OPTIONS,
        knowledge,
      ),
    ).toMatchObject([{ position: { line: 7, character: 13 }, label: expect.stringMatching(macs) }]);
    // Another seed and another length change nothing of it; another limit or another space does.
    const written = TEXT.replace('‸', '');
    expect(textAt(snapshotOf(written.replace('evaluations 2000', 'seed 9')), knowledge)).toMatch(worth);
    for (const other of [
      written.replace('20M', '21M'),
      written.replace('start small', 'start small space paper'),
      written.replace('C2: 1', 'C2: 2'),
      written.replace('out: 16', 'out: 24'),
    ])
      expect(textAt(snapshotOf(other), knowledge)).not.toContain('more buys');
    const { groups } = result.backbone;
    const [stem, group] = groups;
    const applied = written
      .replace('out: 8', `out: ${stem?.out}`)
      .replace('out: 16, btn: 8, k: 3', `out: ${group?.out}, btn: ${group?.btn}, k: ${group?.kernel}`)
      .replace('x 1\n', `x ${group?.depth}\n`);
    expect(applied).not.toBe(written);
    expect(textAt(snapshotOf(applied), knowledge)).toMatch(worth);
  });

  test('without a search it is what it was', () => {
    expect(textAt(snapshot)).toMatch(/^\*\*macs\*\*/);
    expect(textAt(snapshot)).toContain('**budget tiny**');
  });
});
