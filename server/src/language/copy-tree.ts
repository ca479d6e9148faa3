import {
  type CompositeCstNode,
  CompositeCstNodeImpl,
  type CstNode,
  type GenericAstNode,
  isCompositeCstNode,
  isLeafCstNode,
  isReference,
  type LeafCstNode,
  LeafCstNodeImpl,
  type Linker,
  type Mutable,
} from 'langium';
import type { LineTable } from './line-table.ts';
import { propertyNode } from './span.ts';

/** Where the parts of a copied tree stand in the new text, and who resolves its references. */
export interface CopyTarget {
  /** Added to every offset. */
  readonly shift: number;
  readonly lines: LineTable;
  readonly linker: Linker;
}

/** A part of a tree for another text that says the same at another place. The tree it is taken from stays as it is. */
export const copyTree = (part: CstNode, target: CopyTarget): CstNode => copyPart(part, target, []);

/** Puts a part into a concrete tree. */
export function adopt(part: CstNode, container: CompositeCstNode): CstNode {
  (part as { container: CompositeCstNode | undefined }).container = container;
  return part;
}

type Node = Mutable<GenericAstNode>;

/** @param nodes gets the copies of the nodes that belong to the part, for the node that contains it */
function copyPart(part: CstNode, target: CopyTarget, nodes: Node[]): CstNode {
  if (isLeafCstNode(part)) return copyLeaf(part, target);
  const copy = new CompositeCstNodeImpl();
  const composite = copy as CompositeCstNode;
  copy.grammarSource = part.grammarSource;
  if (!isCompositeCstNode(part)) return composite;
  const owner = part.astNode;
  const owned = owner.$cstNode === part;
  const contained = owned ? [] : nodes;
  for (const child of part.content) copy.content.push(adopt(copyPart(child, target, contained), composite));
  if (owned) {
    // Whatever else is known of a node is taken over; see memo.ts.
    const node: Node = { ...owner, $cstNode: composite };
    copy.astNode = node;
    fillNode(node, contained, target.linker);
    nodes.push(node);
  }
  return composite;
}

/** Puts the copies of what a node contains, and references of its own, in the place of the other tree's. */
function fillNode(node: Node, contained: readonly Node[], linker: Linker): void {
  for (const property in node) {
    const value = node[property];
    if (Array.isArray(value)) node[property] = [];
    else if (isReference(value)) {
      node[property] = linker.buildReference(node, property, propertyNode(node, property), value.$refText);
    }
  }
  for (const child of contained) {
    child.$container = node;
    const property = child.$containerProperty ?? '';
    const list = node[property];
    if (Array.isArray(list)) list.push(child);
    else node[property] = child;
  }
}

function copyLeaf(leaf: LeafCstNode, { shift, lines }: CopyTarget): CstNode {
  const start = leaf.offset + shift;
  const end = leaf.end + shift;
  const first = lines.at(start);
  const last = lines.at(Math.max(start, end - 1));
  const [from, to] = [start - lines.startOf(first), end - lines.startOf(last)];
  const copy = new LeafCstNodeImpl(start, leaf.length, first, from, last, to, leaf.tokenType, leaf.hidden);
  copy.grammarSource = leaf.grammarSource;
  return copy as CstNode;
}
