import { ACT, BTN, K, OUT, S, SE, SQUEEZE } from '../arguments.ts';
import type { BlockDefinition } from '../block-definition.ts';
import { actOf, changesWidth, residual, squeezeExcite, stridesShortcut } from '../residual.ts';

export const inverted: BlockDefinition = {
  name: 'inverted',
  doc: 'MobileNetV2 inverted residual: 1×1 in→btn, k×k depthwise, 1×1 btn→out; without btn nothing is expanded',
  synonyms:
    'mbconv mbconvblock mbblock mbv2 mbv2block mobilenetblock mobilenetv2block invertedresidual ' +
    'invertedbottleneck invertedresidualblock invres ir irblock irf linearbottleneck resk1dwk1 superresk1dwk1 ' +
    'depthwise depthwiseconv dwconv dw dwsconv depthwiseseparable separable separableconv sepconv dsconv',
  required: [OUT, K, S],
  optional: [BTN, SE, SQUEEZE, ACT],
  example: 'stage C3 inverted(out: 32, btn: 144, k: 3, s: 2) x 3',
  repeats: true,
  keepsChannels: false,
  narrows: false,
  grouped: [],
  search: { out: true, btn: 'ratio', kernel: true, depth: true },
  usualBottlenecks: [6, 3, 4, 2],
  lower: (cell, g, place) => {
    const { out, btn, kernel } = g;
    const act = actOf(g);
    const wide = btn > 0 ? cell.conv(cell.input(), { out: btn, kernel: 1, act }) : cell.input();
    const window = cell.depthwise(wide, { kernel, stride: place.stride, act });
    const narrow = cell.conv(squeezeExcite(cell, window, g), { out, kernel: 1 });
    // TinyNAS has no shortcut at all where the width changes.
    if (changesWidth(cell, g)) return cell.act(narrow, act);
    return residual(cell, narrow, g, place, stridesShortcut(g, place));
  },
};
