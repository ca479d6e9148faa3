import { COUNT, type CostDefinition } from '../../../server/src/cost/definition.ts';

/** The peak of activations in float16: a second peak, with bytes of its own. */
export const toyPeak: CostDefinition = {
  name: 'toypeak',
  doc: 'Peak activation memory in float16.',
  formula: '2 bytes · the largest sum of elements alive at once',
  synonyms: 'halfmemory',
  unit: 'bytes',
  convention: false,
  limit: { ...COUNT, what: 'toypeak', unit: 'bytes' },
  usual: '1GB',
  kind: 'peak',
  bytes: 2,
};
