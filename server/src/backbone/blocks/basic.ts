import { ACT, BTN, DIL, GROUPS, K, OUT, S, SE, SHORTCUT, SQUEEZE, STRIDED } from '../arguments.ts';
import type { BlockDefinition } from '../block-definition.ts';
import { actOf, changesWidth, residual, squeezeExcite, stridesShortcut } from '../residual.ts';

export const basic: BlockDefinition = {
  name: 'basic',
  doc: 'ResNet basic block: k×k in→btn, k×k btn→out, plus the shortcut',
  synonyms: 'basicblock resbasic resnetbasic reskxkx superreskxkx superresk3k3',
  required: [OUT, BTN, K, S],
  optional: [SHORTCUT, STRIDED, GROUPS, DIL, SE, SQUEEZE, ACT],
  example: 'stage C3 basic(out: 128, btn: 128, k: 3, s: 2) x 2',
  repeats: true,
  keepsChannels: false,
  narrows: true,
  grouped: ['btn', 'out'],
  search: { out: true, btn: 'width', kernel: true, depth: true },
  usualBottlenecks: [1, 0.5, 0.25],
  lower: (cell, g, place) => {
    const { out, btn, kernel, groups, dilation } = g;
    const [first, second] = g.strided === 'first' ? [place.stride, 1] : [1, place.stride];
    const inner = cell.conv(cell.input(), { out: btn, kernel, stride: first, dilation, act: actOf(g) });
    const outer = cell.conv(inner, { out, kernel, stride: second, groups, dilation });
    return residual(cell, squeezeExcite(cell, outer, g), g, place, changesWidth(cell, g) || stridesShortcut(g, place));
  },
};
