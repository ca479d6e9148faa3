import { biasAdds, macsOf, written } from '../count.ts';
import { COUNT, type CostDefinition } from '../definition.ts';

export const thop: CostDefinition = {
  name: 'thop',
  doc: 'As the thop package counts: BatchNorm too.',
  formula: 'macs + (biases added) + 2 · (elements after each BatchNorm)',
  synonyms: '',
  unit: 'count',
  convention: true,
  limit: { ...COUNT, what: 'thop (multiply–accumulates and BatchNorm)' },
  usual: '4.4G',
  kind: 'sum',
  of: (counted) => {
    const norm = counted.node.operator.op === 'batchnorm' ? 2 * written(counted.node) : 0;
    return macsOf(counted) + biasAdds(counted) + norm;
  },
};
