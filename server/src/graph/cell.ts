import type { Operator } from './operator.ts';
import type { Shape } from './shapes.ts';

/**
 * What a node is to its block. Convolutions on the `main` path are layers; those of a `shortcut`, of `squeeze-excite`, and of
 * what stands `behind` a backbone are not (docs/method.md 1, 5).
 */
export type Role = 'main' | 'shortcut' | 'squeeze-excite' | 'behind';

/** A tensor in a cell: the index of the node that makes it, or −1 − i for the i-th input of the cell. */
export type Ref = number;

export const inputRef = (index: number): Ref => -1 - index;

export interface GraphNode {
  readonly operator: Operator;
  readonly reads: readonly Ref[];
  readonly role: Role;
  readonly shape: Shape;
  /** Its weights are those of another node, with which they are counted: heads read every level with the same ones. */
  readonly shared?: true;
  /** Called as a function: whoever counts by looking at modules, as mmcv does, does not see it. */
  readonly functional?: true;
}

export type Marks = Pick<GraphNode, 'shared' | 'functional'>;

/**
 * A piece of a network that repeats: one block, or what brings tensors together before it. Its nodes are in the order in
 * which they run. Cells are immutable, and the same object stands for all that are alike, so that what is known of one
 * is known of all.
 */
export interface Cell {
  readonly inputs: readonly Shape[];
  readonly nodes: readonly GraphNode[];
  readonly output: Ref;
}

export const shapeAt = (cell: Pick<Cell, 'inputs' | 'nodes'>, ref: Ref): Shape => {
  const shape = ref < 0 ? cell.inputs[-1 - ref] : cell.nodes[ref]?.shape;
  if (shape === undefined) throw new Error(`a cell has no tensor ${ref}`);
  return shape;
};

export const outputShape = (cell: Cell): Shape => shapeAt(cell, cell.output);

/** A convolution with what it reads and writes. */
export interface PlacedConv {
  readonly node: GraphNode;
  readonly operator: Extract<Operator, { op: 'conv' }>;
  readonly from: Shape;
  readonly to: Shape;
}

/** The convolution that a node is, if it is one. */
export function convAt(cell: Cell, node: GraphNode): PlacedConv | undefined {
  const { operator, shape } = node;
  if (operator.op !== 'conv') return undefined;
  return { node, operator, from: shapeAt(cell, node.reads[0] ?? inputRef(0)), to: shape };
}

/** in / groups · k²: how many weights one output of a convolution sums over. */
export const fanIn = ({ operator, from }: PlacedConv): number =>
  (from.channels / operator.groups) * operator.kernel * operator.kernel;
