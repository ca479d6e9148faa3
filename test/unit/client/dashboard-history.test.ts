import { expect, test } from 'vitest';
import { History, type Memory } from '../../../client/src/dashboard/history.ts';
import { EMPTY, KEPT_RUNS, newRun, reduce } from '../../../client/src/dashboard/state.ts';
import { about, BEGUN, tick } from './runs.ts';

/** As `workspaceState` does: what is kept is a copy as JSON. */
function memory(): Memory & { readonly size: () => number } {
  const values = new Map<string, string>();
  return {
    get: (key) => {
      const value = values.get(key);
      return value === undefined ? undefined : JSON.parse(value);
    },
    update: async (key, value) => {
      values.set(key, JSON.stringify(value));
    },
    size: () => [...values.values()].join('').length,
  };
}

const started = (id: string) => ({ type: 'started', run: newRun(BEGUN, about(id)) }) as const;

test('what was saved comes back; what was running did not survive', async () => {
  const store = memory();
  const done = { type: 'status', id: 'a', status: 'done', message: 'found' } as const;
  const state = [started('a'), tick('a', 500, 130), done, started('b'), tick('b', 9, 101)].reduce(reduce, EMPTY);
  await new History(store).save(reduce(state, { type: 'compare', ids: ['a', 'b'] }));
  const loaded = new History(store).load('The window was closed.');
  expect(loaded.runs.map((r) => [r.id, r.status, r.message])).toEqual([
    ['b', 'interrupted', 'The window was closed.'],
    ['a', 'done', 'found'],
  ]);
  expect(loaded).toMatchObject({ shown: 'b', compared: ['a', 'b'], diff: [] });
  expect(loaded.runs[1]).toEqual(state.runs[1]);
});

test('nothing, or something of another format, is an empty history', () => {
  const of = (value: unknown) => new History({ get: () => value, update: async () => undefined }).load('');
  for (const value of [undefined, null, 3, {}, { format: 0, runs: [] }]) expect(of(value)).toEqual(EMPTY);
});

test('twenty long runs stay small', async () => {
  const store = memory();
  let state = EMPTY;
  for (let run = 0; run < KEPT_RUNS + 3; run++) {
    state = reduce(state, started(`r${run}`));
    for (let i = 1; i <= 700; i++) state = reduce(state, tick(`r${run}`, i * 1000, 100 + i));
  }
  await new History(store).save(state);
  const loaded = new History(store).load('');
  expect(loaded.runs).toHaveLength(KEPT_RUNS);
  for (const run of loaded.runs) expect(run.points.at(-1)?.evaluations).toBe(700_000);
  expect(store.size()).toBeLessThan(500_000);
});
