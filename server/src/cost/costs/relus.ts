import type { Cell, GraphNode } from '../../graph/cell.ts';
import { written } from '../count.ts';
import type { CostDefinition } from '../definition.ts';

/** Whether a node's activation stands behind a convolution, with nothing but norms between. Gates are none: they scale. */
function activatesConvolution(cell: Cell, { operator, reads }: GraphNode): boolean {
  if (operator.op !== 'activation' || operator.kind === 'sigmoid') return false;
  let before = cell.nodes[reads[0] ?? -1];
  while (before?.operator.op === 'batchnorm' || before?.operator.op === 'groupnorm')
    before = cell.nodes[before.reads[0] ?? -1];
  return before?.operator.op === 'conv';
}

/** Outputs of activated convolutions, which the objective `robust` reads; no budget limits it. */
export const relus: CostDefinition = {
  name: 'relus',
  doc: 'ReLU elements: outputs of the convolutions that an activation follows.',
  formula: 'Σ out · height · width of activated convolutions',
  synonyms: 'reluelements relucount',
  unit: 'count',
  convention: false,
  limit: undefined,
  usual: '',
  kind: 'sum',
  of: ({ node, cell }) => (activatesConvolution(cell, node) ? written(node) : 0),
};
