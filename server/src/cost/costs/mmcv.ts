import { elements } from '../../graph/shapes.ts';
import { biasAdds, isPool, isRectifier, macsOf, readShape, written } from '../count.ts';
import { COUNT, type CostDefinition } from '../definition.ts';

export const mmcv: CostDefinition = {
  name: 'mmcv',
  doc: 'As mmdetection’s published numbers count.',
  formula: 'macs + (biases added) + 2 · (norm elements) + 1 · (ReLU elements) + (pooling inputs)',
  synonyms: '',
  unit: 'count',
  convention: true,
  limit: { ...COUNT, what: 'mmcv (as mmdetection counts)' },
  usual: '4.4G',
  kind: 'sum',
  of: (counted) => {
    const { node } = counted;
    const { op } = node.operator;
    if (op === 'batchnorm' || op === 'groupnorm') return 2 * written(node);
    if (isRectifier(node)) return written(node);
    return isPool(node) ? elements(readShape(counted)) : macsOf(counted) + biasAdds(counted);
  },
};
