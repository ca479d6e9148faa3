import { Cancelled, type Continue, type PassOptions } from './forward.ts';
import { free, gaussianTensor, layerWeights, readScalars, runLayer, STREAM, sumAll, tidy } from './ops.ts';
import type { Plan, PlanLayer } from './plan.ts';
import { GaussianStream } from './random.ts';
import type { Tensor, Tensor2D, Tensor4D } from './tf.ts';
import { abs, add, matMul, mul, ones, relu, reshape, rsqrt, square, sub } from './tf.ts';

/** How far the second input is from the first: x + 0.01·ε (ZenNAS). */
export const ZEN_STEP = 0.01;
/** What BatchNorm adds to a variance. */
const EPSILON = 1e-5;

export type ZenOptions = Omit<PassOptions, 'activation'>;

/** One of the two inputs on its way: relu(h − mean) of the layer before, and the 1/σ by channel that it still lacks. */
interface Path {
  x: Tensor4D;
  scale: Tensor | undefined;
}

/**
 * Zen-Score of one draw (ZenNAS; METHOD section 2.2), in nats:
 * log( mean over the batch of Σ_{c,h,w} |f(x) − f(x + 0.01·ε)| ) + Σ_l ½ log( mean over channels of the variance of h_l ),
 * with BatchNorm by batch statistics and ReLU, shortcuts out, f up to the last stage. Each input has its own
 * statistics; the sum over layers takes those of x.
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
  const moved: Path = { x: perturbed(x, shape, seed, draw), scale: undefined };
  const variances: Tensor[] = [];
  try {
    for (const [index, l] of plan.layers.entries()) {
      if (!(await goOn())) throw new Cancelled();
      const weights = l.op === 'conv' ? layerWeights(l, index, seed, draw) : undefined;
      const variance = advance(plain, l, weights);
      if (variance !== undefined) variances.push(variance);
      const other = advance(moved, l, weights);
      if (other !== undefined) free(other);
      if (weights !== undefined) free(weights);
    }
    const distance = tidy('distance', () => sumAll(abs(sub(normalised(plain), normalised(moved)))));
    variances.unshift(distance);
    const [total = Number.NaN, ...means] = await readScalars(variances);
    return means.reduce((score, mean) => score + 0.5 * Math.log(mean), Math.log(total / batch));
  } finally {
    free(plain.x, moved.x, ...variances);
    for (const path of [plain, moved]) if (path.scale !== undefined) free(path.scale);
  }
}

function perturbed(x: Tensor4D, shape: [number, number, number, number], seed: number, draw: number): Tensor4D {
  return tidy('perturb', () => {
    const noise = gaussianTensor(new GaussianStream(seed, draw, STREAM.perturbation), shape);
    return add<Tensor4D>(x, mul(noise, ZEN_STEP));
  });
}

/** Takes one input through one layer; returns the mean over channels of the variance of h, where there is an h. */
function advance(path: Path, l: PlanLayer, weights: Tensor4D | undefined): Tensor | undefined {
  const { x, scale } = path;
  if (weights === undefined) {
    path.x = runLayer(l, x, undefined);
    free(x);
    return undefined;
  }
  const [next, nextScale, variance] = tidy('batch-norm', (): readonly [Tensor4D, Tensor, Tensor] => {
    // The input channels are the third axis of the weights, of a depthwise layer too.
    const own = scale === undefined ? weights : mul<Tensor4D>(weights, reshape(scale, [1, 1, -1, 1]));
    const h = runLayer(l, x, own);
    const mean = channelMeans(h);
    const centred = sub<Tensor4D>(h, mean);
    const spread = channelMeans(square(centred));
    return [relu(centred), rsqrt(add(spread, EPSILON)), mul(sumAll(spread), 1 / l.out)];
  });
  free(x);
  if (scale !== undefined) free(scale);
  path.x = next;
  path.scale = nextScale;
  return variance;
}

const normalised = (path: Path): Tensor => (path.scale === undefined ? path.x : mul(path.x, path.scale));

/** Mean of each channel over batch and positions, by a matrix product: fast on every backend, and no transpose. */
function channelMeans(h: Tensor4D): Tensor {
  const channels = h.shape[3];
  const positions = h.size / channels;
  const rows: Tensor2D = reshape(h, [positions, channels]);
  return mul(reshape(matMul<Tensor2D>(ones([1, positions]), rows), [channels]), 1 / positions);
}
