import { K, S } from '../arguments.ts';
import type { BlockDefinition } from '../block-definition.ts';

export const maxpool: BlockDefinition = {
  name: 'maxpool',
  doc: 'k×k max-pooling, as in ResNet stems',
  synonyms: 'maxpool2d maxpooling maxpooling2d pool pool2d pooling mp',
  required: [K, S],
  optional: [],
  example: 'stage C2 maxpool(k: 3, s: 2)',
  repeats: false,
  keepsChannels: true,
  narrows: false,
  grouped: [],
  search: { out: false, btn: 'none', kernel: false, depth: false },
  usualBottlenecks: [],
  lower: (cell, { kernel }, { stride }) => cell.add({ op: 'maxpool', kernel, stride }, [cell.input()]),
};
