import { weightsOf } from '../count.ts';
import { COUNT, type CostDefinition, type CountedNode } from '../definition.ts';

/** Weights of convolutions alone; shared ones once. */
export const weights: CostDefinition = {
  name: 'weights',
  doc: 'Weights of the convolutions, without BatchNorm.',
  formula: 'Σ (in / groups) · out · k²',
  synonyms: '',
  unit: 'count',
  convention: false,
  limit: undefined,
  usual: '',
  kind: 'sum',
  of: (counted) => (counted.node.operator.op === 'linear' ? 0 : ownWeights(counted)),
};

const ownWeights = (counted: CountedNode): number => (counted.node.shared === true ? 0 : weightsOf(counted));

/** Scale and shift of a norm, or a bias: one or two per channel; one factor in all where something is scaled by that. */
const perChannel = ({ node: { operator, shape, shared } }: CountedNode): number => {
  if (shared === true) return 0;
  if (operator.op === 'scale') return 1;
  if (operator.op === 'batchnorm' || operator.op === 'groupnorm') return 2 * shape.channels;
  const biased = operator.op === 'conv' || operator.op === 'deconv' || operator.op === 'linear';
  return biased && operator.bias ? shape.channels : 0;
};

export const params: CostDefinition = {
  name: 'params',
  doc: 'Parameters: convolution weights and BatchNorm.',
  formula: 'Σ (in / groups) · out · k² + 2 · out',
  synonyms: 'param parameter parameters nparams numparams weights mparams modelsize size',
  unit: 'count',
  convention: false,
  limit: { ...COUNT, what: 'params' },
  usual: '25M',
  kind: 'sum',
  of: (counted) => ownWeights(counted) + perChannel(counted),
};
