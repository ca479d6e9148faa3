import { describe, expect, test } from 'vitest';
import { reachedText } from '../../../client/src/dashboard/aim.ts';
import { comparisonChart, costChart, progressChart, shownCosts } from '../../../client/src/dashboard/charts.ts';
import { EMPTY, newRun, type Run, reduce } from '../../../client/src/dashboard/state.ts';
import { about, BEGUN, design, tick } from './runs.ts';

function run(id: string, ...scores: readonly number[]): Run {
  const begun = reduce(EMPTY, { type: 'started', run: newRun(BEGUN, about(id)) });
  const ticks = scores.map((score, i) => tick(id, (i + 1) * 1000, score));
  const [only] = ticks.reduce(reduce, begun).runs;
  if (only === undefined) throw new Error('no run');
  return only;
}

/** Every chart is drawn from ascending x, with one value of each series at each of them. */
function wellFormed({ xs, series }: ReturnType<typeof progressChart>): void {
  expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  for (const { values } of series) expect(values).toHaveLength(xs.length);
}

describe('charts as data', () => {
  test('score, bound and spread against evaluations, and the same as a table', () => {
    const chart = progressChart(run('a', 110, 120));
    wellFormed(chart);
    expect(chart.xs).toEqual([0, 1000, 2000]);
    expect(chart.series.map((s) => s.values)).toEqual([
      [100, 110, 120],
      [200, 200, 200],
      [null, 105, 115],
      [null, 100, 110],
    ]);
    expect(chart.table.rows.at(-1)).toEqual(['2 k', '120.0', '200.0', '115.0', '110.0']);
    expect(chart.summary).toBe(
      'Score 100.0 at the start, 120.0 after 2 k evaluations. No design scores more than 200.0.',
    );
  });

  test('score against a cost: only improvements, the front, the best, and the budget line', () => {
    const plain = run('a', 110, 110, 120);
    const chart = costChart(
      { ...plain, front: [design(90, 50e6), design(119, 115e6)] },
      { cost: 'macs', amount: 400e6 },
    );
    wellFormed(chart);
    const dots = (series: number) => chart.series[series]?.values.filter((v) => v !== null);
    expect(dots(0)).toEqual([100, 110, 120]);
    expect(dots(1)).toEqual([90, 119]);
    expect(dots(2)).toEqual([120]);
    expect(chart.verticals).toEqual([{ at: 400e6, label: 'budget laptop' }]);
    expect(chart.table.rows.map((r) => r[0])).toEqual([
      'after 0 evaluations',
      'after 1 k evaluations',
      'after 3 k evaluations',
      'front 1',
      'front 2',
      'budget',
    ]);
    expect(costChart(plain, { cost: 'layers', amount: 40 }).series.map((s) => s.label)).not.toContain('Pareto front');
  });

  test('a minimised cost: its way down to its bound, once the score holds', () => {
    const least = run('a', 130, 120);
    const minimising: Run = {
      ...least,
      about: { ...least.about, budget: '', limits: [], goal: { cost: 'macs', score: 110 } },
    };
    const now = { ...least.now, bound: 90e6, gap: 0.25 };
    const chart = progressChart({ ...minimising, now, points: least.points.map(({ bound: _, ...p }) => p) });
    wellFormed(chart);
    expect(chart.title).toBe('macs against evaluations');
    expect(chart.series[0]?.values).toEqual([null, 130e6, 120e6]);
    expect(chart.summary).toBe(
      'below the score to hold at the start, 120 M macs after 2 k evaluations. No design that holds the score has less than 90 M macs.',
    );
    expect(shownCosts(minimising)).toEqual([{ cost: 'macs' }]);
    const costs = costChart({ ...minimising, now }, { cost: 'macs' });
    wellFormed(costs);
    expect(costs.verticals).toEqual([{ at: 90e6, label: 'the least possible' }]);
    expect(costs.table.rows.at(-1)).toEqual(['the least possible', '', '90 M macs']);
    const both = comparisonChart([minimising, { ...minimising, id: 'b' }], (r) => r.id);
    expect(both.y.label).toBe('macs');
    expect(comparisonChart([minimising, least], (r) => r.id).y.label).toBe('score, nats');
    expect(reachedText(minimising)).toBe('120 M macs at 120.0');
  });

  test('runs side by side', () => {
    const chart = comparisonChart([run('a', 110), run('b', 115, 130)], (r) => r.id);
    wellFormed(chart);
    expect(chart.series.map((s) => s.label)).toEqual(['a', 'b']);
    expect(chart.table.head).toEqual(['', 'a', 'b']);
    expect(chart.table.rows[0]).toEqual(['Score', '110.0', '130.0']);
    expect(chart.table.rows).toContainEqual(['seed', '7', '7']);
  });
});
