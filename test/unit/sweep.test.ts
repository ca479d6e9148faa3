import { describe, expect, test } from 'vitest';
import { isCostName } from '../../server/src/cost/budget.ts';
import { readAxis } from '../../server/src/sweep/axis.ts';
import { frontOf, type SweepOutcome } from '../../server/src/sweep/outcome.ts';
import { pointsOf, pointText, seedAxis } from '../../server/src/sweep/plan.ts';
import { spread } from '../../server/src/sweep/spread.ts';
import { jobFromWire, outcomeFromWire, runFromWire, SWEEP_VERSION, versionOf } from '../../server/src/sweep/wire.ts';

const axis = (text: string) =>
  readAxis(text, (name) =>
    isCostName(name) ? { ok: true, value: name } : { ok: false, message: `there is no cost '${name}'` },
  );

describe('what is varied', () => {
  test.each([
    [
      'budget.macs=2G,4G',
      [
        { kind: 'limit', cost: 'macs', amount: 2e9 },
        { kind: 'limit', cost: 'macs', amount: 4e9 },
      ],
    ],
    ['input=320x320', [{ kind: 'input', size: { height: 320, width: 320 } }]],
    ['space=paper', [{ kind: 'space', name: 'paper' }]],
    ['evaluations=20k', [{ kind: 'setting', setting: 'evaluations', value: 20_000 }]],
    ['estimator=exact', [{ kind: 'setting', setting: 'estimator', value: 'exact' }]],
  ])('%s', (text, changes) => {
    const read = axis(text);
    expect(read.ok ? read.value.values.map(({ change }) => change) : read).toEqual(changes);
  });

  test.each([
    ['macs', "'macs' is not NAME=VALUE,VALUE"],
    ['=2G', 'is not NAME=VALUE,VALUE'],
    ['budget.mac=2G', "there is no cost 'mac'"],
    ['budget.macs=2G,', 'has an empty value'],
    ['budget.macs=many', "budget.macs: 'many' is not a number"],
    ['budget.layers=2.5', 'whole number'],
    ['input=320', "input: '320' is not HEIGHTxWIDTH"],
    ['seed=1,1', 'seed has 1 twice'],
    ['budget.macs=2G,2000M', 'budget.macs has 2000M twice'],
    ['estimator=best', "'best' is not fan-in or exact"],
    ['time-limit=3s', 'cannot be varied'],
    ['depth=3', "'depth' cannot be varied, only budget.COST, input"],
  ])('%s is refused', (text, message) => {
    const read = axis(text);
    expect(read.ok ? '' : read.message).toContain(message);
  });
});

test('every combination is a point, and the last axis changes fastest', () => {
  const budget = axis('budget.macs=2G,4G');
  if (!budget.ok) throw new Error(budget.message);
  const points = pointsOf([budget.value, seedAxis(3, 2)]);
  expect(points.ok ? points.value.map(pointText) : points).toEqual([
    'budget.macs=2G seed=3',
    'budget.macs=2G seed=4',
    'budget.macs=4G seed=3',
    'budget.macs=4G seed=4',
  ]);
  expect(pointsOf([budget.value, budget.value])).toMatchObject({ ok: false });
  expect(pointsOf([seedAxis(0, 1000), { ...seedAxis(0, 1000), name: 'other' }])).toMatchObject({ ok: false });
});

const found = (index: number, score: number, macs: number): SweepOutcome => ({
  kind: 'found',
  index,
  score,
  bound: null,
  gap: null,
  proven: false,
  costs: { macs },
  backbone: '',
  evaluations: 1,
  stopped: 'done',
});

test('the front has what nothing beats, of equals the first of the plan, whoever was done first', () => {
  const outcomes: SweepOutcome[] = [
    found(4, 3, 30),
    found(3, 1, 10),
    found(2, 1, 20),
    found(1, 3, 30),
    { kind: 'none', index: 0, code: 'budget-impossible', message: 'none' },
  ];
  expect(frontOf(outcomes, ['macs']).map(({ index }) => index)).toEqual([3, 1]);
});

test('a list is done in its order, not more at once than is said, and ends when it is told to', async () => {
  const begun: number[] = [];
  let at = 0;
  let most = 0;
  const abort = new AbortController();
  await spread(
    [0, 1, 2, 3, 4, 5],
    2,
    async (item) => {
      begun.push(item);
      most = Math.max(most, ++at);
      await Promise.resolve();
      at -= 1;
      if (item === 3) abort.abort();
    },
    abort.signal,
  );
  expect(most).toBe(2);
  expect(begun.slice(0, 4)).toEqual([0, 1, 2, 3]);
  expect(begun.length).toBeLessThan(6);
});

describe('on the wire', () => {
  const id = '0123456789ab';
  const job = { version: SWEEP_VERSION, run: id, index: 3 };
  const run = {
    version: SWEEP_VERSION,
    id,
    name: 'a.mae small',
    created: '2026-01-01T00:00:00.000Z',
    text: 'backbone a {}',
    search: { kind: 'search', id: '0' },
    points: [[{ name: 'seed', text: '0', change: { kind: 'setting', setting: 'seed', value: 0 } }]],
  };

  test('what was sent comes out of JSON as it was', () => {
    for (const [read, message] of [
      [jobFromWire, job],
      [runFromWire, run],
      [outcomeFromWire, found(1, 2.5, 3)],
    ] as const)
      expect(read(JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  test.each([
    ['another version', { ...job, version: SWEEP_VERSION + 1 }],
    ['a run that names a key', { ...job, run: '../../etc' }],
    ['a place that is none', { ...job, index: -1 }],
    ['more than is asked', { ...job, script: 'x' }],
    ['no object', 'x'],
  ])('%s is no job', (_, message) => expect(jobFromWire(message)).toBeUndefined());

  test('a run with a change of no kind is none', () => {
    const points = [[{ name: 'x', text: 'x', change: { kind: 'setting', setting: '__proto__', value: 1 } }]];
    expect(runFromWire({ ...run, points })).toBeUndefined();
  });

  test('a version is read whatever else there is', () => {
    expect(versionOf({ version: 7, more: [] })).toBe(7);
    expect(versionOf({})).toBeUndefined();
  });
});
