import { GaussianStream } from '../../random/gaussian.ts';
import { done, failed, type Outcome, thrownText } from '../failure.ts';
import { free, gaussianTensor } from '../ops.ts';
import { conv2d, type Tensor4D } from '../tf.ts';
import type { OpenedBackend } from './backend.ts';

/** The test convolution: side and channels of what it reads, channels of what it makes, kernel. */
export const TEST = { side: 9, in: 8, out: 8, kernel: 3 } as const;
const { side: SIZE, in: IN, out: OUT, kernel: KERNEL } = TEST;
/** float32 sums of 72 terms agree to six digits; a backend that rounds to half precision has three. */
const TOLERANCE = 1e-3;

/** It by plain loops: stride 2, padding 1, layout NHWC and HWIO. */
export function testConvolution(x: Float32Array, w: Float32Array): Float64Array {
  const side = Math.ceil(SIZE / 2);
  const y = new Float64Array(side * side * OUT);
  for (let i = 0; i < y.length; i++) {
    const [row, column, channel] = [Math.floor(i / OUT / side), Math.floor(i / OUT) % side, i % OUT];
    for (let t = 0; t < KERNEL * KERNEL * IN; t++) {
      const [dr, dc, c] = [Math.floor(t / IN / KERNEL), Math.floor(t / IN) % KERNEL, t % IN];
      const [r, q] = [row * 2 + dr - 1, column * 2 + dc - 1];
      if (r < 0 || q < 0 || r >= SIZE || q >= SIZE) continue;
      y[i] = (y[i] ?? 0) + (x[(r * SIZE + q) * IN + c] ?? 0) * (w[t * OUT + channel] ?? 0);
    }
  }
  return y;
}

const convolve = (x: Tensor4D, w: Tensor4D, stride: number): Tensor4D =>
  conv2d(x, w, stride, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);

/**
 * Runs a small convolution on tfjs's current backend and compares every number: there are devices that load, accept
 * work and compute nothing.
 */
export async function prove(backend: OpenedBackend): Promise<Outcome<OpenedBackend>> {
  try {
    const expected = testConvolution(
      new GaussianStream(1).fill(new Float32Array(SIZE * SIZE * IN)),
      new GaussianStream(2).fill(new Float32Array(KERNEL * KERNEL * IN * OUT)),
    );
    const x = gaussianTensor(new GaussianStream(1), [1, SIZE, SIZE, IN]);
    const w = gaussianTensor(new GaussianStream(2), [KERNEL, KERNEL, IN, OUT]);
    const y = convolve(x, w, 2);
    const got = await y.data<'float32'>();
    const wrong = expected.findIndex((value, i) => !(Math.abs(value - (got[i] ?? Number.NaN)) < TOLERANCE));
    free(x, w, y);
    if (wrong === -1 && got.length === expected.length) return done(backend);
    return failed(
      'backend-broken',
      `${backend.name} on ${backend.device} gave a wrong answer to a test convolution (${got[wrong]} for ${expected[wrong]}).`,
      'Update the driver of the device, or use the wasm backend.',
    );
  } catch (thrown) {
    return failed(
      'backend-broken',
      `${backend.name} on ${backend.device} failed in a test convolution: ${thrownText(thrown)}`,
      'Update the driver of the device, or use the wasm backend.',
    );
  }
}

/** A convolution to time: side of the feature map and channels. */
const SMALL = { side: 32, channels: 32 };
const LARGE = { side: 96, channels: 256 };
const WORTH_MS = 60;

/** Speed of 3×3 convolutions on tfjs's current backend, in GMAC/s, from at least 60 ms of work. */
export async function speed(): Promise<number> {
  const small = await timed(SMALL.side, SMALL.channels);
  // A GPU spends a small convolution waiting; the large one shows what it can do.
  return small < 20 ? small : timed(LARGE.side, LARGE.channels);
}

async function timed(side: number, channels: number): Promise<number> {
  const x = gaussianTensor(new GaussianStream(3), [1, side, side, channels]);
  const w = gaussianTensor(new GaussianStream(4), [KERNEL, KERNEL, channels, channels]);
  const macs = side * side * channels * channels * KERNEL * KERNEL;
  try {
    // The first run compiles, uploads and allocates.
    for (let runs = 1, warm = false; ; runs *= warm ? 2 : 1) {
      const start = performance.now();
      for (let i = 1; i < runs; i++) free(convolve(x, w, 1));
      const last = convolve(x, w, 1);
      await last.data();
      free(last);
      const ms = performance.now() - start;
      if (warm && (ms >= WORTH_MS || runs >= 4096)) return (macs * runs) / ms / 1e6;
      warm = true;
    }
  } finally {
    free(x, w);
  }
}
