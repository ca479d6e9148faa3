import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stepsOf } from '../../server/src/analysis/flow.ts';
import { stageLogStds } from '../../server/src/analysis/stage-log-stds.ts';
import { group } from '../../server/src/backbone/backbone.ts';
import { lower, type Network } from '../../server/src/backbone/lower.ts';
import { fanIn } from '../../server/src/graph/cell.ts';
import { MeasureCache } from '../../server/src/measure/cache.ts';
import { measurementOf, requestOf, zenBatchOf } from '../../server/src/measure/measure.ts';
import { MEASURE_DEFAULTS } from '../../server/src/measure/measure-settings.ts';
import { type Measured, readFromChild } from '../../server/src/measure/messages.ts';
import { largestTensorBytes, planBytes, planMacs, planOf } from '../../server/src/measure/plan.ts';
import { predictions, weightSpread, zScore } from '../../server/src/measure/prediction.ts';
import { summarise } from '../../server/src/measure/summary.ts';
import { backboneOf, measuredCases } from '../golden/structures.ts';

const small = (name = 'small', out = 16): Network =>
  lower({
    name,
    input: { channels: 3, height: 33, width: 20 },
    weights: {},
    groups: [
      group({ block: 'conv', out: 8, kernel: 3, stride: 2 }),
      group({ block: 'maxpool', kernel: 3, stride: 2 }),
      group({ block: 'inverted', out, btn: 24, kernel: 5, stride: 2, depth: 2, se: true }),
      group({ block: 'bottleneck', out: 32, btn: 8, kernel: 3, stride: 2 }),
    ],
  });

describe('the plan of a network', () => {
  const plan = planOf(small());

  test('has the main path only: no shortcut, no squeeze-and-excitation, but the pool', () => {
    expect(
      plan.steps.map((l) => {
        const window = l.op === 'conv' || l.op === 'maxpool' ? ` k${l.kernel} s${l.stride}` : '';
        const own = l.op === 'conv' ? ` ${l.in}>${l.channels}${window} g${l.groups} w${l.stream}` : window;
        return `${l.op}${own} ${l.height}x${l.width}`;
      }),
    ).toEqual([
      'conv 3>8 k3 s2 g1 w0 17x10',
      'activation 17x10',
      'maxpool k3 s2 9x5',
      'conv 8>24 k1 s1 g1 w2 9x5',
      'activation 9x5',
      'conv 24>24 k5 s2 g24 w3 5x3',
      'activation 5x3',
      'conv 24>16 k1 s1 g1 w4 5x3',
      'activation 5x3',
      'conv 16>24 k1 s1 g1 w5 5x3',
      'activation 5x3',
      'conv 24>24 k5 s1 g24 w6 5x3',
      'activation 5x3',
      'conv 24>16 k1 s1 g1 w7 5x3',
      'activation 5x3',
      'conv 16>8 k1 s1 g1 w8 5x3',
      'activation 5x3',
      'conv 8>8 k3 s2 g1 w9 3x2',
      'activation 3x2',
      'conv 8>32 k1 s1 g1 w10 3x2',
      'activation 3x2',
    ]);
    expect(plan.stages).toEqual([
      { name: 'C1', end: 1, channels: 8 },
      { name: 'C2', end: 2, channels: 8 },
      { name: 'C3', end: 14, channels: 16 },
      { name: 'C4', end: 20, channels: 32 },
    ]);
  });

  test('counts the multiplications of the main path', () => {
    const main = small().groups.flatMap((section) => stepsOf(section) ?? []);
    const macs = main.map((step) =>
      step.kind === 'conv' ? fanIn(step.conv) * step.conv.to.channels * step.conv.to.height * step.conv.to.width : 0,
    );
    expect(planMacs(plan)).toBe(macs.reduce((sum, own) => sum + own, 0));
  });

  test('knows its memory: it grows with the batch and is at least the largest tensor', () => {
    expect(planBytes(plan, 4)).toBeGreaterThan(planBytes(plan, 1));
    expect(planBytes(plan, 1)).toBeGreaterThanOrEqual(largestTensorBytes(plan, 1));
    expect(largestTensorBytes(plan, 1)).toBe(4 * 3 * 33 * 20);
  });

  test('takes more images per Zen draw where the last stage is small', () => {
    const at = (side: number) =>
      zenBatchOf(
        planOf(
          lower({ ...backboneOf(measuredCases[0]?.structure_info ?? [], { channels: 3, height: side, width: side }) }),
        ),
      );
    expect([128, 480, 800, 1280].map(at)).toEqual([4, 4, 2, 1]);
  });
});

