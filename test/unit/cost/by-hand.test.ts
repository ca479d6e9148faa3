import { expect, it } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { type Backbone, DEFAULT_WEIGHTS, type Group, group } from '../../../server/src/backbone/backbone.ts';

/** Networks that are small enough to be counted with pencil and paper (docs/method.md 3). */
const network = (side: number, groups: readonly Group[]): Backbone => ({
  name: 'small',
  input: { channels: 3, height: side, width: side },
  groups,
  weights: DEFAULT_WEIGHTS,
});

const stem = group({ block: 'conv', out: 8, kernel: 3, stride: 2 });
const pool = group({ block: 'maxpool', kernel: 3, stride: 2 });
const bottleneck = group({ block: 'bottleneck', out: 16, btn: 8, kernel: 3, stride: 2 });
const squeezed = group({ block: 'inverted', out: 8, btn: 16, kernel: 3, stride: 1, se: true });

/** Multiply–accumulates, elements behind a BatchNorm, elements behind a ReLU, elements that are pooled. */
interface Counted {
  readonly macs: number;
  readonly norm: number;
  readonly relu: number;
  readonly pooled: number;
}

const conventions = ({ macs, norm, relu, pooled }: Counted) => ({
  macs,
  thop: macs + 2 * norm,
  mmcv: macs + 2 * norm + relu + pooled,
});

it('a max-pool, and a shortcut that is averaged and projected', () => {
  const { costs } = analyse(network(16, [stem, pool, bottleneck]));
  // stem 8×8×8; pool 8×4×4; 1×1 8×4×4, 3×3 8×2×2, 1×1 16×2×2; shortcut: average of 8×4×4, 1×1 16×2×2 without ReLU
  const macs = 27 * 8 * 64 + 64 * 16 + 9 * 64 * 4 + 128 * 4 + 128 * 4;
  const norm = 512 + 128 + 32 + 64 + 64;
  const counted = { macs, norm, relu: norm - 64, pooled: 512 + 128 };
  expect(costs).toMatchObject(conventions(counted));
  // The max-pool counts nothing; the shortcut 8 per position that it averages, and 16 per position that it projects to.
  expect(costs.tinynas).toBe(macs + 2 * norm + counted.relu + 8 * 16 + 16 * 4);
  const conv = 27 * 8 + 64 + 9 * 64 + 128 + 128;
  expect([costs.weights, costs.params]).toEqual([conv, conv + 2 * (8 + 8 + 8 + 16 + 16)]);
  expect(costs.layers).toBe(4);
});

it('a strided projection pools nothing', () => {
  const { costs } = analyse(network(16, [stem, { ...bottleneck, shortcut: 'conv' }]));
  const macs = 27 * 8 * 64 + 64 * 64 + 9 * 64 * 16 + 128 * 16 + 128 * 16;
  const norm = 512 + 512 + 128 + 256 + 256;
  const counted = { macs, norm, relu: norm - 256, pooled: 0 };
  expect(costs).toMatchObject(conventions(counted));
  expect(costs.tinynas).toBe(macs + 2 * norm + counted.relu + 16 * 16);
});

it('squeeze-and-excitation has neither ReLU nor layers, and counts nothing in tinynas', () => {
  const { costs } = analyse(network(8, [stem, squeezed]));
  // stem 8×4×4; 1×1 16×4×4, 3×3 depthwise 16×4×4, squeeze to 8 and back on one position, 1×1 8×4×4
  const path = 27 * 8 * 16 + 128 * 16 + 9 * 16 * 16 + 128 * 16;
  const elements = 128 + 256 + 256 + 128;
  expect(costs.macs).toBe(path + 128 + 128);
  expect(costs.thop).toBe(costs.macs + 2 * (elements + 8 + 16));
  // What is squeezed is pooled over all of its positions.
  expect(costs.mmcv).toBe(costs.thop + elements + 256);
  expect(costs.tinynas).toBe(path + 3 * elements);
  expect(costs.layers).toBe(4);
  const conv = 27 * 8 + 128 + 9 * 16 + 128 + 128 + 128;
  expect([costs.weights, costs.params]).toEqual([conv, conv + 2 * (8 + 16 + 16 + 8 + 16 + 8)]);
});

it('a bias is added once for each element, and is a parameter of each channel', () => {
  const { costs } = analyse(network(8, [{ ...stem, options: { bias: 'yes' } }]));
  // 8×4×4 behind the convolution, its bias, its norm and its ReLU.
  const [macs, elements] = [27 * 8 * 16, 8 * 16];
  expect(costs.macs).toBe(macs);
  expect(costs.thop).toBe(macs + elements + 2 * elements);
  expect(costs.mmcv).toBe(macs + elements + 2 * elements + elements);
  expect([costs.weights, costs.params]).toEqual([27 * 8, 27 * 8 + 8 + 2 * 8]);
});

it('activations are what all convolutions put out, and nothing of pools', () => {
  const { costs } = analyse(network(16, [stem, pool, bottleneck]));
  expect(costs['activations']).toBe(8 * 64 + 8 * 16 + 8 * 4 + 16 * 4 + 16 * 4);
});

it('rho is layers over the geometric mean of the fan-ins, of the stage where that is most', () => {
  expect(analyse(network(16, [stem])).costs['rho']).toBeCloseTo(1 / 27, 12);
  const fanIns = 27 * 8 * (9 * 8) * 8;
  expect(analyse(network(16, [stem, pool, bottleneck])).costs['rho']).toBeCloseTo(4 / fanIns ** (1 / 4), 12);
});

it('memory is the float32 that is alive at once: what a convolution reads and what it writes', () => {
  expect(analyse(network(8, [stem])).costs['memory']).toBe(4 * (3 * 64 + 8 * 16));
});
