import type { Activation, Operator, Window } from '../../graph/operator.ts';
import type { Shape } from '../../graph/shapes.ts';
import { GaussianStream } from '../../random/gaussian.ts';
import type { Attribute, Numbers, OnnxBuilder } from './builder.ts';
import { windowAttributes } from './window.ts';

/** A node of a graph on its way into a model. */
export interface WrittenNode {
  readonly operator: Operator;
  /** The tensors that it reads, and their shapes. */
  readonly reads: readonly string[];
  readonly from: Shape;
  readonly to: Shape;
  /** What it is called, for itself and the tensor that it makes. */
  readonly name: string;
  /** The node whose weights it has: itself, or another that it shares them with. */
  readonly weights: string;
  /** Which stream random weights are drawn from. */
  readonly key: readonly number[];
}

/** Writes a node with its weights. Hands back the tensor that it makes; undefined where ONNX has no such operator here. */
export function writeOperator(
  model: OnnxBuilder,
  { operator, reads, from, to, name, weights, key }: WrittenNode,
): string | undefined {
  const [x = ''] = reads;
  switch (operator.op) {
    case 'conv': {
      const { out, kernel, groups, dilation, bias } = operator;
      const inputs = from.channels / groups;
      const dims = [out, inputs, kernel, kernel];
      const weight = model.weight(
        `${weights}.weight`,
        dims,
        normal(key, dims, Math.sqrt(2 / (inputs * kernel * kernel))),
      );
      const rest = bias ? [model.weight(`${weights}.bias`, [out], filled(out, 0))] : [];
      return model.node('Conv', name, [x, weight, ...rest], {
        ...windowAttributes(operator, dilation),
        dilations: [dilation, dilation],
        group: groups,
      });
    }
    case 'batchnorm': {
      const { channels } = to;
      const one = (part: string, value: number): string =>
        model.weight(`${weights}.${part}`, [channels], filled(channels, value));
      const parts = [one('weight', 1), one('bias', 0), one('running_mean', 0), one('running_var', 1)];
      return model.node('BatchNormalization', name, [x, ...parts], { epsilon: { float: 1e-5 } });
    }
    case 'maxpool':
      return model.node('MaxPool', name, [x], poolOf(operator));
    case 'avgpool':
      return model.node('AveragePool', name, [x], { ...poolOf(operator), count_include_pad: 0 });
    case 'activation':
      return activation(model, operator.kind, x, name);
    case 'globalpool':
      return model.node('GlobalAveragePool', name, [x]);
    case 'sum':
      return model.node(reads.length === 2 ? 'Add' : 'Sum', name, reads);
    case 'product':
      return model.node('Mul', name, reads);
    case 'concat':
      return model.node('Concat', name, reads, { axis: 1 });
    case 'split': {
      const part = ([end, values]: readonly [string, number]): string => model.sizes(`${name}.${end}`, [values]);
      const bounds = [['starts', operator.from] as const, ['ends', operator.to] as const, ['axes', 1] as const];
      return model.node('Slice', name, [x, ...bounds.map(part)]);
    }
    case 'shuffle': {
      const { channels, height, width } = to;
      const { parts } = operator;
      const apart = model.sizes(`${name}.parts`, [1, parts, channels / parts, height, width]);
      const whole = model.sizes(`${name}.shape`, [1, channels, height, width]);
      const split = model.node('Reshape', `${name}/apart`, [x, apart]);
      const turned = model.node('Transpose', `${name}/turn`, [split], { perm: [0, 2, 1, 3, 4] });
      return model.node('Reshape', name, [turned, whole]);
    }
    case 'upsample': {
      const sizes = model.sizes(`${name}.sizes`, [1, to.channels, to.height, to.width]);
      // What PyTorch's interpolate does.
      const nearest = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };
      return model.node('Resize', name, [x, '', '', sizes], nearest);
    }
    case 'groupnorm':
      return groupNorm(model, operator.groups, to, x, name, weights);
    case 'scale':
      return model.node('Mul', name, [x, model.weight(`${weights}.scale`, [1], filled(1, 1))]);
    case 'statistics':
      return statistics(model, operator.out, from, x, name);
    default:
      return undefined;
  }
}

