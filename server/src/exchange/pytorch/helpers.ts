import type { Helper } from './block-template.ts';
import { indent, lines, moduleClass } from './python.ts';

/** A convolution with what follows it: padding d·(k − 1)/2, so that a side becomes ⌈side / stride⌉. */
const CONV = moduleClass({
  name: 'ConvNormAct',
  base: 'nn.Sequential',
  doc: 'A convolution, its BatchNorm and its activation; sides become ceil(side / stride).',
  parameters: ['in_channels, out_channels, kernel_size, stride=1, groups=1, dilation=1', 'bias=False', 'act=nn.ReLU'],
  init: [
    'padding = dilation * (kernel_size - 1) // 2',
    'self.conv = nn.Conv2d(',
    indent('in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias=bias'),
    ')',
    'self.norm = nn.BatchNorm2d(out_channels)',
    'if act is not None:',
    indent('self.act = act()'),
  ],
}).replace('dilation=1, bias=False, act=nn.ReLU):', 'dilation=1,\n                 bias=False, act=nn.ReLU):');

const SQUEEZE_EXCITE = moduleClass({
  name: 'SqueezeExcite',
  doc: 'Scales every channel by a factor that follows from the means of all of them.',
  parameters: ['channels', 'hidden'],
  init: [
    'self.reduce = ConvNormAct(channels, hidden, 1, act=nn.SiLU)',
    'self.expand = ConvNormAct(hidden, channels, 1, act=nn.Sigmoid)',
  ],
  forward: {
    parameters: 'x',
    body: ['return x * self.expand(self.reduce(x.mean((2, 3), keepdim=True)))'],
  },
});

/** At an odd side the last window of the pool has the positions that there are. */
const SHORTCUT = moduleClass({
  name: 'Shortcut',
  base: 'nn.Sequential',
  doc: 'A block’s input in the shape of its output: pooled 2×2, by a 1×1 convolution, both or neither.',
  parameters: ['in_channels', 'out_channels', 'stride=1', 'project=False', 'pool=False'],
  init: [
    'if pool:',
    indent(lines('self.pool = nn.AvgPool2d(2, stride=2, ceil_mode=True)', 'stride = 1')),
    'if project:',
    indent('self.project = ConvNormAct(in_channels, out_channels, 1, stride, act=None)'),
  ],
});

const SHUFFLE_UNIT = moduleClass({
  name: 'ShuffleUnit',
  doc:
    'Half of the channels pass, half go through a branch; where the shape changes another branch brings all of them to ' +
    'the new one. Then the channels are shuffled.',
  parameters: ['in_channels', 'out_channels', 'branch', 'kernel_size', 'stride', 'halves', 'act'],
  init: [
    'mid = out_channels // 2',
    'self.passed = None',
    'if stride == 1 and in_channels == out_channels:',
    indent(
      lines(
        'self.passed = out_channels - mid',
        'self.branch = branch(in_channels - self.passed, mid, mid, kernel_size, 1, act)',
      ),
    ),
    'else:',
    indent(
      lines(
        'beside = mid if halves else min(in_channels, out_channels - 1)',
        'self.shortcut = nn.Sequential(',
        indent(
          lines(
            'ConvNormAct(in_channels, in_channels, kernel_size, stride, groups=in_channels, act=None),',
            'ConvNormAct(in_channels, beside, 1, act=act),',
          ),
        ),
        ')',
        'self.branch = branch(in_channels, mid, out_channels - beside, kernel_size, stride, act)',
      ),
    ),
  ],
  forward: {
    parameters: 'x',
    body: [
      'if self.passed is None:',
      indent('beside = self.shortcut(x)'),
      'else:',
      indent('beside, x = x[:, :self.passed], x[:, self.passed:]'),
      'return channel_shuffle(torch.cat((beside, self.branch(x)), 1), 2)',
    ],
  },
});

const CHANNEL_SHUFFLE = lines(
  'def channel_shuffle(x, parts):',
  indent(
    lines(
      '"""Takes a channel of each part in turn."""',
      'n, channels, height, width = x.shape',
      'return x.view(n, parts, channels // parts, height, width).transpose(1, 2).flatten(1, 2)',
    ),
  ),
);

/** In the order in which they are written: each behind what it is made of. */
export const HELPERS: Readonly<Record<Helper, { readonly source: string; readonly needs: readonly Helper[] }>> = {
  ConvNormAct: { source: CONV, needs: [] },
  SqueezeExcite: { source: SQUEEZE_EXCITE, needs: ['ConvNormAct'] },
  Shortcut: { source: SHORTCUT, needs: ['ConvNormAct'] },
  channel_shuffle: { source: CHANNEL_SHUFFLE, needs: [] },
  ShuffleUnit: { source: SHUFFLE_UNIT, needs: ['ConvNormAct', 'channel_shuffle'] },
};

/** What is used, and what that is made of, in the order in which it is written. */
export function helperSources(used: Iterable<Helper>): string[] {
  const all = new Set<string>();
  const add = (helper: Helper): void => {
    all.add(helper);
    HELPERS[helper].needs.forEach(add);
  };
  for (const helper of used) add(helper);
  return Object.entries(HELPERS).flatMap(([name, { source }]) => (all.has(name) ? [source] : []));
}
