import type { BlockTemplate } from '../block-template.ts';
import { RESIDUAL_ARGUMENTS, residualCall, residualClass, residualHelpers, whenUsed } from './residual.ts';

export const K1KX: BlockTemplate = {
  block: 'k1kx',
  knows: RESIDUAL_ARGUMENTS,
  call: (block) => residualCall('K1KX', block),
  helpers: residualHelpers,
  source: (usage) => {
    const when = whenUsed(usage);
    return residualClass({
      usage,
      name: 'K1KX',
      doc: 'DAMO-YOLO’s block: 1×1, k×k, beside a shortcut.',
      init: (se) => [
        `self.conv1 = ConvNormAct(in_channels, btn, 1${when('act', ', act=act')})`,
        `self.conv2 = ConvNormAct(btn, out_channels, kernel_size, stride${when('groups', ', groups=groups')}${when(
          'dilation',
          ', dilation=dilation',
        )}, act=None)`,
        se,
      ],
      squeezed: 'out_channels',
      forward: [
        `y = ${usage.some.has('squeeze') ? 'self.se(self.conv2(self.conv1(x)))' : 'self.conv2(self.conv1(x))'}`,
      ],
    });
  },
};
