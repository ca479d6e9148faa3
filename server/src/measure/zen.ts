import { GaussianStream } from '../random/gaussian.ts';
import { Cancelled, type Continue, type PassOptions } from './forward.ts';
import { convolve, free, gaussianTensor, layerWeights, moved, readScalars, sumAll, tidy } from './ops.ts';
import { isSplitConv, type Plan, type PlanConv, type PlanStep } from './plan.ts';
import { STREAM } from './streams.ts';
import type { Tensor, Tensor2D, Tensor4D } from './tf.ts';
import { abs, add, matMul, mul, ones, relu, reshape, rsqrt, square, sub } from './tf.ts';

/** How far the second input is from the first: x + 0.01·ε (ZenNAS). */
export const ZEN_STEP = 0.01;
/** What BatchNorm adds to a variance. */
const EPSILON = 1e-5;

export type ZenOptions = Omit<PassOptions, 'activation'>;

/** One of the two inputs on its way: h − mean of the layer before, and the 1/σ by channel that it still lacks. */
interface Path {
  x: Tensor4D;
  scale: Tensor | undefined;
}

/**
 * Zen-Score of one draw (ZenNAS; docs/method.md 2.2), in nats:
 * log( mean over the batch of Σ_{c,h,w} |f(x) − f(x + 0.01·ε)| ) + Σ_l ½ log( mean over channels of the variance of h_l ),
 * with BatchNorm by batch statistics and ReLU, shortcuts out, f up to the last stage. Each input has its own
 * statistics; the sum over layers takes those of x. It is defined for a plan in one line only: what branches beside each
 * other add to the sum nobody has said.
 *
 * BatchNorm's division by σ > 0 commutes with the ReLU and with a max-pool, so it is folded into the input channels of
 * the next layer's weights.
 */
export async function zenPass(plan: Plan, options: ZenOptions, goOn: Continue): Promise<number> {
  const { batch, seed, draw } = options;
  const { height, width, channels } = plan.input;
  const shape: [number, number, number, number] = [batch, height, width, channels];
  const x = gaussianTensor(new GaussianStream(seed, draw, STREAM.noise), shape);
  const plain: Path = { x, scale: undefined };
  const other: Path = { x: perturbed(x, shape, seed, draw), scale: undefined };
  const variances: Tensor[] = [];
  try {
    for (const step of plan.steps) {
      if (!(await goOn())) throw new Cancelled();
      if (step.op !== 'conv') {
        for (const path of [plain, other]) carry(path, step);
        continue;
      }
      const weights = layerWeights(step, seed, draw);
      variances.push(advance(plain, step, weights));
      free(advance(other, step, weights), weights);
    }
    const distance = tidy('distance', () => sumAll(abs(sub(normalised(plain), normalised(other)))));
    variances.unshift(distance);
    const [total = Number.NaN, ...means] = await readScalars(variances);
    return means.reduce((score, mean) => score + 0.5 * Math.log(mean), Math.log(total / batch));
  } finally {
    free(plain.x, other.x, ...variances);
    for (const path of [plain, other]) if (path.scale !== undefined) free(path.scale);
  }
}

function perturbed(x: Tensor4D, shape: [number, number, number, number], seed: number, draw: number): Tensor4D {
  return tidy('perturb', () => {
    const noise = gaussianTensor(new GaussianStream(seed, draw, STREAM.perturbation), shape);
    return add<Tensor4D>(x, mul(noise, ZEN_STEP));
  });
}

/** Takes one input through a step without weights. */
function carry(path: Path, step: PlanStep): void {
  const { x } = path;
  path.x = step.op === 'activation' ? relu(x) : moved(step, x);
  free(x);
}

/** Takes one input through one convolution; returns the mean over channels of the variance of h. */
function advance(path: Path, l: PlanConv, weights: Tensor4D): Tensor {
  const { x, scale } = path;
  const [next, nextScale, variance] = tidy('batch-norm', (): readonly [Tensor4D, Tensor, Tensor] => {
    const h = scaledConvolution(l, x, weights, scale);
    const mean = channelMeans(h);
    const centred = sub<Tensor4D>(h, mean);
    const spread = channelMeans(square(centred));
    return [centred, rsqrt(add(spread, EPSILON)), mul(sumAll(spread), 1 / l.channels)];
  });
  free(x);
  if (scale !== undefined) free(scale);
  path.x = next;
  path.scale = nextScale;
  return variance;
}

function scaledConvolution(l: PlanConv, x: Tensor4D, weights: Tensor4D, scale: Tensor | undefined): Tensor4D {
  if (scale === undefined) return convolve(l, x, weights);
  // With channel groups an input channel is no axis of the weights.
  if (isSplitConv(l)) return convolve(l, mul<Tensor4D>(x, scale), weights);
  // The input channels are the third axis of the weights, of a depthwise layer too.
  return convolve(l, x, mul<Tensor4D>(weights, reshape(scale, [1, 1, -1, 1])));
}

const normalised = (path: Path): Tensor => (path.scale === undefined ? path.x : mul(path.x, path.scale));

/** Mean of each channel over batch and positions, by a matrix product: fast on every backend, and no transpose. */
function channelMeans(h: Tensor4D): Tensor {
  const channels = h.shape[3];
  const positions = h.size / channels;
  const rows: Tensor2D = reshape(h, [positions, channels]);
  return mul(reshape(matMul<Tensor2D>(ones([1, positions]), rows), [channels]), 1 / positions);
}
