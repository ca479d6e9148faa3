import { COUNT, type CostDefinition } from '../../../server/src/cost/definition.ts';

export const toyCost: CostDefinition = {
  name: 'toycost',
  doc: 'Ten for each channel that a convolution writes.',
  formula: 'Σ 10 · out',
  synonyms: 'toys',
  unit: 'bytes',
  convention: false,
  limit: { ...COUNT, what: 'toycost', unit: 'bytes' },
  usual: '1kB',
  kind: 'sum',
  of: ({ node: { operator, shape } }) => (operator.op === 'conv' ? 10 * shape.channels : 0),
};
