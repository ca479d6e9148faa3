import { type Call, MISSING, type Rules, type Shaped, same, shapeText, unknown } from './rule.ts';

/** In training it also hands on means and variances, as many as there are channels. */
function batchNorm({ inputs: [x, scale], node }: Call): Shaped {
  if (x === undefined || scale === undefined) return MISSING;
  if (x.dims[1] !== scale.dims[0])
    return unknown(`its input is ${shapeText(x.dims)}, and its scale has ${scale.dims[0] ?? 0} numbers`);
  const { dims, type } = x;
  return [{ dims, type }, ...node.outputs.slice(1).map(() => ({ dims: scale.dims, type: scale.type }))];
}

export const NORMS: Rules = {
  BatchNormalization: batchNorm,
  InstanceNormalization: same,
  GroupNormalization: same,
  LayerNormalization: same,
};