/** By InstanceNormalization of so many parts, because the operator of that name is of a later set. */
function groupNorm(model: OnnxBuilder, groups: number, to: Shape, x: string, name: string, weights: string): string {
  const { channels, height, width } = to;
  const parts = model.node('Reshape', `${name}/parts`, [x, model.sizes(`${name}.parts`, [1, groups, -1])]);
  const [one, none] = [1, 0].map((value) =>
    model.node('ConstantOfShape', `${name}/of${value}`, [model.sizes(`${name}.${value}`, [groups])], {
      value: { filling: value },
    }),
  );
  const normed = model.node('InstanceNormalization', `${name}/norm`, [parts, one ?? '', none ?? ''], {
    epsilon: { float: 1e-5 },
  });
  const whole = model.node('Reshape', `${name}/whole`, [
    normed,
    model.sizes(`${name}.whole`, [1, channels, height, width]),
  ]);
  const scaled = model.node('Mul', `${name}/scaled`, [
    whole,
    model.weight(`${weights}.weight`, [channels, 1, 1], filled(channels, 1)),
  ]);
  return model.node('Add', name, [scaled, model.weight(`${weights}.bias`, [channels, 1, 1], filled(channels, 0))]);
}

/** Of four distributions the largest of each with their mean (GFLV2). */
function statistics(model: OnnxBuilder, out: number, from: Shape, x: string, name: string): string {
  const { channels, height, width } = from;
  const sides = 4;
  const top = out / sides - 1;
  const apart = model.sizes(`${name}.sides`, [1, sides, channels / sides, height, width]);
  const likely = model.node('Softmax', `${name}/softmax`, [model.node('Reshape', `${name}/sides`, [x, apart])], {
    axis: 2,
  });
  const best = model.node('TopK', `${name}/top`, [likely, model.sizes(`${name}.top`, [top])], { axis: 2 }, [
    `${name}/places`,
  ]);
  const mean = model.node('ReduceMean', `${name}/mean`, [best], { axes: [2], keepdims: 1 });
  const all = model.node('Concat', `${name}/all`, [best, mean], { axis: 2 });
  return model.node('Reshape', name, [all, model.sizes(`${name}.whole`, [1, out, height, width])]);
}

/** An even window has no middle: what is left over at the end of an odd side is a window of its own. */
const poolOf = (window: Window): Record<string, Attribute> => ({
  ...windowAttributes(window),
  ceil_mode: window.kernel % 2 === 0 ? 1 : 0,
});

const LEAK = 0.01;

function activation(model: OnnxBuilder, kind: Activation, x: string, name: string): string {
  const times = (other: string, last = name): string => model.node('Mul', last, [x, other]);
  switch (kind) {
    case 'relu':
      return model.node('Relu', name, [x]);
    case 'relu6':
      return model.node('Clip', name, [x, model.constant(`${name}.min`, 0), model.constant(`${name}.max`, 6)]);
    case 'leaky':
      return model.node('LeakyRelu', name, [x], { alpha: { float: LEAK } });
    case 'sigmoid':
      return model.node('Sigmoid', name, [x]);
    case 'hardswish':
      return model.node('HardSwish', name, [x]);
    case 'silu':
      return times(model.node('Sigmoid', `${name}/sigmoid`, [x]));
    case 'gelu': {
      // x/2 · (1 + erf(x/√2)): the operator of that name is of a later set.
      const scaled = model.node('Mul', `${name}/scaled`, [x, model.constant(`${name}.scale`, Math.SQRT1_2)]);
      const erf = model.node('Erf', `${name}/erf`, [scaled]);
      const above = model.node('Add', `${name}/above`, [erf, model.constant(`${name}.one`, 1)]);
      return model.node('Mul', name, [times(above, `${name}/whole`), model.constant(`${name}.half`, 0.5)]);
    }
  }
}

const normal =
  (key: readonly number[], dims: readonly number[], std: number): Numbers =>
  () => {
    const values = new GaussianStream(...key).fill(new Float32Array(dims.reduce((all, size) => all * size, 1)));
    for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) * std;
    return values;
  };

const filled =
  (length: number, value: number): Numbers =>
  () =>
    new Float32Array(length).fill(value);
