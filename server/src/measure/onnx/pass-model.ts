import { OnnxBuilder } from '../../exchange/onnx-writer/builder.ts';
import type { Message } from '../../exchange/onnx-writer/message.ts';
import { windowAttributes } from '../../exchange/onnx-writer/window.ts';
import { GaussianStream } from '../../random/gaussian.ts';
import type { PassOptions } from '../forward.ts';
import { nearestFrom, type Plan, type PlanConv, type PlanStep, shuffledFrom, weightCount } from '../plan.ts';
import { STREAM } from '../streams.ts';

export const NOISE = 'noise';

/** One draw of a plan as a model of ONNX, with the weights that any other backend draws. */
export interface PassModel {
  readonly model: Message;
  /** The steps that are measured. */
  readonly outputs: readonly PassOutput[];
}

export interface PassOutput {
  readonly step: number;
  readonly name: string;
  /** The true numbers are those of the tensor times 2 to this power. */
  readonly shift: number;
}

type Size = Pick<PlanStep, 'height' | 'width'>;

/** A tensor on its way: its true numbers are x · 2^shift, and about 2^level of x is their size. */
interface Value {
  readonly tensor: string;
  readonly shift: number;
  readonly level: number;
  readonly size: Size;
  /** Behind a ReLU the mean square is half of what it was. */
  readonly isHalved: boolean;
}

/**
 * Weights of N(0, 1) overflow float32 behind some ten layers. Each convolution is divided by the power of two that is
 * nearest to what it multiplies by: float32 does that without an error, and ReLU and max-pool let it through, so that
 * log σ = log of the measured one + shift · ln 2 (docs/method.md 2).
 */
export function passModel(plan: Plan, { activation, batch, seed, draw }: PassOptions): PassModel {
  const { input, steps } = plan;
  const model = new OnnxBuilder();
  const dims = ({ channels, height, width }: Pick<PlanStep, 'channels' | 'height' | 'width'>): number[] => [
    batch,
    channels,
    height,
    width,
  ];
  const values: Value[] = [
    { tensor: model.input(NOISE, dims(input)), shift: 0, level: 0, size: input, isHalved: false },
  ];
  const outputs: PassOutput[] = [];
  const measured = measuredSteps(plan);
  for (const [index, step] of steps.entries()) {
    const read = step.reads.flatMap((ref) => values[ref + 1] ?? []);
    const value = written(model, step, `step${index}`, read, { activation, seed, draw });
    values.push(value);
    if (!measured.has(index)) continue;
    const name = `measured${index}`;
    model.output(name, dims(step), value.tensor);
    outputs.push({ step: index, name, shift: value.shift });
  }
  return { model: model.model('pass', 'One draw of a forward pass with random weights.'), outputs };
}

/** The steps whose moments tell what the stages' ends are: see stage-logs.ts. */
function measuredSteps({ stages, steps }: Plan): ReadonlySet<number> {
  const found = new Set<number>();
  const open = stages.map(({ end }) => end);
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    const step = steps[ref];
    if (step === undefined) continue;
    if (step.op === 'conv' || step.op === 'sum') found.add(ref);
    else open.push(...(step.op === 'concat' ? step.reads : step.reads.slice(0, 1)));
  }
  return found;
}

function written(
  model: OnnxBuilder,
  step: PlanStep,
  name: string,
  read: readonly Value[],
  options: Pick<PassOptions, 'activation' | 'seed' | 'draw'>,
): Value {
  const [x] = read;
  if (x === undefined) throw new Error('every step reads something');
  const moved = (tensor: string): Value => ({ ...x, tensor, size: step });
  switch (step.op) {
    case 'conv':
      return convolved(model, step, name, x, options);
    case 'activation':
      return options.activation === 'relu' ? { ...moved(model.node('Relu', name, [x.tensor])), isHalved: true } : x;
    case 'maxpool':
      return moved(model.node('MaxPool', name, [x.tensor], windowAttributes(step)));
    case 'split': {
      const bounds = [step.from, step.to, 1].map((value, i) => model.sizes(`${name}.${i}`, [value]));
      return moved(model.node('Slice', name, [x.tensor, ...bounds]));
    }
    case 'shuffle':
      return moved(gathered(model, x.tensor, name, 1, step.channels, (c) => shuffledFrom(step, c)));
    case 'upsample':
      return moved(upsampled(model, step, x.size, x.tensor, name));
    default:
      return merged(model, step, name, read);
  }
}

