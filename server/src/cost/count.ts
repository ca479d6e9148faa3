import { convAt, type GraphNode, shapeAt } from '../graph/cell.ts';
import { elements } from '../graph/shapes.ts';
import type { CountedNode } from './definition.ts';

/** What a node reads first. */
export const readShape = ({ node, cell }: CountedNode) => shapeAt(cell, node.reads[0] ?? -1);

/** Elements that a node writes. */
export const written = ({ shape }: GraphNode): number => elements(shape);

/** Weights of a convolution, a deconvolution or a linear layer, without biases. */
export function weightsOf(counted: CountedNode): number {
  const { node, cell } = counted;
  const { operator } = node;
  const conv = convAt(cell, node);
  if (conv !== undefined)
    return (conv.from.channels / conv.operator.groups) * conv.operator.out * conv.operator.kernel ** 2;
  const { channels } = readShape(counted);
  if (operator.op === 'deconv') return channels * operator.out * operator.kernel ** 2;
  return operator.op === 'linear' ? channels * operator.out : 0;
}

/** Multiply–accumulates: each weight once per output position; of a deconvolution once per input position. */
export function macsOf(counted: CountedNode): number {
  const { node } = counted;
  const { height, width } = node.operator.op === 'deconv' ? readShape(counted) : node.shape;
  return weightsOf(counted) * height * width;
}

/** Biases that a convolution adds: one to each element that it writes. A linear layer's count in no convention. */
export const biasAdds = ({ node }: CountedNode): number => {
  const { operator } = node;
  return (operator.op === 'conv' || operator.op === 'deconv') && operator.bias ? written(node) : 0;
};

/** Whether an activation counts one per element, as a module of ReLU and its kin does and no smooth one. */
export const isRectifier = ({ operator, functional }: GraphNode): boolean =>
  operator.op === 'activation' &&
  functional !== true &&
  (operator.kind === 'relu' || operator.kind === 'relu6' || operator.kind === 'leaky');

/** Whether an operator pools, and so counts what it reads. */
export const isPool = ({ operator: { op }, functional }: GraphNode): boolean =>
  functional !== true && (op === 'maxpool' || op === 'avgpool' || op === 'globalpool');
