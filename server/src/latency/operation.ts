import type { CountedNode } from '../cost/definition.ts';
import { convAt, type GraphNode, shapeAt } from '../graph/cell.ts';
import type { Grouping } from './profile.ts';

/** One operator as a device sees it: what decides the time that it takes. */
export interface Operation {
  /** `conv`, the kind of an activation, or the operator's name. */
  readonly op: string;
  readonly kernel: number;
  readonly stride: number;
  readonly grouping: Grouping;
  readonly groups: number;
  readonly in: number;
  readonly out: number;
  /** Of the map that is read. */
  readonly height: number;
  readonly width: number;
}

/** What an operator is called in a profile. */
export const operationName = ({ operator }: GraphNode): string =>
  operator.op === 'activation' ? operator.kind : operator.op;

/** The operation that a node is. */
export function operationOf({ node, cell }: CountedNode): Operation {
  const { operator } = node;
  const from = shapeAt(cell, node.reads[0] ?? -1);
  const conv = convAt(cell, node);
  const groups = conv?.operator.groups ?? 1;
  return {
    op: operationName(node),
    kernel: 'kernel' in operator ? operator.kernel : 1,
    stride: 'stride' in operator ? operator.stride : 1,
    grouping: groupingOf(groups, from.channels, node.shape.channels),
    groups,
    in: from.channels,
    out: node.shape.channels,
    height: from.height,
    width: from.width,
  };
}

export const groupingOf = (groups: number, read: number, written: number): Grouping =>
  groups === 1 ? 'one' : groups === read && groups === written ? 'each' : 'several';

/** Whether an operation is a sum of products over channels, whose work is counted in multiply–accumulates. */
export const isProductSum = ({ op }: Pick<Operation, 'op'>): boolean =>
  op === 'conv' || op === 'conv plain' || op === 'deconv' || op === 'linear';

/**
 * How much an operation does: multiply–accumulates in / groups · out · k² · ⌈height / stride⌉ · ⌈width / stride⌉ of a
 * whichever is more.
 */
export function workOf(operation: Operation): number {
  const { op, kernel, stride, groups, in: read, out, height, width } = operation;
  const positions = Math.ceil(height / stride) * Math.ceil(width / stride);
  if (op === 'conv' || op === 'conv plain') return (read / groups) * out * kernel ** 2 * positions;
  if (op === 'deconv') return read * out * kernel ** 2 * height * width;
  if (op === 'linear') return read * out * height * width;
  return Math.max(read * height * width, out * positions);
}
