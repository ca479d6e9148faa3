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

export const BASIC: BlockTemplate = {
  block: 'basic',
  knows: [...RESIDUAL_ARGUMENTS, 'strided'],
  call: (block) => residualCall('Basic', block, stridedFirst(block)),
  helpers: residualHelpers,
  source: (usage) => {
    const when = whenUsed(usage);
    const { first, second } = stridesOf(usage);
    const dilation = when('dilation', ', dilation=dilation');
    return residualClass({
      usage,
      name: 'Basic',
      doc: 'ResNet’s basic block: k×k, k×k, beside a shortcut.',
      init: (se) => [
        `self.conv1 = ConvNormAct(in_channels, btn, kernel_size${first}${dilation}${when('act', ', act=act')})`,
        `self.conv2 = ConvNormAct(btn, out_channels, kernel_size, ${second}${when(
          'groups',
          ', groups=groups',
        )}${dilation}, act=None)`,
        se,
      ],
      squeezed: 'out_channels',
      forward: [
        `y = ${usage.some.has('squeeze') ? 'self.se(self.conv2(self.conv1(x)))' : 'self.conv2(self.conv1(x))'}`,
      ],
    });
  },
};
