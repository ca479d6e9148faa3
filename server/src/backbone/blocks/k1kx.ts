import { ACT, BTN, DIL, GROUPS, K, OUT, S, SE, SHORTCUT, SQUEEZE } from '../arguments.ts';
import type { BlockDefinition } from '../block-definition.ts';
import { actOf, changesWidth, residual, squeezeExcite, stridesShortcut } from '../residual.ts';

export const k1kx: BlockDefinition = {
  name: 'k1kx',
  doc: 'DAMO-YOLO block: 1×1 in→btn, k×k btn→out, plus the shortcut',
  synonyms: 'resk1kx superresk1kx k1kxblock damoblock damo',
  required: [OUT, BTN, K, S],
  optional: [SHORTCUT, GROUPS, DIL, SE, SQUEEZE, ACT],
  example: 'stage C3 k1kx(out: 128, btn: 64, k: 3, s: 2) x 3',
  repeats: true,
  keepsChannels: false,
  narrows: true,
  grouped: ['btn', 'out'],
  search: { out: true, btn: 'width', kernel: true, depth: true },
  usualBottlenecks: [1 / 4, 1 / 8, 3 / 8, 1 / 2],
  lower: (cell, g, place) => {
    const { out, btn, kernel, groups, dilation } = g;
    const narrow = cell.conv(cell.input(), { out: btn, kernel: 1, act: actOf(g) });
    const wide = cell.conv(narrow, { out, kernel, stride: place.stride, groups, dilation });
    return residual(cell, squeezeExcite(cell, wide, g), g, place, changesWidth(cell, g) || stridesShortcut(g, place));
  },
};
