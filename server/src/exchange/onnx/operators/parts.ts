import { rearranged } from './rearrange.ts';
import {
  axisOf,
  type Call,
  DATA,
  intOf,
  isList,
  isUnknown,
  listOf,
  MISSING,
  type Rules,
  type Shaped,
  shaped,
  shapesText,
  type Tensor,
  unknown,
} from './rule.ts';

const NO_AXIS = unknown('it names an axis that its input has not');

function concat(call: Call): Shaped {
  const parts = call.inputs.filter((input) => input !== undefined);
  const [first] = parts;
  if (first === undefined || parts.length !== call.inputs.length) return MISSING;
  const axis = axisOf(intOf(call, 'axis', 1), first.dims.length);
  if (axis === undefined) return NO_AXIS;
  const fits = parts.every(
    ({ dims }) => dims.length === first.dims.length && dims.every((size, i) => i === axis || size === first.dims[i]),
  );
  if (!fits) return unknown(`its inputs do not fit: ${shapesText(parts)}`);
  const sum = parts.reduce((all, { dims }) => all + (dims[axis] ?? 0), 0);
  const values = first.dims.length === 1 && parts.every((part) => part.values !== undefined);
  return shaped(
    first.dims.map((size, i) => (i === axis ? sum : size)),
    first.type,
    values ? parts.flatMap((part) => part.values ?? []) : undefined,
  );
}

function split(call: Call): Shaped {
  const [x] = call.inputs;
  if (x === undefined) return MISSING;
  const axis = axisOf(intOf(call, 'axis', 0), x.dims.length);
  const given = listOf(call, 'split', 1);
  if (!isList(given)) return given;
  if (axis === undefined) return NO_AXIS;
  const size = x.dims[axis] ?? 0;
  const count = call.node.outputs.length;
  const each = Math.ceil(size / count);
  const sizes = given ?? call.node.outputs.map((_, i) => Math.min(each, size - each * i));
  if (sizes.length !== count || sizes.reduce((sum, part) => sum + part, 0) !== size)
    return unknown(`its parts do not add up to ${size}`);
  const outputs: Tensor[] = [];
  for (const part of sizes) {
    const one = shaped(
      x.dims.map((own, i) => (i === axis ? part : own)),
      x.type,
    );
    if (isUnknown(one)) return one;
    outputs.push(...one);
  }
  return outputs;
}

/** The places that a slice takes of an axis: from, step, and how many. Bounds beyond the ends are the ends. */
function placesOf(size: number, start: number, end: number, step: number) {
  const within = (place: number, low: number, high: number): number =>
    Math.min(Math.max(place < 0 ? place + size : place, low), high);
  const from = step > 0 ? within(start, 0, size) : within(start, 0, size - 1);
  const to = step > 0 ? within(end, 0, size) : within(end, -1, size - 1);
  return { from, count: Math.max(0, Math.ceil((to - from) / step)) };
}

function slice(call: Call): Shaped {
  const [x] = call.inputs;
  if (x === undefined) return MISSING;
  const [starts, ends] = [listOf(call, 'starts', 1), listOf(call, 'ends', 2)];
  const [axes, steps] = [listOf(call, 'axes', 3), listOf(call, 'steps', 4)];
  if (!isList(starts) || !isList(ends) || !isList(axes) || !isList(steps)) return DATA;
  if (starts === undefined || ends === undefined) return MISSING;
  const dims = [...x.dims];
  const origins = dims.map(() => ({ from: 0, step: 1 }));
  for (const [i, start] of starts.entries()) {
    const axis = axisOf(axes?.[i] ?? i, dims.length);
    const step = steps?.[i] ?? 1;
    if (axis === undefined || step === 0) return NO_AXIS;
    const { from, count } = placesOf(dims[axis] ?? 0, start, ends[i] ?? 0, step);
    origins[axis] = { from, step };
    dims[axis] = count;
  }
  const origin = (place: readonly number[]): number[] =>
    origins.map(({ from, step }, axis) => from + step * (place[axis] ?? 0));
  return shaped(dims, x.type, rearranged(x, dims, origin));
}

