import { ACT, BTN, DIL, GROUPS, K, OUT, PROJECT, S, SE, SHORTCUT, SQUEEZE, STRIDED } from '../arguments.ts';
import type { BlockDefinition } from '../block-definition.ts';
import { actOf, changesWidth, residual, squeezeExcite, stridesShortcut } from '../residual.ts';

export const bottleneck: BlockDefinition = {
  name: 'bottleneck',
  doc: 'ResNet bottleneck: 1×1 in→btn, k×k btn→btn, 1×1 btn→out, plus the shortcut',
  synonyms:
    'bottleneckblock resbottleneck resnetbottleneck bottleneckresidual resk1kxk1 superresk1kxk1 superresk1k3k1 ' +
    'resnext resnextblock resnextbottleneck regnetblock xblock yblock',
  required: [OUT, BTN, K, S],
  optional: [SHORTCUT, STRIDED, PROJECT, GROUPS, DIL, SE, SQUEEZE, ACT],
  example: 'stage C3 bottleneck(out: 512, btn: 64, k: 3, s: 2) x 4',
  repeats: true,
  keepsChannels: false,
  narrows: true,
  grouped: ['btn'],
  baseWidth: ({ btn }) => btn,
  search: { out: true, btn: 'width', kernel: true, depth: true },
  usualBottlenecks: [1 / 4, 1 / 8, 3 / 8, 1 / 2],
  lower: (cell, g, place) => {
    const { out, btn, kernel, groups, dilation } = g;
    const act = actOf(g);
    const [first, second] = g.strided === 'first' ? [place.stride, 1] : [1, place.stride];
    const narrow = cell.conv(cell.input(), { out: btn, kernel: 1, stride: first, act });
    const window = cell.conv(narrow, { out: btn, kernel, stride: second, groups, dilation, act });
    const wide = cell.conv(squeezeExcite(cell, window, g), { out, kernel: 1 });
    const changes = changesWidth(cell, g);
    // TinyNAS projects in the first block of every group; ResNet where it cannot do without.
    const projects =
      g.project === 'needed' ? changes || place.stride === 2 : changes || place.first || stridesShortcut(g, place);
    return residual(cell, wide, g, place, projects);
  },
};
