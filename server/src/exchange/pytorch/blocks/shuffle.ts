import { act, type BlockTemplate, type PlacedBlock, type Usage, unless } from '../block-template.ts';
import { type Call, indent, lines, moduleClass } from '../python.ts';

const KNOWS = ['out', 'k', 's', 'halves', 'act'];

const call =
  (name: string) =>
  ({ group: g, in: from, out, stride, cell }: PlacedBlock): Call => ({
    name,
    values: [from, out],
    keywords: {
      kernel_size: unless(g.kernel, 3),
      stride: unless(stride, 1),
      halves: g.options['halves'] === 'yes' && !cell.nodes.some(({ operator }) => operator.op === 'split'),
      act: act(g),
    },
  });

/** A kind of unit, which is the frame of both with a branch of its own. */
function source(name: string, doc: string, branch: readonly string[], { some }: Usage): string {
  const [function_, halves, activation] = [`${name.toLowerCase()}_branch`, some.has('halves'), some.has('act')];
  return lines(
    `def ${function_}(in_channels, mid, out_channels, kernel_size, stride, act):`,
    indent(lines('return nn.Sequential(', indent(lines(branch)), ')')),
    '',
    '',
    moduleClass({
      name,
      base: 'ShuffleUnit',
      doc,
      parameters: [
        'in_channels, out_channels',
        'kernel_size=3',
        'stride=1',
        halves && 'halves=False',
        activation && 'act=nn.ReLU',
      ],
      init: [],
    }).replace(
      'super().__init__()',
      `super().__init__(in_channels, out_channels, ${function_}, kernel_size, stride, ${halves ? 'halves' : 'False'}, ${
        activation ? 'act' : 'nn.ReLU'
      })`,
    ),
  );
}

const depthwise = (channels: string, stride = ''): string =>
  `ConvNormAct(${channels}, ${channels}, kernel_size${stride}, groups=${channels}, act=None),`;

const pointwise = (from: string, to: string): string => `ConvNormAct(${from}, ${to}, 1, act=act),`;

export const SHUFFLE: BlockTemplate = {
  block: 'shuffle',
  knows: KNOWS,
  call: call('Shuffle'),
  helpers: () => ['ShuffleUnit'],
  source: (usage) =>
    source(
      'Shuffle',
      'ShuffleNetV2’s block.',
      [pointwise('in_channels', 'mid'), depthwise('mid', ', stride'), pointwise('mid', 'out_channels')],
      usage,
    ),
};

export const XCEPTION: BlockTemplate = {
  block: 'xception',
  knows: KNOWS,
  call: call('Xception'),
  helpers: () => ['ShuffleUnit'],
  source: (usage) =>
    source(
      'Xception',
      'DetNAS’s xception block: three depthwise separable convolutions in the branch.',
      [
        depthwise('in_channels', ', stride'),
        pointwise('in_channels', 'mid'),
        depthwise('mid'),
        pointwise('mid', 'mid'),
        depthwise('mid'),
        pointwise('mid', 'out_channels'),
      ],
      usage,
    ),
};
