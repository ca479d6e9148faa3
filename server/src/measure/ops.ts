import { GaussianStream } from '../random/gaussian.ts';
import {
  isSplitConv,
  isThinned,
  nearestFrom,
  type PlanConv,
  type PlanPool,
  type PlanStep,
  shuffledFrom,
  weightCount,
} from './plan.ts';
import { STREAM } from './streams.ts';
import type { Tensor, Tensor1D, Tensor4D } from './tf.ts';
import {
  concat,
  conv2d,
  depthwiseConv2d,
  engine,
  gather,
  maxPool,
  pad,
  reshape,
  slice,
  square,
  sum,
  tensor,
} from './tf.ts';

/** Far below any pre-activation, and finite: the zeros of a padding must not win a max-pool. */
const LOWEST = -1e30;

/** Frees tensors at once: the pass must not wait for a scope to end. */
export function free(...tensors: readonly Tensor[]): void {
  for (const t of tensors) t.dispose();
}

/** Runs synchronous tensor code and frees all that it made but its result. */
export function tidy<T extends Tensor | readonly Tensor[]>(name: string, run: () => T): T {
  const kept: { value?: T } = {};
  engine().tidy(name, () => {
    kept.value = run();
    return kept.value as Tensor | Tensor[];
  });
  if (kept.value === undefined) throw new Error(`${name} gave nothing`);
  return kept.value;
}

type Shape4D = [number, number, number, number];

const elementsOf = (shape: Shape4D): number => shape.reduce((product, side) => product * side, 1);

/** A tensor of N(0, 1) numbers. */
export function gaussianTensor(stream: GaussianStream, shape: Shape4D): Tensor4D {
  return tensor(stream.fill(new Float32Array(elementsOf(shape))), shape);
}

let scratch = new Float32Array(0);

const isDepthwise = (l: PlanConv): boolean => l.groups > 1 && l.groups === l.in;

/**
 * Weights of a convolution, N(0, 1), in the layout that tfjs wants: k, k, in / groups, out, or k, k, in, out / in where
 * each channel is by itself.
 *
 * The weights of all layers share one array on our side, else a draw leaves 100 MB to the garbage collector. Backends
 * copy the values when the first operation reads them, so these weights must be used before the next are drawn.
 */
export function layerWeights(l: PlanConv, seed: number, draw: number): Tensor4D {
  const stream = new GaussianStream(seed, draw, STREAM.weights, l.stream);
  const size = weightCount(l);
  if (scratch.length < size) scratch = new Float32Array(size);
  const ends: [number, number] = isDepthwise(l) ? [l.in, l.channels / l.in] : [l.in / l.groups, l.channels];
  return tensor(stream.fill(scratch.subarray(0, size)), [l.kernel, l.kernel, ...ends]);
}

type Padding = [[number, number], [number, number], [number, number], [number, number]];

const padding = (p: number): Padding => [
  [0, 0],
  [p, p],
  [p, p],
  [0, 0],
];

/**
 * A convolution with padding dilation · (k−1)/2 on every side. 'same' would pad on the right and bottom only at stride
 * 2 and an even size, which is another network.
 */
export function convolve(l: PlanConv, x: Tensor4D, weights: Tensor4D): Tensor4D {
  const dilation = l.kernel === 1 ? 1 : l.dilation;
  const padded = padding((dilation * (l.kernel - 1)) / 2);
  const stride = isThinned(l) ? 1 : l.stride;
  const run = (part: Tensor4D, own: Tensor4D): Tensor4D =>
    (isDepthwise(l) ? depthwiseConv2d : conv2d)(part, own, stride, padded, 'NHWC', dilation);
  if (!isSplitConv(l) && !isThinned(l)) return run(x, weights);
  return tidy('groups', () => {
    const y = isSplitConv(l) ? byGroups(l, x, weights, run) : run(x, weights);
    return isThinned(l) ? resampled(y, l, (i) => i * l.stride) : y;
  });
}

/** Each group reads its own channels and makes its own. */
function byGroups(
  l: PlanConv,
  x: Tensor4D,
  weights: Tensor4D,
  run: (part: Tensor4D, own: Tensor4D) => Tensor4D,
): Tensor4D {
  const [from, to] = [l.in / l.groups, l.channels / l.groups];
  const parts = Array.from({ length: l.groups }, (_, g) =>
    run(slice(x, [0, 0, 0, g * from], [-1, -1, -1, from]), slice(weights, [0, 0, 0, g * to], [-1, -1, -1, to])),
  );
  return concat(parts, 3);
}

/** A pool is padded by hand: the CUDA backend knows no explicit padding there. */
export function pool({ kernel, stride }: PlanPool, x: Tensor4D): Tensor4D {
  return tidy('pool', () => maxPool(pad(x, padding((kernel - 1) / 2), LOWEST), kernel, stride, 'valid'));
}

const indices = (length: number, of: (i: number) => number): Tensor1D =>
  tensor(
    Int32Array.from({ length }, (_, i) => of(i)),
    [length],
    'int32',
  );

/** Rows and columns picked by whole numbers, in which every backend agrees. */
function resampled(
  x: Tensor4D,
  { height, width }: Pick<PlanStep, 'height' | 'width'>,
  pick: (i: number, size: number, length: number) => number,
): Tensor4D {
  const [, rows, columns] = x.shape;
  const down = gather<Tensor4D>(
    x,
    indices(height, (i) => pick(i, rows, height)),
    1,
  );
  return gather(
    down,
    indices(width, (i) => pick(i, columns, width)),
    2,
  );
}

/** What only moves the numbers of one tensor; the tensor itself where nothing is moved. */
export function moved(step: PlanStep, x: Tensor4D): Tensor4D {
  return tidy(step.op, () => {
    switch (step.op) {
      case 'maxpool':
        return pool(step, x);
      case 'upsample':
        return resampled(x, step, nearestFrom);
      case 'split':
        return slice(x, [0, 0, 0, step.from], [-1, -1, -1, step.to - step.from]);
      case 'shuffle':
        return gather<Tensor4D>(
          x,
          indices(step.channels, (c) => shuffledFrom(step, c)),
          3,
        );
      default:
        return x.clone();
    }
  });
}

/**
 * Σ h and Σ h² of a whole tensor. One axis at a time: wasm adds in a single float32 accumulator, which stops counting
 * at 2²⁴ unit terms; short sums of short sums keep six digits at any size.
 */
export function momentSums(h: Tensor4D): [Tensor, Tensor] {
  return tidy('moments', () => [sumAll(h), sumAll(square(h))] as const) as [Tensor, Tensor];
}

export function sumAll(h: Tensor): Tensor {
  let rest: Tensor = h;
  while (rest.rank > 0) rest = sum(rest, -1);
  return reshape(rest, [1]);
}

/** The values of tensors of one element each, in one read. */
export async function readScalars(scalars: readonly Tensor[]): Promise<Float32Array> {
  if (scalars.length === 0) return new Float32Array(0);
  const all = concat([...scalars], 0);
  // Asynchronous, because webgpu has no other way.
  const values = await all.data<'float32'>();
  free(all);
  return values;
}

/** Numbers of a step's output. */
export const outputSize = (l: PlanStep, batch: number): number => batch * l.channels * l.height * l.width;
