import { isRectifier, readShape, weightsOf } from '../count.ts';
import { COUNT, type CostDefinition } from '../definition.ts';

/**
 * TinyNAS's own count. Sizes are res / 2ⁿ as real numbers; BatchNorm counts 2 and ReLU 1 per element; an
 * average-pooled shortcut counts `in` per input position, a projected one `out` per output position besides its MACs
 * and BatchNorm; squeeze-and-excitation counts nothing.
 */
export const tinynas: CostDefinition = {
  name: 'tinynas',
  doc: 'As TinyNAS counts, with sizes as res / 2ⁿ: the convention of the published MAE-DET searches.',
  formula: 'macs + 2 · (BatchNorm elements) + 1 · (ReLU elements) + shortcuts',
  synonyms: '',
  unit: 'count',
  convention: true,
  limit: { ...COUNT, what: 'tinynas (as TinyNAS counts)' },
  usual: '4.4G',
  kind: 'sum',
  of: (counted) => {
    const { node, image } = counted;
    const { operator, role, shape } = node;
    // TinyNAS counts backbones: what stands behind them has no count.
    if (role === 'squeeze-excite' || role === 'behind') return 0;
    const positions = (halvings: number): number => (image.height * image.width) / 4 ** halvings;
    const shortcut = role === 'shortcut';
    if (operator.op === 'conv')
      return (weightsOf(counted) + (shortcut ? shape.channels : 0)) * positions(shape.halvings);
    if (operator.op === 'avgpool') return shape.channels * positions(readShape(counted).halvings);
    if (operator.op === 'batchnorm') return 2 * shape.channels * positions(shape.halvings);
    return isRectifier(node) ? shape.channels * positions(shape.halvings) : 0;
  },
};
