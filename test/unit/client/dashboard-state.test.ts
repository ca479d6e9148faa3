import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DashboardEvent,
  type DashboardState,
  EMPTY,
  KEPT_POINTS,
  KEPT_RUNS,
  newRun,
  nextSeed,
  type Run,
  reduce,
  sameSearch,
  shownRun,
  thinned,
} from '../../../client/src/dashboard/state.ts';
import { about, BEGUN, tick } from './runs.ts';

const started = (id: string): DashboardEvent => ({ type: 'started', run: newRun(BEGUN, about(id)) });
const play = (events: readonly DashboardEvent[], from: DashboardState = EMPTY): DashboardState =>
  events.reduce(reduce, from);

describe('a search that ran before', () => {
  const [done, other] = ['done', 'other'].map((id) => newRun(BEGUN, about(id)));
  const { uri, target, searched } = BEGUN;
  const wanted = { uri, target, searched };
  const runs = (change: Partial<Run> = {}) =>
    done === undefined || other === undefined ? [] : [other, { ...done, status: 'done' as const, ...change }];

  test('has the same text, target, front and seed, and came to its end', () => {
    expect(sameSearch(runs(), wanted)?.id).toBe('done');
    for (const status of ['running', 'stopped', 'failed', 'interrupted'] as const) {
      expect(sameSearch(runs({ status }), wanted)).toBeUndefined();
    }
    for (const different of [
      { uri: 'file:///b.mae' },
      { target: { kind: 'search', id: '1' } as const },
      { searched: { ...searched, text: 'another' } },
      { searched: { ...searched, pareto: ['macs'] } },
      { searched: { ...searched, seed: 8 } },
      { searched: { ...searched, prove: true } },
    ]) {
      expect(sameSearch(runs(), { ...wanted, ...different })).toBeUndefined();
    }
  });

  test('is searched again where the answer is the machine’s', () => {
    const settings = { seed: 7, evaluations: 100_000 };
    for (const own of [{ 'time-limit': '30s' }, { objective: 'zen-measured' }]) {
      const run = { about: { ...about('done'), settings: { ...settings, ...own } } };
      expect(sameSearch(runs(run), wanted)).toBeUndefined();
    }
  });

  test('has a next seed that no run of the text has tried', () => {
    const [, like] = runs();
    if (like === undefined) throw new Error('There is a run.');
    const with9 = { ...like, about: { ...like.about, settings: { seed: 9 } } };
    expect(nextSeed([like], like)).toBe(8);
    expect(nextSeed([with9, like], like)).toBe(10);
    expect(nextSeed([{ ...with9, searched: { text: 'another', pareto: [] } }, like], like)).toBe(8);
  });
});

