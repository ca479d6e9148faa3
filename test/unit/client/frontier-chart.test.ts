import { describe, expect, test } from 'vitest';
import { frontierChart, frontierOf } from '../../../client/src/dashboard/frontier-chart.ts';
import { isFromDashboard } from '../../../client/src/dashboard/messages.ts';
import { EMPTY, newRun, type Run, reduce } from '../../../client/src/dashboard/state.ts';
import { about, BEGUN } from './runs.ts';

const run = (changes: Partial<Run['about']> = {}): Run => newRun(BEGUN, { ...about('a'), ...changes });

const FRONTIER = {
  cost: 'macs',
  points: [
    { limit: 50e6, proven: false },
    { limit: 100e6, score: 110, bound: 110, proven: true },
    { limit: 200e6, score: 130, bound: 131, proven: false },
    { limit: 400e6, score: 135, bound: 135, proven: true },
  ],
  knee: 3,
} as const;

describe('the curve of the best score over a limit', () => {
  test.each([
    [run(), { cost: 'macs', from: 50e6, to: 800e6 }],
    [run({ limits: [{ cost: 'layers', amount: 40 }] }), { cost: 'layers', from: 5, to: 80 }],
    [run({ limits: [] }), undefined],
    [run({ limits: [{ cost: 'rho', amount: 0.5 }], units: { rho: 'number' } }), undefined],
    [run({ goal: { cost: 'macs', score: 100 } }), undefined],
    [run({ settings: { objective: 'zen-measured' } }), undefined],
  ])('is about the budget’s first limit that is not on layers: %#', (of, range) => {
    expect(frontierOf(of)).toEqual(range);
  });

  test('has both lines, the knee and the budget, and the same as a table', () => {
    const chart = frontierChart(run(), FRONTIER);
    expect(chart.title).toBe('Best score over the limit on macs');
    expect(chart.summary).toBe(
      'Score 110.0 within 100 M macs, 135.0 within 400 M macs. From 400 M macs on more gains less than half of what it does on average.',
    );
    expect(chart.xs).toEqual([50e6, 100e6, 200e6, 400e6]);
    expect(chart.series.map(({ label, values }) => [label, values])).toEqual([
      ['best', [null, 110, 130, 135]],
      ['bound', [null, 110, 131, 135]],
      ['knee', [null, null, null, 135]],
    ]);
    expect(chart.verticals).toEqual([{ at: 400e6, label: 'budget laptop' }]);
    expect(chart.table.rows).toEqual([
      ['50 M macs', '', '', ''],
      ['100 M macs', '110.0', '110.0', 'proven best'],
      ['200 M macs', '130.0', '131.0', ''],
      ['400 M macs', '135.0', '135.0', 'proven best, knee'],
    ]);
  });

  test('belongs to its run', () => {
    const begun = reduce(EMPTY, { type: 'started', run: run() });
    const { runs } = reduce(begun, { type: 'frontier', id: run().id, frontier: FRONTIER });
    expect(runs[0]?.frontier).toBe(FRONTIER);
    expect(reduce(begun, { type: 'frontier', id: 'gone', frontier: FRONTIER }).runs).toEqual(begun.runs);
    expect(isFromDashboard({ type: 'frontier', id: 'a' })).toBe(true);
    expect(isFromDashboard({ type: 'frontier' })).toBe(false);
  });
});
