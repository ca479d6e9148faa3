import { product } from '../model.ts';
import { rearranged } from './rearrange.ts';
import {
  axisOf,
  broadcast,
  type Call,
  DATA,
  intOf,
  intsOf,
  isList,
  listOf,
  MISSING,
  type Rules,
  type Shaped,
  shaped,
  shapeText,
  unknown,
} from './rule.ts';

const NO_AXIS = unknown('it names an axis that its input has not');

function reshape(call: Call): Shaped {
  const [x] = call.inputs;
  const shape = listOf(call, 'shape', 1);
  if (x === undefined || shape === undefined) return MISSING;
  if (!isList(shape)) return shape;
  const copies = intOf(call, 'allowzero', 0) === 0;
  const dims = shape.map((size, i) => (size === 0 && copies ? (x.dims[i] ?? 0) : size));
  const open = dims.indexOf(-1);
  const whole = product(x.dims);
  if (open >= 0) {
    const rest = product(dims.filter((_, i) => i !== open));
    dims[open] = rest === 0 ? 0 : whole / rest;
  }
  if (product(dims) !== whole || !dims.every(Number.isInteger))
    return unknown(`${shapeText(x.dims)} cannot be shaped as ${shapeText(shape)}`);
  return shaped(dims, x.type, x.values);
}

function flatten(call: Call): Shaped {
  const [x] = call.inputs;
  if (x === undefined) return MISSING;
  const axis = intOf(call, 'axis', 1);
  const at = axis < 0 ? axis + x.dims.length : axis;
  return shaped([product(x.dims.slice(0, at)), product(x.dims.slice(at))], x.type, x.values);
}

function transpose(call: Call): Shaped {
  const [x] = call.inputs;
  if (x === undefined) return MISSING;
  const order = intsOf(call, 'perm') ?? x.dims.map((_, i) => x.dims.length - 1 - i);
  const isOrder = new Set(order).size === x.dims.length && order.length === x.dims.length;
  if (!isOrder || order.some((axis) => x.dims[axis] === undefined)) return NO_AXIS;
  const dims = order.map((axis) => x.dims[axis] ?? 0);
  const origin = (place: readonly number[]): number[] => x.dims.map((_, axis) => place[order.indexOf(axis)] ?? 0);
  return shaped(dims, x.type, rearranged(x, dims, origin));
}

function squeeze(call: Call): Shaped {
  const [x] = call.inputs;
  if (x === undefined) return MISSING;
  const axes = listOf(call, 'axes', 1);
  if (!isList(axes)) return axes;
  const gone = axes?.map((axis) => axisOf(axis, x.dims.length));
  if (gone?.some((axis) => axis === undefined || x.dims[axis] !== 1)) return NO_AXIS;
  const dims = x.dims.filter((size, i) => (gone === undefined ? size !== 1 : !gone.includes(i)));
  return shaped(dims, x.type, x.values);
}

function unsqueeze(call: Call): Shaped {
  const [x] = call.inputs;
  const axes = listOf(call, 'axes', 1);
  if (x === undefined || axes === undefined) return MISSING;
  if (!isList(axes)) return axes;
  const rank = x.dims.length + axes.length;
  const fresh = new Set(axes.map((axis) => axisOf(axis, rank)));
  if (fresh.has(undefined) || fresh.size !== axes.length) return NO_AXIS;
  const rest = [...x.dims];
  const dims = Array.from({ length: rank }, (_, i) => (fresh.has(i) ? 1 : (rest.shift() ?? 1)));
  return shaped(dims, x.type, x.values);
}

function expand({ inputs: [x, shape] }: Call): Shaped {
  if (x === undefined || shape === undefined) return MISSING;
  if (shape.values === undefined) return DATA;
  const dims = broadcast(x.dims, shape.values);
  if (dims === undefined) return unknown(`${shapeText(x.dims)} does not spread to ${shapeText(shape.values)}`);
  const [only] = x.values ?? [];
  const count = product(dims);
  const folds = x.values?.length === 1 && only !== undefined && count <= 1024;
  return shaped(dims, x.type, folds ? Array.from({ length: count }, () => only) : undefined);
}

function tile({ inputs: [x, repeats] }: Call): Shaped {
  if (x === undefined || repeats === undefined) return MISSING;
  const { values } = repeats;
  if (values === undefined) return DATA;
  return shaped(
    x.dims.map((size, i) => size * (values[i] ?? 1)),
    x.type,
  );
}

function depthToSpace(call: Call): Shaped {
  const [x] = call.inputs;
  if (x === undefined) return MISSING;
  const block = intOf(call, 'blocksize', 1);
  const [batch = 1, channels = 0, height = 0, width = 0] = x.dims;
  return shaped([batch, channels / (block * block), height * block, width * block], x.type);
}

function spaceToDepth(call: Call): Shaped {
  const [x] = call.inputs;
  if (x === undefined) return MISSING;
  const block = intOf(call, 'blocksize', 1);
  const [batch = 1, channels = 0, height = 0, width = 0] = x.dims;
  return shaped([batch, channels * block * block, height / block, width / block], x.type);
}

export const LAYOUT: Rules = {
  Reshape: reshape,
  Flatten: flatten,
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Expand: expand,
  Tile: tile,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
};
