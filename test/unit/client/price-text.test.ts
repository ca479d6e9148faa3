import { expect, test } from 'vitest';
import { priceText } from '../../../client/src/dashboard/price-text.ts';
import { newRun, type Run } from '../../../client/src/dashboard/state.ts';
import { about, BEGUN, design } from './runs.ts';

const MACS = { cost: 'macs', amount: 400e6 };

function run(prices: Run['now']['prices'], goal?: Run['about']['goal']): Run {
  const begun = newRun(BEGUN, { ...about('a'), ...(goal === undefined ? {} : { goal }) });
  return {
    ...begun,
    now: { ...begun.now, score: 120, best: design(120, 30e6), ...(prices === undefined ? {} : { prices }) },
  };
}

test.each([
  [run(undefined), undefined],
  [run({ layers: 1 }), undefined],
  [run({ macs: 1.23e-7 }), '10 M more buys +1.2'],
  [run({ macs: 0 }), 'not the limit'],
  [run({ macs: 0.0041 }, { cost: 'params', score: 100 }), '10 M more saves 41 k params'],
])('the tile of a limit says what more of it is worth: %#', (of, text) => {
  expect(priceText(of, MACS)).toBe(text);
});

test('layers are counted one by one', () => {
  expect(priceText(run({ layers: 2.5 }), { cost: 'layers', amount: 40 })).toBe('1 more buys +2.5');
});
