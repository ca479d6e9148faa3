import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PointsFile } from '../../../server/src/cli/points-file.ts';
import { type Operation, workOf } from '../../../server/src/latency/operation.ts';
import { pointsOf } from '../../../server/src/profiling/choose-points.ts';
import { wideFamily } from '../../../server/src/profiling/families.ts';
import { makeProfile } from '../../../server/src/profiling/make-profile.ts';
import { Measured, NOTHING_MEASURED, operationKey } from '../../../server/src/profiling/measured.ts';
import { loadRuntime } from '../../../server/src/profiling/runtime.ts';
import { median, quantile, spearman } from '../../../server/src/profiling/statistics.ts';

const CONV: Operation = {
  ...{ op: 'conv', kernel: 3, stride: 1, grouping: 'one', groups: 1 },
  ...{ in: 16, out: 16, height: 10, width: 10 },
};
const TIMED = { ms: 2, spread: 0.1, runs: 8 };
const KERNELS = { channelBlock: 16, fused: ['batchnorm', 'relu'], layout: undefined };

test.each([
  [[1, 2, 3, 4], [10, 20, 30, 40], 1],
  [[1, 2, 3, 4], [4, 3, 2, 1], -1],
  [[1, 1, 2], [5, 5, 9], 1],
  [[1, 1], [3, 4], 0],
])('rank correlation of %j and %j is %d', (a, b, rank) => {
  expect(spearman(a, b)).toBeCloseTo(rank, 12);
});

test('quantiles', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(quantile([5, 4, 3, 2, 1], 0.25)).toBe(2);
});

test('each level of a grid has the points of those before it', () => {
  const kind = { op: 'conv', kernel: 3, stride: 1, grouping: 'one', image: false } as const;
  const keys = [0, 1, 2].map((level) => new Set(pointsOf(kind, level, 16).map(operationKey)));
  for (const [level, own] of keys.entries())
    for (const key of own) expect(keys.slice(level).every((finer) => finer.has(key))).toBe(true);
});

test('the least of all looks at an operation counts, and each is counted', () => {
  const measured = new Measured(NOTHING_MEASURED);
  measured.add(CONV, TIMED);
  measured.add(CONV, { ...TIMED, ms: 3 });
  expect(measured.looksAt(CONV)).toBe(2);
  expect(measured.operators[0]?.points[0]?.[5]).toBe(2);
});

test('what was measured is there again, for the same runtime alone', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mae-points-'));
  try {
    const at = { device: 'd', runtime: 'r', threads: 1 };
    const file = path.join(folder, 'x.points');
    const measured = new Measured({ ...NOTHING_MEASURED, kernels: KERNELS });
    measured.add(CONV, TIMED);
    measured.addNetwork('one', 7);
    new PointsFile(file, at).write(measured);
    expect(new PointsFile(file, at).read().state).toEqual(measured.state);
    expect(new PointsFile(file, { ...at, threads: 2 }).read().state).toEqual(NOTHING_MEASURED);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('without the runtime it is said what to do', () => {
  expect(loadRuntime([path.parse(import.meta.dirname).root])).toMatchObject({
    ok: false,
    message: expect.stringContaining('not installed'),
    nextStep: expect.stringContaining('npm install'),
  });
});

test('an interrupted profile goes on where it stopped, and times nothing twice that it need not', async () => {
  const family = wideFamily();
  const some = { training: family.training.slice(0, 3), heldOut: family.heldOut.slice(0, 2) };
  const measured = new Measured(NOTHING_MEASURED);
  const about = { device: 'd', runtime: { name: 'r', version: '1' }, threads: 1, date: '2026-12-01' };
  let timings = 0;
  const run = (stopAfter: number) => {
    const stop = new AbortController();
    const timer = {
      ...({ clock: 'cpu', quantile: 0.2, warmUps: 2 } as const),
      kernels: () => Promise.resolve(KERNELS),
      operation: (operation: Operation) => {
        timings += 1;
        if (timings >= stopAfter) stop.abort();
        return Promise.resolve({ ...TIMED, ms: workOf(operation) / 1e8 });
      },
      network: () => Promise.resolve(TIMED),
      close: () => Promise.resolve(),
    };
    const watch = { signal: stop.signal, clock: () => 1000, onProgress: () => {}, keep: () => {} };
    return makeProfile(timer, some, { about, seconds: 1, target: 0 }, measured, watch);
  };
  expect(await run(10)).toBeUndefined();
  expect(measured.state.operations).toHaveLength(10);
  const made = await run(Number.POSITIVE_INFINITY);
  expect(made?.heldOut?.networks).toBe(2);
  expect(measured.state.operations).toHaveLength(timings);
});
