import { act, type BlockTemplate, unless } from '../block-template.ts';

export const CONV: BlockTemplate = {
  block: 'conv',
  knows: ['out', 'k', 's', 'groups', 'dil', 'act', 'bias'],
  call: ({ group: g, in: from, out, stride }) => ({
    name: 'ConvNormAct',
    values: [from, out, g.kernel],
    keywords: {
      stride: unless(stride, 1),
      groups: unless(g.groups, 1),
      dilation: unless(g.dilation, 1),
      bias: g.options['bias'] === 'yes',
      act: act(g),
    },
  }),
  helpers: () => ['ConvNormAct'],
};

export const MAXPOOL: BlockTemplate = {
  block: 'maxpool',
  knows: ['k', 's'],
  call: ({ group: g, stride }) => ({
    name: 'nn.MaxPool2d',
    values: [g.kernel],
    keywords: { stride, padding: unless((g.kernel - 1) / 2, 0) },
  }),
  helpers: () => [],
};
