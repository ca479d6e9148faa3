import { describe, expect, test } from 'vitest';
import { budgetLines } from '../../../server/src/cli/budget-text.ts';
import { scoreText } from '../../../server/src/cli/score-text.ts';
import { fittedTable, table } from '../../../server/src/cli/table.ts';
import { wrapped } from '../../../server/src/cli/terminal.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';

const COLUMNS = [
  { title: 'stage', align: 'left' },
  { title: 'exact', align: 'right', spare: 1 },
  { title: 'thop', align: 'right', spare: 2 },
  { title: 'macs', align: 'right' },
] as const;
const ROWS = [['C1', '1.25', '3 M', '2 M']];

describe('a table in a width', () => {
  test.each([
    [80, ['stage  exact  thop  macs', 'C1      1.25   3 M   2 M'], []],
    [24, ['stage  exact  thop  macs', 'C1      1.25   3 M   2 M'], []],
    [23, ['stage  exact  macs', 'C1      1.25   2 M'], ['thop']],
    [17, ['stage  macs', 'C1      2 M'], ['thop', 'exact']],
    [3, ['stage  macs', 'C1      2 M'], ['thop', 'exact']],
  ])('%d', (width, lines, left) => expect(fittedTable(COLUMNS, ROWS, width)).toEqual({ lines, left }));

  test('without one nothing is left out', () =>
    expect(fittedTable(COLUMNS, ROWS, Number.POSITIVE_INFINITY).lines).toEqual(table(COLUMNS, ROWS)));
});

describe('lines in a width go on under their text', () => {
  test.each([
    ['short', 40, 'short'],
    [
      '  cost   11.1 G macs, 22.2 G thop, 33.3 G mmcv',
      32,
      '  cost   11.1 G macs,\n         22.2 G thop,\n         33.3 G mmcv',
    ],
    ['  budget tiny: 1 of 2 layers, 3 of 4 macs', 32, '  budget tiny: 1 of 2 layers,\n    3 of 4 macs'],
    ['one two three four five six seven', 24, 'one two three four five\nsix seven'],
    ['aVeryLongWordThatNobodyCanBreakAnywhere and more', 24, 'aVeryLongWordThatNobodyCanBreakAnywhere\nand more'],
    ['  macs   aVeryLongWordThatNobodyCanBreakAnywhere', 24, '  macs   aVeryLongWordThatNobodyCanBreakAnywhere'],
  ])('%s', (text, width, expected) => expect(wrapped(text, width)).toBe(expected));

  test('without one they stay', () =>
    expect(wrapped('a '.repeat(200), Number.POSITIVE_INFINITY)).toBe('a '.repeat(200)));
});

const TEXT = `backbone small {
  input 3 x 160 x 160
  stem     conv(out: 8, k: 3, s: 2)
  stage C2 bottleneck(out: 16, btn: 8, k: 3, s: 2) x 1
}
budget tight { macs <= 1M  layers <= 4  latency <= 3ms on nowhere }
search { start small  within tight }
`;

describe('a score in a width', () => {
  const [design] = snapshotOf(TEXT).backbones;
  const analysis = design?.analysis;
  if (analysis === undefined) throw new Error('no analysis');

  test.each([200, 80, 60, 40])('%d characters hold every line', (width) => {
    const lines = wrapped(scoreText(analysis, [], width), width).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines.some((line) => /stage.*C × H × W.*H fan-in.*macs/.test(line))).toBe(true);
  });

  test('what there is no room for is named', () => {
    expect(scoreText(analysis, [], 60)).toMatch(/^ {2}\(no room for thop, log σ relu[^)]*\)$/m);
    expect(scoreText(analysis, [])).not.toContain('no room');
  });

  test('a budget says what is over and what is left', () => {
    const [line, ...others] = budgetLines(analysis.costs, design?.budgets ?? []);
    expect(others).toEqual([]);
    expect(line).toMatch(/^ {2}budget tight: [\d.]+ M of 1 M macs \(\d+ % over\), 4 of 4 layers \(none left\)/);
  });
});
