import type { Ref } from '../../../graph/cell.ts';
import { type Bone, type Pattern, readersOf, type Skeleton, sameOperator, sameSize, someReaders } from './skeleton.ts';

/** A pattern that was found in a network: the node that each of its nodes is. */
export interface Match {
  readonly nodes: readonly number[];
  readonly output: Ref;
}

/** No block has so many readers of one tensor, and no search for one takes so many steps. */
const MOST_READERS = 64;
const MOST_STEPS = 2_000;

export interface MatchOptions {
  /** Nodes that other blocks have already. */
  readonly used: Uint8Array;
  /** Tensors that the network hands on: a block may end in one, not pass over it. */
  readonly ends: ReadonlySet<Ref>;
  /** No node before this one is looked at: the blocks before it are found. */
  readonly since?: number;
  /** Compares channels, and not heights and widths. */
  readonly loose?: boolean;
}

/**
 * Finds a pattern that begins at a tensor: nodes that compute the same, read the same and have the same shapes, of which
 * nothing but the last is read from outside.
 */
export function match(net: Skeleton, pattern: Pattern, from: Ref, options: MatchOptions): Match | undefined {
  const nodes: number[] = [];
  let steps = 0;
  const at = (ref: Ref): Ref => (ref < 0 ? from : (nodes[ref] ?? from));
  const find = (): boolean => {
    const bone = pattern.bones[nodes.length];
    if (bone === undefined) return isClosed(net, nodes, at(pattern.output), options.ends);
    const reads = bone.reads.map(at);
    for (const candidate of someReaders(net, reads[0] ?? from, options.since ?? 0, MOST_READERS)) {
      steps += 1;
      if (steps > MOST_STEPS) return false;
      if (options.used[candidate] === 1 || nodes.includes(candidate)) continue;
      const other = net.bones[candidate];
      if (other === undefined || !isAlike(bone, other, reads, options.loose === true)) continue;
      nodes.push(candidate);
      if (find()) return true;
      nodes.pop();
    }
    return false;
  };
  return find() ? { nodes, output: at(pattern.output) } : undefined;
}

function isAlike(ours: Bone, theirs: Bone, reads: readonly Ref[], loose: boolean): boolean {
  if (!sameOperator(ours.operator, theirs.operator)) return false;
  if (loose ? ours.shape.channels !== theirs.shape.channels : !sameSize(ours.shape, theirs.shape)) return false;
  if (reads.length !== theirs.reads.length) return false;
  // What is added has no order.
  const [a, b] = ours.operator.op === 'sum' ? [inOrder(reads), inOrder(theirs.reads)] : [reads, theirs.reads];
  return a.every((ref, i) => ref === b[i]);
}

const inOrder = (refs: readonly Ref[]): readonly Ref[] => [...refs].sort((a, b) => a - b);

function isClosed(net: Skeleton, nodes: readonly number[], output: Ref, ends: ReadonlySet<Ref>): boolean {
  return nodes.every((node) => {
    if (node === output) return true;
    const readers = readersOf(net, node);
    return !ends.has(node) && readers.length <= MOST_READERS && readers.every((reader) => nodes.includes(reader));
  });
}
