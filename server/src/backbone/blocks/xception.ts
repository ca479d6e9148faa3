import { ACT, K, OUT, S } from '../arguments.ts';
import type { BlockDefinition } from '../block-definition.ts';
import { actOf } from '../residual.ts';
import { HALVES, SPLIT_SEARCH, splitAndShuffle, splitFaults, splitReads } from './shuffle.ts';

export const xception: BlockDefinition = {
  name: 'xception',
  doc: 'DetNAS’s xception block: as shuffle, but half go through three of k×k depthwise and 1×1',
  synonyms: 'xceptionblock shufflexception shufflenetxception xceptionunit',
  required: [OUT, K, S],
  optional: [HALVES, ACT],
  example: 'stage C5 xception(out: 1728, k: 3, s: 2) x 8',
  repeats: true,
  keepsChannels: false,
  narrows: false,
  grouped: [],
  search: SPLIT_SEARCH,
  reads: splitReads,
  usualBottlenecks: [],
  lower: (cell, g, place) => {
    const { kernel } = g;
    const act = actOf(g);
    return splitAndShuffle(cell, g, place, (c, x, mid, out) => {
      const first = c.conv(c.depthwise(x, { kernel, stride: place.stride }), { out: mid, kernel: 1, act });
      const second = c.conv(c.depthwise(first, { kernel }), { out: mid, kernel: 1, act });
      return c.conv(c.depthwise(second, { kernel }), { out, kernel: 1, act });
    });
  },
  faults: splitFaults,
};
