import { COUNT, type CostDefinition } from '../definition.ts';

export const layers: CostDefinition = {
  name: 'layers',
  doc: 'Convolutions on the main path; projections of shortcuts are not layers.',
  formula: 'Σ convolutions',
  synonyms: 'layer depth numlayers nlayers convs convolutions',
  unit: 'layers',
  convention: false,
  limit: { ...COUNT, what: 'layers', max: 100_000 },
  usual: '91',
  kind: 'sum',
  of: ({ node: { operator, role } }) => (operator.op === 'conv' && role === 'main' ? 1 : 0),
};
