import { describe, expect, test } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { resultJson } from '../../../server/src/answers/search-json.ts';
import { withDesign } from '../../../server/src/answers/with-design.ts';
import { barText, progressJson } from '../../../server/src/cli/search-progress.ts';
import { resultLines } from '../../../server/src/cli/search-result.ts';
import { taskOf } from '../../../server/src/features/search-report.ts';
import { type ReadySearch, resolveRunnable } from '../../../server/src/features/search-targets.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import type { SearchProgress, SearchResult, SearchTask } from '../../../server/src/search/task.ts';

const TEXT = `backbone small {
  input 3 x 160 x 160
  stem     conv(out: 8, k: 3, s: 2)   // stays
  stage C2 bottleneck(out: 16, btn: 8, k: 3, s: 2) x 1
}
budget tiny { macs <= 20M }
search { start small within tiny }
`;

function ready(text = TEXT): ReadySearch {
  const resolved = resolveRunnable(snapshotOf(text), { kind: 'search', id: '0' });
  if (!resolved.ok) throw new Error(resolved.message);
  return resolved.search;
}

const search = ready();
const task = taskOf(search, 1);
const groups = search.start.groups.map((g) => ({ ...g, out: 2 * g.out }));
const backbone = { ...search.start, groups };
const result: SearchResult = {
  kind: 'result',
  evaluations: 1000,
  seconds: 0.5,
  evaluationsPerSecond: 2000,
  seed: 0,
  estimator: 'fan-in',
  objective: 'multi-scale',
  goal: { kind: 'maximise' },
  score: 120,
  bound: 125,
  gap: 0.04,
  proven: false,
  costs: analyse(backbone).costs,
  backbone,
  start: { score: 100, costs: analyse(search.start).costs, repaired: [] },
  stopped: 'done',
};

const progress: SearchProgress = {
  evaluations: 24_000,
  seconds: 0.1,
  evaluationsPerSecond: 240_000,
  score: 1779.84,
  best: backbone,
  costs: analyse(backbone).costs,
  secondsLeft: 0.3,
  phase: 'coarse',
  population: { size: 256, best: 1779.84, median: 1700, worst: 1600 },
};

