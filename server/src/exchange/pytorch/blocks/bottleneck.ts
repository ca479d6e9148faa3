import type { BlockTemplate } from '../block-template.ts';
import {
  RESIDUAL_ARGUMENTS,
  residualCall,
  residualClass,
  residualHelpers,
  stridedFirst,
  stridesOf,
  whenUsed,
} from './residual.ts';

export const BOTTLENECK: BlockTemplate = {
  block: 'bottleneck',
  knows: [...RESIDUAL_ARGUMENTS, 'strided', 'project'],
  call: (block) => residualCall('Bottleneck', block, stridedFirst(block)),
  helpers: residualHelpers,
  source: (usage) => {
    const when = whenUsed(usage);
    const { first, second } = stridesOf(usage);
    const act = when('act', ', act=act');
    return residualClass({
      usage,
      name: 'Bottleneck',
      doc: 'ResNet’s bottleneck: 1×1, k×k, 1×1, beside a shortcut.',
      init: (se) => [
        `self.conv1 = ConvNormAct(in_channels, btn, 1${first}${act})`,
        `self.conv2 = ConvNormAct(btn, btn, kernel_size, ${second}${when('groups', ', groups=groups')}${when(
          'dilation',
          ', dilation=dilation',
        )}${act})`,
        se,
        'self.conv3 = ConvNormAct(btn, out_channels, 1, act=None)',
      ],
      squeezed: 'btn',
      forward: [
        `y = self.conv3(${usage.some.has('squeeze') ? 'self.se(self.conv2(self.conv1(x)))' : 'self.conv2(self.conv1(x))'})`,
      ],
    });
  },
};
