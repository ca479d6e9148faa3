import { GaussianStream } from '../random/gaussian.ts';
import {
  convolve,
  free,
  gaussianTensor,
  layerWeights,
  momentSums,
  moved,
  outputSize,
  readScalars,
  sumAll,
  tidy,
} from './ops.ts';
import { isLine, lastReads, type MeasuredActivation, type Plan, type PlanConv, type PlanStep } from './plan.ts';
import { type StepSums, stageLogs } from './stage-logs.ts';
import { STREAM } from './streams.ts';
import type { Tensor, Tensor4D } from './tf.ts';
import { add, concat, exp, log, maximum, mul, relu, rsqrt, square, sub, zeros } from './tf.ts';

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

/**
 * A tensor of the pass: its true numbers are x · scale · exp(level). Where there is no merge nobody asks for the level,
 * and none is kept.
 */
interface Value {
  readonly x: Tensor4D;
  /** 1/γ of the convolution that made it, which the next one takes into its weights; undefined for 1. */
  readonly scale: Tensor | undefined;
  readonly level: Tensor | undefined;
}

/**
 * One draw: a forward pass of N(0, 1) weights over N(0, 1) noise (MAE-DET; docs/method.md 2). Every pre-activation h_l
 * is divided by its own standard deviation γ_l over the whole tensor, and Σ log γ_l accumulated. Returns that sum at
 * the end of each stage, in nats.
 *
 * The division is folded into the next layer's weights, which are smaller than the tensor, and γ stays on the device
 * until the pass is over: a GPU is never waited for in between.
 */
export async function measurePass(plan: Plan, options: PassOptions, goOn: Continue): Promise<number[]> {
  const pass = new Pass(plan, options);
  try {
    for (const [index, step] of plan.steps.entries()) {
      if (!(await goOn())) throw new Cancelled();
      pass.run(step, index);
    }
    return stageLogs(plan, await pass.read());
  } finally {
    pass.free();
  }
}

/** One pass under way: the tensors that are still needed, and what was summed over those that are scored. */
class Pass {
  private readonly options: PassOptions;
  private readonly last: readonly number[];
  private readonly hasMerges: boolean;
  /** The image first, then what each step made; freed as soon as nobody reads it any more. */
  private readonly values: (Value | undefined)[];
  /** Single numbers on the device, which live as long as the pass. */
  private readonly numbers: Tensor[] = [];
  private readonly sums: { readonly index: number; readonly size: number; readonly of: readonly Tensor[] }[] = [];

  constructor(plan: Plan, options: PassOptions) {
    this.options = options;
    this.last = lastReads(plan);
    this.hasMerges = !isLine(plan);
    const { height, width, channels } = plan.input;
    const noise = new GaussianStream(options.seed, options.draw, STREAM.noise);
    const x = gaussianTensor(noise, [options.batch, height, width, channels]);
    this.values = [{ x, scale: undefined, level: this.hasMerges ? this.kept(zeros([1])) : undefined }];
  }

  run(step: PlanStep, index: number): void {
    const read = step.reads.map((ref) => this.value(ref));
    this.values[index + 1] = this.made(step, index, read);
    for (const ref of [...step.reads, index]) if ((this.last[ref + 1] ?? -1) <= index) this.drop(ref);
  }

  /** Σ h and Σ h² of every step that has them, in one read: on a GPU each read is a round trip. */
  async read(): Promise<(StepSums | undefined)[]> {
    const found = new Array<StepSums | undefined>(this.values.length - 1).fill(undefined);
    const numbers = await readScalars(this.sums.flatMap(({ of }) => of));
    let at = 0;
    for (const { index, size } of this.sums) {
      const [first = Number.NaN, second = Number.NaN] = numbers.slice(at, at + 2);
      at += 2;
      found[index] = { mean: first / size, square: second / size };
    }
    return found;
  }

  free(): void {
    for (const value of this.values) if (value !== undefined) free(value.x);
    free(...this.numbers);
  }

  private value(ref: number): Value {
    const found = this.values[ref + 1];
    if (found === undefined) throw new Error('a step reads what was made before it');
    return found;
  }

  private drop(ref: number): void {
    const value = this.values[ref + 1];
    if (value !== undefined) free(value.x);
    this.values[ref + 1] = undefined;
  }

  private kept<T extends Tensor>(number: T): T {
    this.numbers.push(number);
    return number;
  }

  private made(step: PlanStep, index: number, read: readonly Value[]): Value {
    const [first] = read;
    if (first === undefined) throw new Error('every step reads something');
    switch (step.op) {
      case 'conv':
        return this.convolved(step, index, first);
      case 'activation':
        return { ...first, x: this.options.activation === 'relu' ? relu(first.x) : first.x.clone() };
      case 'sum':
      case 'concat':
        return this.merged(step, index, read);
      default:
        return { ...first, x: moved(step, first.x) };
    }
  }

  private convolved(step: PlanConv, index: number, { x, scale, level }: Value): Value {
    const { seed, draw, batch } = this.options;
    const drawn = layerWeights(step, seed, draw);
    const weights = scale === undefined ? drawn : mul<Tensor4D>(drawn, scale);
    if (scale !== undefined) free(drawn);
    const h = convolve(step, x, weights);
    free(weights);
    const size = outputSize(step, batch);
    const [first, second] = momentSums(h);
    this.sums.push({ index, size, of: [this.kept(first), this.kept(second)] });
    const own = this.kept(tidy('scale', () => inverseDeviation(first, second, size)));
    return {
      x: h,
      scale: own,
      level: level === undefined ? undefined : this.kept(tidy('level', () => sub(level, log(own)))),
    };
  }

  /** Brings the parts to the scale of the largest; nobody knows before where that is. */
  private merged(step: PlanStep, index: number, read: readonly Value[]): Value {
    const level = this.kept(
      tidy('level', () =>
        read
          .map(levelOf)
          .reduce((most, part) => maximum(most, part))
          .clone(),
      ),
    );
    const x = tidy(step.op, () => {
      const parts = read.map((part) => {
        const factor = exp(sub(levelOf(part), level));
        return mul<Tensor4D>(part.x, part.scale === undefined ? factor : mul(factor, part.scale));
      });
      return step.op === 'concat' ? concat(parts, 3) : parts.reduce((sum, part) => add(sum, part));
    });
    if (step.op === 'sum') {
      const second = this.kept(tidy('moment', () => sumAll(square(x))));
      this.sums.push({ index, size: outputSize(step, this.options.batch), of: [second, second] });
    }
    return { x, scale: undefined, level };
  }
}

function levelOf({ level }: Value): Tensor {
  if (level === undefined) throw new Error('a pass with merges keeps levels');
  return level;
}

/** 1/γ with γ² = Σh²/n − (Σh/n)². */
function inverseDeviation(first: Tensor, second: Tensor, size: number): Tensor {
  return rsqrt(sub(mul(second, 1 / size), square(mul(first, 1 / size))));
}