function convolved(
  model: OnnxBuilder,
  l: PlanConv,
  name: string,
  x: Value,
  { seed, draw }: Pick<PassOptions, 'seed' | 'draw'>,
): Value {
  const inputs = l.in / l.groups;
  const level = x.level + 0.5 * Math.log2(inputs * l.kernel ** 2 * (x.isHalved ? 0.5 : 1));
  const shift = Math.round(level);
  const weight = model.weight(`${name}.weight`, [l.channels, inputs, l.kernel, l.kernel], () =>
    transposed(l, new GaussianStream(seed, draw, STREAM.weights, l.stream), 2 ** -shift),
  );
  const dilation = l.kernel === 1 ? 1 : l.dilation;
  const tensor = model.node('Conv', name, [x.tensor, weight], {
    ...windowAttributes(l, dilation),
    dilations: [dilation, dilation],
    group: l.groups,
  });
  return { tensor, shift: x.shift + shift, level: level - shift, size: l, isHalved: false };
}

/** k, k, in / groups, out becomes out, in / groups, k, k. */
function transposed(l: PlanConv, stream: GaussianStream, factor: number): Float32Array {
  const drawn = stream.fill(new Float32Array(weightCount(l)));
  const inputs = l.in / l.groups;
  const taps = l.kernel ** 2;
  const turned = new Float32Array(drawn.length);
  for (let tap = 0, from = 0; tap < taps; tap++) {
    for (let i = 0; i < inputs; i++) {
      for (let out = 0; out < l.channels; out++, from++) {
        turned[(out * inputs + i) * taps + tap] = (drawn[from] ?? 0) * factor;
      }
    }
  }
  return turned;
}

/** Brings the parts of a sum or concatenation to the largest scale, by a power of two. */
function merged(model: OnnxBuilder, step: PlanStep, name: string, read: readonly Value[]): Value {
  const shift = Math.max(...read.map((part) => part.shift));
  const parts = read.map((part, i) => {
    if (part.shift === shift) return part.tensor;
    const factor = model.constant(`${name}.factor${i}`, 2 ** (part.shift - shift));
    return model.node('Mul', `${name}/part${i}`, [part.tensor, factor]);
  });
  // Twice the power is the mean square, whatever was activated before.
  const squares = read.map((part) => 4 ** (part.level + part.shift - shift) * (part.isHalved ? 0.5 : 1));
  if (step.op === 'concat') {
    const level = 0.5 * Math.log2(Math.max(...squares));
    return { tensor: model.node('Concat', name, parts, { axis: 1 }), shift, level, size: step, isHalved: false };
  }
  const level = 0.5 * Math.log2(squares.reduce((sum, square) => sum + square, 0));
  return { tensor: model.node('Sum', name, parts), shift, level, size: step, isHalved: false };
}

/** Positions picked one by one: whole numbers, in which every backend agrees. */
function gathered(
  model: OnnxBuilder,
  x: string,
  name: string,
  axis: number,
  length: number,
  from: (i: number) => number,
): string {
  const indices = model.sizes(
    `${name}.from`,
    Array.from({ length }, (_, i) => from(i)),
  );
  return model.node('Gather', name, [x, indices], { axis });
}

/** To the nearest position of what it reads. */
function upsampled(model: OnnxBuilder, to: Size, from: Size, x: string, name: string): string {
  const rows = gathered(model, x, `${name}/rows`, 2, to.height, (i) => nearestFrom(i, from.height, to.height));
  return gathered(model, rows, name, 3, to.width, (i) => nearestFrom(i, from.width, to.width));
}
