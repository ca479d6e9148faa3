import type { BlockTemplate } from '../block-template.ts';
import { residualCall, residualClass, residualHelpers, whenUsed } from './residual.ts';

export const INVERTED: BlockTemplate = {
  block: 'inverted',
  knows: ['out', 'btn', 'k', 's', 'se', 'squeeze', 'act'],
  call: (block) => residualCall('Inverted', block),
  helpers: residualHelpers,
  source: (usage) => {
    const when = whenUsed(usage);
    const act = when('act', ', act=act');
    const expand = `ConvNormAct(in_channels, btn, 1${act})`;
    const some = usage.some.has('btn');
    const always = usage.all.has('btn');
    const wide = some ? 'btn' : 'in_channels';
    return residualClass({
      usage,
      name: 'Inverted',
      doc: `MobileNetV2’s inverted residual: ${some ? '1×1 up, ' : ''}k×k depthwise, 1×1 down, beside a shortcut where the width stays.`,
      btn: some ? (always ? 'btn' : 'btn=None') : '',
      init: (se) => [
        some && `self.expand = ${always ? expand : `${expand} if btn else nn.Identity()`}`,
        some && !always && 'btn = btn or in_channels',
        `self.depthwise = ConvNormAct(${wide}, ${wide}, kernel_size, stride, groups=${wide}${act})`,
        se,
        `self.project = ConvNormAct(${wide}, out_channels, 1, act=None)`,
        'self.is_residual = in_channels == out_channels',
      ],
      squeezed: wide,
      forward: [
        `y = self.depthwise(${some ? 'self.expand(x)' : 'x'})`,
        `y = self.project(${usage.some.has('squeeze') ? 'self.se(y)' : 'y'})`,
      ],
      sum: 'y + self.shortcut(x) if self.is_residual else y',
    });
  },
};