describe('the dashboard’s state', () => {
  test('a run begins with its start network, follows its ticks, and keeps how it ended', () => {
    const state = play([
      started('a'),
      tick('a', 1000, 110),
      tick('a', 2000, 120),
      { type: 'status', id: 'a', status: 'done', message: 'found' },
    ]);
    const run = shownRun(state);
    expect(run?.points.map((p) => [p.evaluations, p.score])).toEqual([
      [0, 100],
      [1000, 110],
      [2000, 120],
    ]);
    expect(run).toMatchObject({ status: 'done', message: 'found', now: { score: 120 }, fraction: 0.02 });
  });

  test('a new run is shown; the oldest are forgotten, from the comparison too', () => {
    const ids = Array.from({ length: KEPT_RUNS + 1 }, (_, i) => `r${i}`);
    const before = play(ids.slice(0, -1).map(started));
    const compared = reduce(before, { type: 'compare', ids: ['r0', 'r1', 'nobody'] });
    expect(compared.compared).toEqual(['r0', 'r1']);
    const after = reduce(compared, started(`r${KEPT_RUNS}`));
    expect(after.shown).toBe(`r${KEPT_RUNS}`);
    expect(after.runs).toHaveLength(KEPT_RUNS);
    expect(after.compared).toEqual(['r1']);
  });

  test('what is said of an unknown run, or the diff of another one, changes nothing', () => {
    const state = play([started('a'), started('b')]);
    expect(reduce(state, tick('nobody', 1, 1)).runs).toEqual(state.runs);
    expect(reduce(state, { type: 'diff', id: 'a', lines: [{ kind: 'added', text: 'x' }] })).toBe(state);
    expect(reduce(state, { type: 'show', id: 'nobody' })).toBe(state);
  });

  test('forgetting the open run opens the newest', () => {
    const state = play([started('a'), started('b'), { type: 'show', id: 'a' }, { type: 'removed', id: 'a' }]);
    expect(state.shown).toBe('b');
    expect(state.runs.map((r) => r.id)).toEqual(['b']);
    // It stays about the file.
    expect(reduce(state, { type: 'removed', id: 'b' })).toEqual({ ...EMPTY, file: BEGUN.uri });
  });

  test('it is about one file: the run that is shown is always one of that file', () => {
    const [a, b] = [BEGUN.uri, 'file:///b.mae'];
    const other: DashboardEvent = { type: 'started', run: newRun({ ...BEGUN, uri: b }, about('other')) };
    const state = play([started('old'), started('new'), other]);
    expect(state).toMatchObject({ file: b, shown: 'other' });
    const front = reduce(state, { type: 'file', uri: a });
    expect(front).toMatchObject({ file: a, shown: 'new' });
    expect(reduce(front, { type: 'file', uri: 'file:///c.mae' })).toMatchObject({
      file: 'file:///c.mae',
      shown: undefined,
    });
    expect(reduce(front, { type: 'show', id: 'other' })).toMatchObject({ file: b, shown: 'other' });
    // A run that goes on elsewhere does not take the dashboard away.
    expect(reduce(front, tick('other', 10, 120))).toMatchObject({ file: a, shown: 'new' });
    // Forgetting the last run of a file does not open one of another file.
    expect(reduce(state, { type: 'removed', id: 'other' })).toMatchObject({ file: b, shown: undefined });
  });

  test('a diff tells whether the file moved on, until another run is shown', () => {
    const moved: DashboardEvent = { type: 'diff', id: 'a', lines: [], changed: true };
    expect(play([started('a'), moved]).changed).toBe(true);
    expect(play([started('a'), moved, started('b')]).changed).toBe(false);
  });

  test('points are bounded, and the first and the last stay', () => {
    const events = Array.from({ length: 3 * KEPT_POINTS }, (_, i) => tick('a', i + 1, 100 + i));
    const points = shownRun(play([started('a'), ...events]))?.points ?? [];
    expect(points.length).toBeLessThanOrEqual(KEPT_POINTS);
    expect(points[0]?.evaluations).toBe(0);
    expect(points.at(-1)?.evaluations).toBe(3 * KEPT_POINTS);
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), fc.integer({ min: 2, max: 20 }), (values, most) => {
        const kept = thinned(values, most);
        expect(kept.length).toBeLessThanOrEqual(most);
        expect([kept[0], kept.at(-1)]).toEqual([values[0], values.at(-1)]);
      }),
    );
  });

  test('a page that gets a snapshot in the middle and the events after it shows what the extension shows', () => {
    const id = fc.constantFrom('a', 'b', 'c');
    const event: fc.Arbitrary<DashboardEvent> = fc.oneof(
      id.map(started),
      fc.tuple(id, fc.nat(1e6), fc.nat(500)).map(([run, at, score]) => tick(run, at, score)),
      id.map((run): DashboardEvent => ({ type: 'status', id: run, status: 'paused', message: '' })),
      id.map((run): DashboardEvent => ({ type: 'show', id: run })),
      id.map((file): DashboardEvent => ({ type: 'file', uri: file })),
      id.map((run): DashboardEvent => ({ type: 'removed', id: run })),
      fc.array(id).map((ids): DashboardEvent => ({ type: 'compare', ids })),
      id.map((run): DashboardEvent => ({ type: 'diff', id: run, lines: [{ kind: 'same', text: run }] })),
    );
    fc.assert(
      fc.property(fc.array(event), fc.array(event), (before, after) => {
        const host = play(before);
        const page: DashboardState = JSON.parse(JSON.stringify(host));
        expect(JSON.parse(JSON.stringify(play(after, page)))).toEqual(JSON.parse(JSON.stringify(play(after, host))));
      }),
    );
  });
});
