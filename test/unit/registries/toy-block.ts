import { ACT, BTN, type FlagArgument, K, OUT, S } from '../../../server/src/backbone/arguments.ts';
import type { BlockDefinition } from '../../../server/src/backbone/block-definition.ts';

const TWICE = {
  name: 'twice',
  type: 'flag',
  values: { yes: 'two k×k convolutions', no: 'one' },
  default: 'no',
  doc: 'Whether the toy has its window twice.',
} as const satisfies FlagArgument;

/** 1×1 to the bottleneck, k×k to the output, and once more if asked for. */
export const toyBlock: BlockDefinition = {
  name: 'toyblock',
  doc: 'toy block: 1×1 in→btn, k×k btn→out',
  synonyms: 'plaything',
  required: [OUT, BTN, K, S],
  optional: [TWICE, ACT],
  example: 'stage C2 toyblock(out: 32, btn: 8, k: 3, s: 2) x 2',
  repeats: true,
  keepsChannels: false,
  narrows: true,
  grouped: [],
  search: { out: true, btn: 'width', kernel: true, depth: true },
  usualBottlenecks: [1 / 4],
  lower: (cell, { out, btn, kernel, options }, { stride }) => {
    const narrow = cell.conv(cell.input(), { out: btn, kernel: 1, act: 'relu' });
    const window = cell.conv(narrow, { out, kernel, stride, act: 'relu' });
    return options['twice'] === 'yes' ? cell.conv(window, { out, kernel, act: 'relu' }) : window;
  },
};
