import { COUNT, type CostDefinition } from '../definition.ts';

export const memory: CostDefinition = {
  name: 'memory',
  doc: 'Peak activation memory of one image in float32, shortcuts included.',
  formula: '4 bytes · the largest sum of elements alive at once',
  synonyms: 'mem ram vram activationmemory peakmemory footprint',
  unit: 'bytes',
  convention: false,
  limit: { ...COUNT, what: 'memory', unit: 'bytes' },
  usual: '2GB',
  kind: 'peak',
  bytes: 4,
};
