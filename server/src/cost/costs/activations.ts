import { written } from '../count.ts';
import { COUNT, type CostDefinition } from '../definition.ts';

/** Radosavovic et al., "On Network Design Spaces for Visual Recognition", ICCV 2019: what predicts run time best. */
export const activations: CostDefinition = {
  name: 'activations',
  doc: 'Elements of all convolutions’ outputs: what run time on accelerators follows more closely than MACs (RegNet).',
  formula: 'Σ out · height · width',
  synonyms: 'acts activation outputs featuremaps',
  unit: 'count',
  convention: false,
  limit: { ...COUNT, what: 'activations' },
  usual: '11M',
  kind: 'sum',
  of: ({ node }) => (node.operator.op === 'conv' ? written(node) : 0),
};
