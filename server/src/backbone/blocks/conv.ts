import { ACT, BIAS, DIL, GROUPS, K, OUT, S } from '../arguments.ts';
import type { BlockDefinition } from '../block-definition.ts';
import { actOf } from '../residual.ts';

export const conv: BlockDefinition = {
  name: 'conv',
  doc: 'k×k convolution in→out, BatchNorm, ReLU',
  synonyms:
    'conv2d convolution convolution2d convbn convbnrelu convbnact convnormact convmodule basicconv cbr cba cbs ' +
    'convkxbnrelu superconvk3bnrelu conv3x3 conv1x1 conv7x7 pointwise',
  required: [OUT, K, S],
  optional: [GROUPS, DIL, ACT, BIAS],
  example: 'stem conv(out: 32, k: 3, s: 2)',
  repeats: false,
  keepsChannels: false,
  narrows: false,
  grouped: ['in', 'out'],
  // It is no run of blocks, and the authors' code keeps its kernel: in all the golden structures stems have 3 and the
  // last convolution 1, while every other number varies.
  search: { out: true, btn: 'none', kernel: false, depth: false },
  usualBottlenecks: [],
  lower: (cell, g, { stride }) => {
    const { out, kernel, groups, dilation } = g;
    const bias = g.options[BIAS.name] === 'yes';
    return cell.conv(cell.input(), { out, kernel, stride, groups, dilation, bias, act: actOf(g) });
  },
};
