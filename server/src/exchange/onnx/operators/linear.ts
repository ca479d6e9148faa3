import { broadcast, type Call, intOf, MISSING, type Rules, type Shaped, shaped, shapeText, unknown } from './rule.ts';

function gemm(call: Call): Shaped {
  const [a, b] = call.inputs;
  if (a === undefined || b === undefined) return MISSING;
  const flip = (dims: readonly number[], attribute: string): readonly number[] =>
    intOf(call, attribute, 0) === 1 ? [...dims].reverse() : dims;
  const [rows = 0, inner] = flip(a.dims, 'transA');
  const [needed, columns = 0] = flip(b.dims, 'transB');
  if (a.dims.length !== 2 || b.dims.length !== 2) return unknown('its inputs are no matrices');
  if (inner !== needed) return unknown(`its input has ${inner} features, and its weight is for ${needed}`);
  return shaped([rows, columns], a.type);
}

function matMul({ inputs: [a, b] }: Call): Shaped {
  if (a === undefined || b === undefined) return MISSING;
  // A vector is a row on the left and a column on the right, and that axis is gone afterwards.
  const left = a.dims.length === 1 ? [1, ...a.dims] : a.dims;
  const right = b.dims.length === 1 ? [...b.dims, 1] : b.dims;
  const batch = broadcast(left.slice(0, -2), right.slice(0, -2));
  if (batch === undefined || left.at(-1) !== right.at(-2) || a.dims.length === 0 || b.dims.length === 0)
    return unknown(`its inputs do not fit: ${shapeText(a.dims)} and ${shapeText(b.dims)}`);
  const rows = a.dims.length === 1 ? [] : [left.at(-2) ?? 0];
  const columns = b.dims.length === 1 ? [] : [right.at(-1) ?? 0];
  return shaped([...batch, ...rows, ...columns], a.type);
}

export const LINEAR: Rules = { Gemm: gemm, MatMul: matMul };