describe('progress', () => {
  test('a bar with the share, the score and the time left', () => {
    expect(barText(progress, task, 200)).toBe(
      '######------------------  25 % Z 1779.8, 24 k evaluations, 240 k/s, 1 s left',
    );
  });

  test('the bound is shown as soon as there is one', () => {
    expect(barText({ ...progress, bound: 2095, gap: 0.15 }, task, 200)).toContain(
      'at most 15 % below the best possible',
    );
  });

  test.each([
    [100, '##----  25 % Z 1779.8, at most 15 % below the best possible, 24 k evaluations, 240 k/s, 1 s left'],
    [80, '##----  25 % Z 1779.8, at most 15 % below the best possible, 240 k/s, 1 s left'],
    [60, '######------------------  25 % Z 1779.8, 240 k/s, 1 s left'],
    [44, '##----  25 % Z 1779.8, 240 k/s, 1 s left'],
  ])('with a bound, %d columns keep rate and time', (columns, text) => {
    expect(barText({ ...progress, bound: 2095, gap: 0.15 }, task, columns)).toBe(text);
  });

  test.each([1, 20, 40, 80])('never wraps on a terminal of %d columns', (columns) => {
    expect(barText(progress, task, columns).length).toBeLessThan(columns);
  });

  test('more evaluations than asked for are no more than all', () => {
    expect(barText({ ...progress, evaluations: 97_000 }, task, 200)).toMatch(/^#{24} 100 % /);
  });

  test('a minimised cost stands before the score, and time counts where it is limited', () => {
    const goal = { kind: 'minimise', cost: 'layers', score: 1700 } as const;
    const least = { ...task, goal, timeLimit: 0.2 };
    expect(barText({ ...progress, bound: 2, gap: 0.5 }, least, 200)).toBe(
      '############------------  50 % 4 layers at Z 1779.8, at most 100 % above the least possible, 24 k evaluations, 240 k/s, 1 s left',
    );
  });

  test('a line of JSON has every key, with null where nothing is known', () => {
    expect(progressJson(progress)).toMatchObject({ type: 'progress', evaluations: 24_000, bound: null, gap: null });
    expect(progressJson(progress)).not.toHaveProperty('best');
  });
});

describe('result', () => {
  test('the bound stands beside the score, and every limit beside its cost', () => {
    const lines = resultLines(search, task, result).map((line) => line.replace(/ +/g, ' '));
    expect(lines[0]).toContain('small: Z 100.0 → 120.0 (+20.0 nats, fan-in); at most 4 % below the best possible');
    expect(lines).toContain(' Z fan-in 100.0 120.0 no design scores above 125.0');
    expect(lines.find((line) => line.startsWith(' macs'))).toMatch(/ macs [\d.]+ M [\d.]+ M [\d.]+ % of 20 M$/);
    expect(lines[1]).toContain('at 160 × 160 start best');
  });

  test('a minimised cost: what it was and is, the score that holds, and its own bound', () => {
    const goal = { kind: 'minimise', cost: 'params', score: 100 } as const;
    const least: SearchTask = { ...task, goal };
    const found: SearchResult = { ...result, goal, bound: 4000, gap: 0.2 };
    const lines = resultLines(search, least, found).map((line) => line.replace(/ +/g, ' '));
    expect(lines[0]).toMatch(
      /^small: 1\.224 k params → 2\.096 k params \(\+71\.2 %\), Z 120\.0 held at 100 \(fan-in\); at most 25 % above the least possible; /,
    );
    expect(lines).toContain(' Z fan-in 100.0 120.0 at least 100 was asked for');
    expect(lines.find((line) => line.startsWith(' params'))).toMatch(
      / no design that holds the score has less than 4 k$/,
    );
    expect(resultJson(search, least, found)).toMatchObject({ goal, bound: 4000, stopped: 'done', budget: 'tiny' });
    const short = { ...found, goal: { ...goal, score: 130 }, stopped: 'cancelled' } as const;
    expect(resultLines(search, { ...least, goal: short.goal }, short)[0]).toContain('Z 120.0 not yet at 130');
  });

  test('what is proven is said so, in the text and in JSON', () => {
    const best: SearchResult = { ...result, bound: result.score, gap: 0, proven: true };
    const lines = resultLines(search, task, best).map((line) => line.replace(/ +/g, ' '));
    expect(lines[0]).toContain('(+20.0 nats, fan-in); proven best in this space; ');
    expect(lines).toContain(' Z fan-in 100.0 120.0 no design of this space scores more');
    expect(resultJson(search, task, best)).toMatchObject({ proven: true, bound: 120, gap: 0 });
    expect(resultJson(search, task, result)).toMatchObject({ proven: false });
    const goal = { kind: 'minimise', cost: 'params', score: 100 } as const;
    const least = resultLines(search, { ...task, goal }, { ...best, goal, bound: 2096 });
    expect(least[0]).toContain('held at 100 (fan-in); proven least in this space; ');
    expect(least.find((line) => line.startsWith('  params'))).toMatch(/ no design that holds the score has less$/);
  });

  test('what the budget is worth, in the text and in JSON', () => {
    const priced: SearchResult = { ...result, prices: { costs: { macs: 1.5e-6 } } };
    expect(resultLines(search, task, priced)).toContain('  1 M macs more buys +1.5 score');
    expect(resultJson(search, task, priced)).toMatchObject({ prices: { macs: 1.5e-6 } });
    expect(resultJson(search, task, result)).toMatchObject({ prices: null });
  });

  test.each([
    ['plateau', { plateau: 20_000 }, 'stopped after 20,000 evaluations without a better design.'],
    ['time', { timeLimit: 30 }, 'stopped at its time limit of 30 s, so that another machine may find another design.'],
  ] as const)('says why it stopped: %s', (stopped, fields, expected) => {
    expect(resultLines(search, { ...task, ...fields }, { ...result, stopped })[0]).toMatch(
      new RegExp(`; ${expected}$`),
    );
  });

  test('without a budget there is nothing to be within', () => {
    const free = ready(TEXT.replace(/^budget.*$/m, '').replace('within tiny', 'minimise macs'));
    const text = resultLines(free, taskOf(free, 1), { ...result, goal: taskOf(free, 1).goal })[0];
    expect(text).not.toContain('within');
    expect(resultJson(free, taskOf(free, 1), result)).toMatchObject({ budget: null });
  });

  test.each([
    [2, ['1', '20']],
    [3, ['1', '11', '20']],
    [0, []],
    [20, Array.from({ length: 20 }, (_, i) => String(i + 1))],
    [undefined, ['1', '4', '6', '9', '12', '15', '17', '20']],
  ])('of a long front %s are shown, along its whole length', (top, scores) => {
    const front = Array.from({ length: 20 }, (_, i) => ({ score: i + 1, costs: result.costs, backbone }));
    const lines = resultLines(search, { ...task, pareto: ['layers'] }, { ...result, front }, top);
    expect(lines.flatMap((line) => /front: Z (\d+)\.0 at/.exec(line)?.[1] ?? [])).toEqual(scores);
    const said = lines.some((line) => line.includes(`front: ${scores.length} of 20 designs are shown; --top N`));
    expect(said).toBe(scores.length < 20);
  });

  test('the front has a line for every point', () => {
    const point = { score: 90, costs: result.start.costs, backbone: search.start };
    const lines = resultLines(search, { ...task, pareto: ['layers'] }, { ...result, front: [point] });
    expect(lines.at(-1)).toBe('  front: Z 90.0 at 4 layers');
    expect(resultJson(search, task, { ...result, front: [point] })).toMatchObject({ front: [{ score: 90 }] });
  });
});

describe('the text with the design', () => {
  test('changes numbers only', () => {
    const text = withDesign(TEXT, search, result);
    expect(text).toBe(TEXT.replace('out: 8', 'out: 16').replace('out: 16, btn', 'out: 32, btn'));
  });

  test('another number of groups replaces the backbone and nothing else', () => {
    const deeper = { ...result, backbone: { ...backbone, groups: [...groups, ...groups.slice(1)] } };
    const text = withDesign(TEXT.replaceAll('\n', '\r\n'), search, deeper);
    expect(text).toMatch(/^backbone small \{\r\n {2}input 3 x 160 x 160\r\n\r\n/);
    expect(text).toMatch(/ {2}stage C3 bottleneck.*\r\n\}\r\nbudget tiny/);
    expect(text?.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test.each([
    ['the backbone changed', TEXT.replace('out: 8', 'out: 9')],
    ['the backbone went', TEXT.replace('backbone small', 'backbone large')],
    ['the text cannot be read', TEXT.replace('out: 8', 'out: ')],
  ])('none where %s', (_, text) => {
    expect(withDesign(text, search, result)).toBe(undefined);
  });
});