function gather(call: Call): Shaped {
  const [x, indices] = call.inputs;
  if (x === undefined || indices === undefined) return MISSING;
  const axis = axisOf(intOf(call, 'axis', 0), x.dims.length);
  if (axis === undefined) return NO_AXIS;
  const dims = [...x.dims.slice(0, axis), ...indices.dims, ...x.dims.slice(axis + 1)];
  const { values } = indices;
  if (values === undefined) return shaped(dims, x.type);
  const size = x.dims[axis] ?? 0;
  const origin = (place: readonly number[]): number[] => {
    const within = place.slice(axis, axis + indices.dims.length);
    const index = values[within.reduce((all, at, i) => all * (indices.dims[i] ?? 1) + at, 0)] ?? 0;
    return [...place.slice(0, axis), index < 0 ? index + size : index, ...place.slice(axis + indices.dims.length)];
  };
  return shaped(dims, x.type, rearranged(x, dims, origin));
}

function pad(call: Call): Shaped {
  const [x] = call.inputs;
  const pads = listOf(call, 'pads', 1);
  const axes = listOf(call, 'axes', 3);
  if (x === undefined || pads === undefined) return MISSING;
  if (!isList(pads)) return pads;
  if (!isList(axes)) return axes;
  const dims = [...x.dims];
  for (let i = 0; i < pads.length / 2; i++) {
    const axis = axisOf(axes?.[i] ?? i, dims.length);
    if (axis === undefined) return NO_AXIS;
    dims[axis] = (dims[axis] ?? 0) + (pads[i] ?? 0) + (pads[i + pads.length / 2] ?? 0);
  }
  return shaped(dims, x.type);
}

function topK(call: Call): Shaped {
  const [x, k] = call.inputs;
  if (x === undefined) return MISSING;
  const count = k === undefined ? intOf(call, 'k', 1) : k.values?.[0];
  const axis = axisOf(intOf(call, 'axis', -1), x.dims.length);
  if (count === undefined) return DATA;
  if (axis === undefined) return NO_AXIS;
  const one = shaped(
    x.dims.map((size, i) => (i === axis ? count : size)),
    x.type,
  );
  return isUnknown(one) ? one : [...one, ...one];
}

const ofIndices = ({ inputs: [x, indices] }: Call): Shaped =>
  x === undefined || indices === undefined ? MISSING : shaped(indices.dims, x.type);

function reduced(call: Call): Shaped {
  const [x] = call.inputs;
  if (x === undefined) return MISSING;
  const axes = listOf(call, 'axes', 1);
  if (!isList(axes)) return axes;
  if (axes?.length === 0 && intOf(call, 'noop_with_empty_axes', 0) === 1) return [x];
  const all = axes === undefined || axes.length === 0 ? x.dims.map((_, i) => i) : axes;
  return without(call, x, all);
}

const argument = (call: Call): Shaped => {
  const [x] = call.inputs;
  return x === undefined ? MISSING : without(call, x, [intOf(call, 'axis', 0)]);
};

function without(call: Call, x: Tensor, axes: readonly number[]): Shaped {
  const gone = new Set(axes.map((axis) => axisOf(axis, x.dims.length)));
  if (gone.has(undefined)) return NO_AXIS;
  const kept = intOf(call, 'keepdims', 1) === 1;
  const dims = x.dims.flatMap((size, i) => (gone.has(i) ? (kept ? [1] : []) : [size]));
  const whole = call.node.op === 'ReduceProd' && dims.every((size) => size === 1);
  return shaped(dims, x.type, whole ? x.values && [x.values.reduce((all, value) => all * value, 1)] : undefined);
}

const REDUCTIONS = 'Mean Sum Max Min Prod L1 L2 LogSum LogSumExp SumSquare'.split(' ');

export const PARTS: Rules = {
  ...Object.fromEntries(REDUCTIONS.map((name) => [`Reduce${name}`, reduced])),
  ArgMax: argument,
  ArgMin: argument,
  Concat: concat,
  Split: split,
  Slice: slice,
  Gather: gather,
  GatherElements: ofIndices,
  Pad: pad,
  TopK: topK,
};
