import type { Cell, GraphNode } from '../graph/cell.ts';
import type { Shape } from '../graph/shapes.ts';
import { type Move, runAs } from './layout.ts';
import { type Operation, operationOf } from './operation.ts';
import type { Profile } from './profile.ts';

/** What is added to the name of an operator that runs on maps which are not in the kernels' blocks of channels. */
export const PLAIN_SUFFIX = ' plain';

/** A node with what a runtime does for it. */
export interface RunOperations {
  readonly node: GraphNode;
  /** Undefined where it is done together with the convolution before it. */
  readonly operation: Operation | undefined;
  /** Maps that are brought from one layout into the other. */
  readonly moves: readonly Operation[];
}

/** What a runtime does for each node of a cell, in the order of the nodes. */
export function operationsOf(
  cell: Cell,
  image: Shape,
  rules: Pick<Profile, 'channelBlock' | 'fused' | 'layout'>,
): RunOperations[] {
  const runs = runAs(cell, rules);
  return cell.nodes.map((node, index) => {
    const { fused = false, plain = false, moves = [] } = runs[index] ?? {};
    const operation = operationOf({ node, cell, image });
    const named = plain ? { ...operation, op: `${operation.op}${PLAIN_SUFFIX}` } : operation;
    return { node, operation: fused ? undefined : named, moves: moves.map(moved) };
  });
}

const moved = ({ op, shape: { channels, height, width } }: Move): Operation => ({
  ...{ op, kernel: 1, stride: 1, grouping: 'one', groups: 1 },
  ...{ in: channels, out: channels, height, width },
});
