import { FLOAT, INT64, product } from '../model.ts';
import { type Call, DATA, intOf, MISSING, type Rules, type Shaped, shaped, unknown } from './rule.ts';

function constant({ node }: Call): Shaped {
  const tensor = node.attributes.get('value')?.tensor;
  if (tensor !== undefined) return shaped(tensor.dims, tensor.type, tensor.values);
  const int = node.attributes.get('value_int')?.int;
  if (int !== undefined) return shaped([], INT64, [int]);
  const float = node.attributes.get('value_float')?.float;
  if (float !== undefined) return shaped([], FLOAT, [float]);
  const ints = node.attributes.get('value_ints')?.ints;
  if (ints !== undefined) return shaped([ints.length], INT64, ints);
  const floats = node.attributes.get('value_floats')?.floats;
  return floats === undefined ? unknown('it is no tensor of numbers') : shaped([floats.length], FLOAT, floats);
}

function shape(call: Call): Shaped {
  const [x] = call.inputs;
  if (x === undefined) return MISSING;
  const start = intOf(call, 'start', 0);
  const dims = x.dims.slice(start, intOf(call, 'end', x.dims.length));
  return shaped([dims.length], INT64, dims);
}

function constantOfShape({ node, inputs: [x] }: Call): Shaped {
  if (x === undefined) return MISSING;
  const dims = x.dims.includes(0) ? [] : x.values;
  if (dims === undefined) return DATA;
  const value = node.attributes.get('value')?.tensor;
  const [number = 0] = value?.values ?? [];
  const count = product(dims);
  return shaped(
    dims,
    value?.type ?? FLOAT,
    count <= 1024 && count >= 0 ? Array.from({ length: count }, () => number) : [],
  );
}

function range({ inputs: [start, limit, delta] }: Call): Shaped {
  if (start === undefined || limit === undefined || delta === undefined) return MISSING;
  const [from, to, step] = [start.values?.[0], limit.values?.[0], delta.values?.[0]];
  if (from === undefined || to === undefined || step === undefined || step === 0) return DATA;
  const count = Math.max(0, Math.ceil((to - from) / step));
  const values = count <= 1024 ? Array.from({ length: count }, (_, i) => from + i * step) : undefined;
  return shaped([count], start.type, values);
}

export const CONSTANTS: Rules = {
  Constant: constant,
  Shape: shape,
  Size: ({ inputs: [x] }) => (x === undefined ? MISSING : shaped([], INT64, [product(x.dims)])),
  ConstantOfShape: constantOfShape,
  Range: range,
};
