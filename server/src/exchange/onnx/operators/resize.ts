import {
  axisOf,
  type Call,
  DATA,
  intsOf,
  MISSING,
  type Rules,
  type Shaped,
  shaped,
  type Tensor,
  textOf,
  unknown,
} from './rule.ts';

const isGiven = (tensor: Tensor | undefined): tensor is Tensor => tensor !== undefined && !tensor.dims.includes(0);

/** Sizes or factors of all axes, or of those that `axes` names. */
function resize(call: Call): Shaped {
  const [x] = call.inputs;
  if (x === undefined) return MISSING;
  // Before operator set 11 there was no region of interest.
  const [scales, sizes] = call.opset < 11 ? [call.inputs[1], undefined] : [call.inputs[2], call.inputs[3]];
  const axes = intsOf(call, 'axes') ?? x.dims.map((_, i) => i);
  if (textOf(call, 'keep_aspect_ratio_policy', 'stretch') !== 'stretch')
    return unknown('it keeps the aspect ratio, which is not known here');
  const given = isGiven(sizes) ? sizes : scales;
  if (!isGiven(given)) return MISSING;
  const { values } = given;
  if (values === undefined) return DATA;
  return resized(x, axes, (size, i) => (given === sizes ? (values[i] ?? size) : Math.floor(size * (values[i] ?? 1))));
}

function upsample(call: Call): Shaped {
  const [x, scales] = call.inputs;
  if (x === undefined) return MISSING;
  const values = call.node.attributes.get('scales')?.floats ?? scales?.values;
  if (values === undefined) return DATA;
  const axes = x.dims.map((_, i) => i);
  return resized(x, axes, (size, i) => Math.floor(size * (values[i] ?? 1)));
}

function resized(x: Tensor, axes: readonly number[], sizeOf: (size: number, i: number) => number): Shaped {
  const dims = [...x.dims];
  for (const [i, named] of axes.entries()) {
    const axis = axisOf(named, dims.length);
    if (axis === undefined) return unknown('it names an axis that its input has not');
    dims[axis] = sizeOf(dims[axis] ?? 0, i);
  }
  return shaped(dims, x.type);
}

export const RESIZING: Rules = { Resize: resize, Upsample: upsample };
