import { macsOf } from '../count.ts';
import { COUNT, type CostDefinition } from '../definition.ts';

export const macs: CostDefinition = {
  name: 'macs',
  doc: 'Multiply–accumulates of the convolutions only, as fvcore counts.',
  formula: 'Σ (in / groups) · out · k² · height · width',
  synonyms:
    'mac gmacs mmacs flop flops gflops mflops gflop mflop madd madds multadds multiplyadds multiplyaccumulates compute',
  unit: 'count',
  convention: true,
  limit: { ...COUNT, what: 'macs (multiply–accumulates)' },
  usual: '4.4G',
  kind: 'sum',
  of: macsOf,
};
