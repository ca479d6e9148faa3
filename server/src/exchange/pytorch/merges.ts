import type { LoweredGroup } from '../../backbone/lower.ts';
import { inputRef } from '../../graph/cell.ts';
import { indent, lines, moduleClass } from './python.ts';

/** SpineNet's resampling, and the sum of what was resampled. */
export const MERGE_SOURCES: readonly string[] = [
  moduleClass({
    name: 'Resample',
    doc:
      'SpineNet’s resampling: 1×1 to fewer channels, down by a 3×3 convolution and max-pools of stride 2 or up to the ' +
      'nearest position, 1×1 to the channels of the node.',
    parameters: ['in_channels', 'mid', 'out_channels', 'halvings=0'],
    init: [
      'self.reduce = ConvNormAct(in_channels, mid, 1)',
      'self.down = nn.Sequential()',
      'if halvings > 0:',
      indent("self.down.add_module('conv', ConvNormAct(mid, mid, 3, stride=2))"),
      'for i in range(1, halvings):',
      indent("self.down.add_module(f'pool{i}', nn.MaxPool2d(3, stride=2, padding=1))"),
      'self.expand = ConvNormAct(mid, out_channels, 1, act=None)',
    ],
    forward: {
      parameters: 'x, size',
      body: [
        'x = self.down(self.reduce(x))',
        'if list(x.shape[-2:]) != size:',
        indent('x = F.interpolate(x, size=size)'),
        'return self.expand(x)',
      ],
    },
  }),
  moduleClass({
    name: 'AsItIs',
    doc: 'What is added without a resampling.',
    parameters: [],
    init: [],
    forward: { parameters: 'x, size', body: ['return x'] },
  }),
  moduleClass({
    name: 'Merge',
    doc: 'Adds what a node reads at one resolution, the image’s halved so many times.',
    parameters: ['halvings', '*sources'],
    init: ['self.halvings = halvings', 'self.sources = nn.ModuleList(sources)'],
    forward: {
      parameters: 'image_size, *inputs',
      body: [
        'size = [-(-side // 2 ** self.halvings) for side in image_size]',
        'return F.relu(sum(source(x, size) for source, x in zip(self.sources, inputs)))',
      ],
    },
  }),
];

/** `Merge(2, Resample(256, 32, 256), AsItIs())`; undefined for a group that resamples nothing. */
export function mergeCall({ merge, wire }: LoweredGroup): string | undefined {
  if (merge === undefined || wire.at === undefined) return undefined;
  const sources = wire.reads.map(({ asIs }, i) => (asIs ? 'AsItIs()' : resampleCall(merge, i)));
  return `Merge(${[wire.at, ...sources].join(', ')})`;
}

/** Its convolutions from the one that reads the input to the one that widens to the node. */
function resampleCall({ nodes, inputs }: NonNullable<LoweredGroup['merge']>, input: number): string {
  const start = nodes.findIndex(({ operator, reads }) => operator.op === 'conv' && reads[0] === inputRef(input));
  const [mid, out] = [nodes[start]?.shape.channels ?? 0, nodes[nodes.length - 1]?.shape.channels ?? 0];
  const [from, to] = [nodes[start]?.shape.halvings ?? 0, nodes[nodes.length - 1]?.shape.halvings ?? 0];
  const halvings = Math.max(0, to - from);
  const values = [inputs[input]?.channels ?? 0, mid, out];
  return `Resample(${values.join(', ')}${halvings === 0 ? '' : `, halvings=${halvings}`})`;
}

/** What a node hands its blocks: one tensor, a sum, a concatenation or a merge. */
export function joined({ wire, merge }: LoweredGroup, key: string, reads: readonly string[]): string {
  if (wire.at !== undefined && merge !== undefined) return `merges[${key}](${['size', ...reads].join(', ')})`;
  if (wire.join === 'concat' && merge !== undefined) return `torch.cat((${reads.join(', ')}), 1)`;
  return reads.length === 0 ? 'x' : reads.join(' + ');
}

export const sourcesUsed = (groups: readonly LoweredGroup[]): string[] => {
  const merges = groups.flatMap((group) => mergeCall(group) ?? []);
  if (merges.length === 0) return [];
  return MERGE_SOURCES.filter((source) => !source.startsWith('class AsItIs') || lines(merges).includes('AsItIs'));
};
