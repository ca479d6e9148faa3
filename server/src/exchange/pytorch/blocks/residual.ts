import { actOf } from '../../../backbone/residual.ts';
import { act, besides, type Helper, type PlacedBlock, type Usage, unless } from '../block-template.ts';
import type { Call, ClassParts, Keywords, Line } from '../python.ts';
import { moduleClass } from '../python.ts';

/** The arguments of blocks with a bottleneck and a shortcut. */
export const RESIDUAL_ARGUMENTS = ['out', 'btn', 'k', 's', 'shortcut', 'groups', 'dil', 'se', 'squeeze', 'act'];

export function residualCall(name: string, block: PlacedBlock, own: Keywords = {}): Call {
  const { group: g, in: from, out, stride } = block;
  return {
    name,
    values: [from, out],
    keywords: {
      btn: g.btn > 0 ? g.btn : undefined,
      kernel_size: unless(g.kernel, 3),
      stride: unless(stride, 1),
      ...own,
      groups: unless(g.groups, 1),
      dilation: unless(g.dilation, 1),
      ...besides(block),
      act: actOf(g) === 'relu' ? undefined : act(g),
    },
  };
}

/** Which convolution has the stride, where that is a question. */
export const stridedFirst = ({ group: g, stride }: PlacedBlock): Keywords => ({
  strided_first: stride > 1 && g.strided === 'first',
});

export const residualHelpers = ({ some }: Usage): Helper[] => [
  'ConvNormAct',
  'Shortcut',
  ...(some.has('squeeze') ? (['SqueezeExcite'] as const) : []),
];

/** Text that stands only where an argument is used. */
export const whenUsed =
  ({ some }: Usage) =>
  (name: string, text: string): string =>
    some.has(name) ? text : '';

/** How the strides of two convolutions are written, of which an argument may say that the first has it. */
export const stridesOf = ({ some }: Usage): { readonly first: string; readonly second: string } =>
  some.has('strided_first')
    ? { first: ', stride if strided_first else 1', second: '1 if strided_first else stride' }
    : { first: '', second: 'stride' };

interface ResidualParts extends Pick<ClassParts, 'name' | 'doc'> {
  readonly usage: Usage;
  /** The main path in the order in which it runs, with squeeze-and-excitation in its place. */
  readonly init: (se: Line) => readonly Line[];
  readonly forward: readonly Line[];
  readonly btn?: string;
  /** The sum of the main path `y` and the shortcut. */
  readonly sum?: string;
  readonly squeezed: string;
}

/** A class with a shortcut beside its main path, and the last activation behind their sum. */
export function residualClass({ usage, init, forward, btn = 'btn', sum, squeezed, ...parts }: ResidualParts): string {
  const when = whenUsed(usage);
  const has = (name: string): boolean => usage.some.has(name);
  const made = `SqueezeExcite(${squeezed}, squeeze)`;
  const se = `self.se = ${usage.all.has('squeeze') ? made : `${made} if squeeze else nn.Identity()`}`;
  const optional = ['strided_first=False', 'groups=1', 'dilation=1', 'squeeze=0', 'project=False', 'pool=False'];
  return moduleClass({
    ...parts,
    parameters: [
      'in_channels, out_channels',
      btn !== '' && btn,
      'kernel_size=3',
      'stride=1',
      ...optional.filter((parameter) => has(parameter.split('=')[0] ?? '')),
      has('act') && 'act=nn.ReLU',
    ],
    init: [
      ...init(has('squeeze') && se),
      `self.shortcut = Shortcut(in_channels, out_channels, stride${when('project', ', project')}${
        has('pool') ? (has('project') ? ', pool' : ', pool=pool') : ''
      })`,
      `self.act = ${has('act') ? 'act()' : 'nn.ReLU()'}`,
    ],
    forward: {
      parameters: 'x',
      body: [...forward, `return self.act(${sum ?? 'y + self.shortcut(x)'})`],
    },
  });
}
