import {
  free,
  gaussianTensor,
  layerWeights,
  momentSums,
  outputSize,
  readScalars,
  runLayer,
  STREAM,
  tidy,
} from './ops.ts';
import type { MeasuredActivation, Plan } from './plan.ts';
import { GaussianStream } from './random.ts';
import type { Tensor, Tensor4D } from './tf.ts';
import { mul, relu, rsqrt, square, sub } from './tf.ts';

export interface PassOptions {
  readonly activation: MeasuredActivation;
  readonly batch: number;
  readonly seed: number;
  /** Number of the draw: each has its own weights and noise. */
  readonly draw: number;
}

/** Asked between layers; `false` stops the pass. A backend that shares a thread with messages yields to them here. */
export type Continue = () => boolean | Promise<boolean>;

/** Thrown inside a pass that was told to stop; it never leaves the measuring process. */
export class Cancelled extends Error {}

/** The sums of one convolution, still on the device, and how many numbers they are of. */
interface LayerSums {
  readonly first: Tensor;
  readonly second: Tensor;
  readonly size: number;
}

/**
 * One draw: a forward pass of N(0, 1) weights over N(0, 1) noise (MAE-DET; METHOD section 2). Every pre-activation h_l
 * is divided by its own standard deviation γ_l over the whole tensor, and Σ log γ_l accumulated. Returns that sum at
 * the end of each stage, in nats.
 *
 * The division is folded into the next layer's weights, which are smaller than the tensor, and γ stays on the device
 * until the pass is over: a GPU is never waited for in between.
 */
export async function measurePass(plan: Plan, options: PassOptions, goOn: Continue): Promise<number[]> {
  const { input } = plan;
  const noise = new GaussianStream(options.seed, options.draw, STREAM.noise);
  let x = gaussianTensor(noise, [options.batch, input.height, input.width, input.channels]);
  let scale: Tensor | undefined;
  const sums: (LayerSums | undefined)[] = [];
  try {
    for (const [index, l] of plan.layers.entries()) {
      if (!(await goOn())) throw new Cancelled();
      if (l.op === 'maxpool') {
        x = replace(x, runLayer(l, x, undefined));
        sums.push(undefined);
        continue;
      }
      const weights = scaled(layerWeights(l, index, options.seed, options.draw), scale);
      x = replace(x, runLayer(l, x, weights));
      free(weights);
      if (scale !== undefined) free(scale);
      const [first, second] = momentSums(x);
      const size = outputSize(l, options.batch);
      sums.push({ first, second, size });
      scale = tidy('scale', () => inverseDeviation(first, second, size));
      if (options.activation === 'relu') x = replace(x, relu(x));
    }
    return await cumulativeLogs(plan, sums);
  } finally {
    free(x);
    if (scale !== undefined) free(scale);
    for (const s of sums) if (s !== undefined) free(s.first, s.second);
  }
}

function replace(old: Tensor4D, next: Tensor4D): Tensor4D {
  free(old);
  return next;
}

/** The weights times 1/γ of the layer before; the unscaled ones are freed. */
function scaled(weights: Tensor4D, scale: Tensor | undefined): Tensor4D {
  return scale === undefined ? weights : replace(weights, mul(weights, scale));
}

/** 1/γ with γ² = Σh²/n − (Σh/n)². */
function inverseDeviation(first: Tensor, second: Tensor, size: number): Tensor {
  return rsqrt(sub(mul(second, 1 / size), square(mul(first, 1 / size))));
}

async function cumulativeLogs(plan: Plan, sums: readonly (LayerSums | undefined)[]): Promise<number[]> {
  // One read for the whole pass: on a GPU each read is a round trip.
  const values = await readScalars(sums.flatMap((s) => (s === undefined ? [] : [s.first, s.second])));
  let at = 0;
  const logs = sums.map((s) => {
    if (s === undefined) return 0;
    const first = values[at++] ?? Number.NaN;
    const second = values[at++] ?? Number.NaN;
    return 0.5 * Math.log(second / s.size - (first / s.size) ** 2);
  });
  return plan.stages.map((stage) => logs.slice(0, stage.end).reduce((total, log) => total + log, 0));
}
