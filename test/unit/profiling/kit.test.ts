import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lower } from '../../../server/src/backbone/lower.ts';
import { DeviceModel } from '../../../server/src/latency/device-model.ts';
import { graphTime } from '../../../server/src/latency/graph-time.ts';
import type { Profile } from '../../../server/src/latency/profile.ts';
import { readProfile } from '../../../server/src/latency/read-profile.ts';
import { writeProfile } from '../../../server/src/latency/write-profile.ts';
import { channelBlockOf } from '../../../server/src/profiling/kit/channel-block.ts';
import type { Kit, KitModel } from '../../../server/src/profiling/kit/kit.ts';
import { poolBehind } from '../../../server/src/profiling/kit/kit.ts';
import { profileFromKit } from '../../../server/src/profiling/kit/profile-from-kit.ts';
import { type Device, readKit, readResults } from '../../../server/src/profiling/kit/results.ts';
import { kitBackbone, kitFiles } from '../../../server/src/profiling/kit/write-kit.ts';

const TOY = readProfile(readFileSync(new URL('../../fixtures/latency/toy.maeprofile.json', import.meta.url), 'utf8'));
const DEVICE: Device = {
  device: 'a phone',
  runtime: { name: 'ncnn', version: '1' },
  threads: 2,
  clock: 'wall',
  quantile: 0.2,
  warmUps: 2,
  date: '2026-12-01',
};

const kit = (): Kit => {
  const text = kitFiles()
    .find(({ path }) => path === 'kit.json')
    ?.content();
  const read = readKit(String(text));
  if (!read.ok) throw new Error(read.message);
  return read.value;
};

const toy = (): Profile => {
  if (TOY.kind === 'fault') throw new Error(TOY.message);
  return TOY.profile;
};

/** What the models of a kit take on a device whose profile is known, where the whole is so much faster than its parts. */
function timesOn(profile: Profile, all: Kit, whole = 0.8): string {
  const device = new DeviceModel({ ...profile, factor: 1 });
  const rows = all.models.map((model): string => `${model.file},${timeOf(device, model, whole)},0.01,20`);
  return `file,ms,spread,runs\n${rows.join('\n')}\n`;
}

function timeOf(device: DeviceModel, model: KitModel, whole: number): number {
  if (model.kind === 'network') return whole * graphTime(device, lower(kitBackbone(model.text)));
  const pool = device.of(poolBehind(model.operation)).ms;
  return model.operation.op === 'globalpool' ? pool : device.of(model.operation).ms + pool;
}

function brought(text: string, all = kit()) {
  const times = readResults(text, all.reference);
  if (!times.ok) throw new Error(times.message);
  return profileFromKit(all, DEVICE, times.value);
}

describe('a kit', () => {
  test('brings back a profile that predicts what the device took', () => {
    const all = kit();
    // A device whose times lie between those of a kit as a profile of it says.
    const device = brought(timesOn(toy(), all), all);
    if (!device.ok) throw new Error(device.message);
    const read = brought(timesOn(device.value, all), all);
    if (!read.ok) throw new Error(read.message);
    const { channelBlock, factor, heldOut, device: name } = read.value;
    expect({ channelBlock, device: name }).toEqual({ channelBlock: 16, device: 'a phone' });
    expect(factor).toBeCloseTo(0.8, 1);
    expect(heldOut?.medianError).toBeLessThan(0.03);
    expect(readProfile(writeProfile(read.value))).toEqual({ kind: 'profile', profile: read.value });
  });

  test('the same from times that were taken while the device was twice as slow for a while', () => {
    const all = kit();
    const [head = '', ...rows] = timesOn(toy(), all).trim().split('\n');
    const reference = rows[0] ?? '';
    const slowed = (row: string): string => row.replace(/,([\d.e-]+),/, (_, ms: string) => `,${2 * Number(ms)},`);
    const half = rows.length >> 1;
    const drifting = [
      head,
      ...rows.slice(0, half),
      ...[reference, ...rows.slice(half)].map(slowed),
      reference,
      reference,
    ];
    const [steady, warm] = [brought(timesOn(toy(), all), all), brought(drifting.join('\n'), all)];
    if (!steady.ok || !warm.ok) throw new Error('no profile');
    expect(warm.value.operators).toEqual(steady.value.operators);
    expect(warm.value.timing.noise).toBeGreaterThan(0);
  });

  test.each([
    [
      'a line that is none',
      'file,ms,spread,runs\nmodels/001_conv.onnx,fast,0,1\n',
      /^Line 2: expected file,ms,spread,runs/,
    ],
    ['a negative time', 'models/001_conv.onnx,-1,0,1\n', /^Line 1/],
    ['a time that is none', 'models/001_conv.onnx,NaN,0,1\n', /^Line 1/],
  ])('says where results are wrong: %s', (_, text, message) => {
    expect(readResults(text, 'x')).toMatchObject({ ok: false, message: expect.stringMatching(message) });
  });

  test('of which most was not run is no profile', () => {
    const all = kit();
    const few = timesOn(toy(), all).split('\n').slice(0, 60).join('\n');
    expect(brought(few, all)).toMatchObject({ ok: false, message: expect.stringMatching(/^Only 5\d of \d+ models/) });
  });

  test('every model is small, of one kind each, and what its file says', () => {
    const files = kitFiles();
    const models = kit().models.map(({ file }) => file);
    expect(new Set(models).size).toBe(models.length);
    expect(files.map(({ path }) => path)).toEqual([
      'README.md',
      'kit.json',
      'shapes.csv',
      'run.py',
      'run.sh',
      ...models,
    ]);
  });
});

describe('the block of channels', () => {
  const widths = [24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128];
  const noisy = (i: number): number => 1 + 0.02 * Math.sin(7 * i);
  test.each([1, 8, 16, 32])('of %i is seen in the times', (block) => {
    const times = widths.map((width, i) => ({ width, ms: noisy(i) * Math.ceil(width / block) ** 2 * block ** 2 }));
    // Widths in steps of 8 do not tell smaller blocks from one another.
    expect(channelBlockOf(times)).toBe(Math.max(8, block));
  });
  test('of times that are not known is 1', () => {
    expect(channelBlockOf(widths.map((width) => ({ width, ms: undefined })))).toBe(1);
  });
});