describe('predictions', () => {
  const linear = measuredCases.filter((c) => !c.relu);
  const networkOf = (c: (typeof measuredCases)[number]) => {
    const [channels, height, width] = c.input;
    return lower(backboneOf(c.structure_info, { channels, height, width }));
  };

  test('the spread of linear networks is that of the golden measurements in the median', () => {
    const ratios = linear.flatMap((c) => {
      const plan = planOf(networkOf(c));
      const spread = weightSpread(plan);
      return plan.stages.map((s, i) => (spread[s.end] ?? Number.NaN) / (c.stage_log_std_sd[i] ?? Number.NaN));
    });
    const sorted = ratios.toSorted((a, b) => a - b);
    expect(sorted).toHaveLength(70);
    expect(sorted[35]).toBeGreaterThan(0.9);
    expect(sorted[35]).toBeLessThan(1.1);
    expect(sorted[0]).toBeGreaterThan(0.5);
    expect(sorted[69]).toBeLessThan(1.7);
  });

  test('no golden measurement is 4 standard errors from its prediction', () => {
    for (const c of measuredCases) {
      const network = networkOf(c);
      const expected = predictions(network, planOf(network), c.relu ? 'relu' : 'linear');
      c.stage_log_std_mean.forEach((mean, i) => {
        const predicted = expected[i] ?? { mean: Number.NaN, sd: 0 };
        const z = zScore({ mean, sd: c.stage_log_std_sd[i] ?? 0 }, predicted, c.seeds);
        expect(Math.abs(z ?? Number.NaN)).toBeLessThan(4);
      });
    }
  });

  test.each([
    ['channel groups', group({ block: 'bottleneck', out: 32, btn: 16, kernel: 3, stride: 2, groups: 4 })],
    ['a signal that branches', group({ block: 'shuffle', out: 32, kernel: 3, stride: 2 })],
  ])('of %s have no spread and no bias, and a measurement has no distance from them', (_, own) => {
    const stem = group({ block: 'conv', out: 16, kernel: 3, stride: 2 });
    const network = lower({
      name: 'net',
      input: { channels: 3, height: 32, width: 32 },
      weights: {},
      groups: [stem, own],
    });
    for (const activation of ['linear', 'relu'] as const) {
      const last = predictions(network, planOf(network), activation)[1];
      const exact = stageLogStds(network)[1]?.exact[activation];
      expect(last).toEqual({ mean: exact, sd: undefined });
      expect(zScore({ mean: 1, sd: 1 }, last ?? { mean: 0, sd: 0 }, 4)).toBeUndefined();
    }
  });

  test('a measurement that is off by a layer is far away', () => {
    const network = small();
    const [, second] = predictions(network, planOf(network), 'relu');
    const wrong = { mean: (second?.mean ?? 0) + Math.log(8), sd: 0.3 };
    expect(zScore(wrong, second ?? { mean: 0, sd: 0 }, 16)).toBeGreaterThan(4);
  });
});

test('mean and sample standard deviation', () => {
  expect(summarise([1, 2, 3, 4])).toEqual({ mean: 2.5, sd: Math.sqrt(5 / 3) });
  expect(summarise([3])).toEqual({ mean: 3, sd: 0 });
});

describe('the cache', () => {
  const answer = (device = 'CPU'): Measured => ({
    kind: 'measured',
    id: 1,
    backend: { name: 'wasm', device, kind: 'cpu', versions: {}, gmacsPerSecond: 1 },
    batch: 1,
    zenBatch: 4,
    draws: [[1, 2, 3, 4]],
    zen: [],
    seconds: 1,
    peakBytes: 1,
  });
  const request = (network: Network, settings = {}) =>
    requestOf(planOf(network), { ...MEASURE_DEFAULTS, workers: 2, ...settings });

  test('a renamed network is the same, another width, seed, activation or number of draws is not', () => {
    const cache = new MeasureCache();
    cache.put(request(small()), answer());
    expect(cache.get(request(small('renamed')))).toEqual(answer());
    for (const other of [{ seed: 1 }, { activation: 'linear' }, { draws: 5 }, { zenDraws: 1 }, { backend: 'wasm' }]) {
      expect(cache.get(request(small(), other))).toBeUndefined();
    }
    expect(cache.get(request(small('small', 24)))).toBeUndefined();
  });

  test('another device is another answer', () => {
    const cache = new MeasureCache();
    cache.put(request(small()), answer('GPU A'));
    cache.put(request(small('small', 24)), answer('GPU B'));
    // `auto` now comes to B, and nothing was measured there.
    expect(cache.get(request(small()))).toBeUndefined();
  });

  test('keeps the 500 used last', () => {
    const cache = new MeasureCache();
    for (let seed = 0; seed <= 500; seed++) {
      cache.put(request(small(), { seed }), answer());
      cache.get(request(small(), { seed: 0 }));
    }
    expect(cache.get(request(small(), { seed: 0 }))).toBeDefined();
    expect(cache.get(request(small(), { seed: 1 }))).toBeUndefined();
    expect(cache.get(request(small(), { seed: 500 }))).toBeDefined();
  });

  test('a measurement carries device, draws and spread', () => {
    const network = small();
    const plan = planOf(network);
    const result = measurementOf(network, plan, request(network), {
      ...answer(),
      draws: [
        [1, 2, 3, 4],
        [2, 2, 3, 4],
      ],
      zen: [5, 7],
    });
    expect(result).toMatchObject({
      backend: 'wasm',
      device: 'CPU',
      draws: 2,
      seed: 0,
      zen: { mean: 6, draws: 2, batch: 4 },
    });
    expect(result.stages.map((s) => s.name)).toEqual(['C1', 'C2', 'C3', 'C4']);
    expect(result.stages[0]?.logStd).toEqual({ mean: 1.5, sd: Math.SQRT1_2 });
  });
});

test('whatever a process says is read without a throw, and only messages are', () => {
  fc.assert(
    fc.property(fc.anything(), (said) => {
      expect(readFromChild(said)).toBeUndefined();
    }),
  );
  expect(readFromChild({ kind: 'ready' })).toEqual({ kind: 'ready' });
  expect(readFromChild({ kind: 'progress', id: 1, done: Number.NaN, total: 2 })).toBeUndefined();
});
