import type { PlanLayer } from './plan.ts';
import { weightCount } from './plan.ts';
import { GaussianStream } from './random.ts';
import type { Tensor, Tensor4D } from './tf.ts';
import { concat, conv2d, depthwiseConv2d, engine, maxPool, pad, reshape, square, sum, tensor } from './tf.ts';

/** Which numbers a stream holds: part of its key, so that noise and weights of the same layer differ. */
export const STREAM = { noise: 0, weights: 1, perturbation: 2 } as const;

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

/**
 * Weights of a layer, N(0, 1), in the layout that tfjs wants: k, k, in, out, or k, k, in, 1 for a depthwise layer.
 *
 * The weights of all layers share one array on our side, else a draw leaves 100 MB to the garbage collector. Backends
 * copy the values when the first operation reads them, so these weights must be used before the next are drawn.
 */
export function layerWeights(l: PlanLayer, index: number, seed: number, draw: number): Tensor4D {
  const stream = new GaussianStream(seed, draw, STREAM.weights, index);
  const size = weightCount(l);
  if (scratch.length < size) scratch = new Float32Array(size);
  const depthwise = l.groups > 1;
  const shape: Shape4D = [l.kernel, l.kernel, depthwise ? l.out : l.in, depthwise ? 1 : l.out];
  return tensor(stream.fill(scratch.subarray(0, size)), shape);
}

/**
 * A layer with padding (k−1)/2 on every side. 'same' would pad on the right and bottom only at stride 2 and an even
 * size, which is another network. A pool is padded by hand: the CUDA backend knows no explicit padding there.
 */
export function runLayer(l: PlanLayer, x: Tensor4D, weights: Tensor4D | undefined): Tensor4D {
  const p = (l.kernel - 1) / 2;
  if (weights === undefined) {
    const padded = pad(
      x,
      [
        [0, 0],
        [p, p],
        [p, p],
        [0, 0],
      ],
      LOWEST,
    );
    const y = maxPool(padded, l.kernel, l.stride, 'valid');
    free(padded);
    return y;
  }
  const convolve = l.groups === 1 ? conv2d : depthwiseConv2d;
  return convolve(x, weights, l.stride, [
    [0, 0],
    [p, p],
    [p, p],
    [0, 0],
  ]);
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

/** Numbers of a layer's output. */
export const outputSize = (l: PlanLayer, batch: number): number => batch * l.out * l.height * l.width;
