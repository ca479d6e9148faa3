import {
  type AstNode,
  type CompositeCstNode,
  CompositeCstNodeImpl,
  type CstNode,
  type GenericAstNode,
  isAstNode,
  isCompositeCstNode,
  isLeafCstNode,
  isReference,
  type LeafCstNode,
  LeafCstNodeImpl,
  type Linker,
  type Mutable,
} from 'langium';
import type { LineTable } from './line-table.ts';
import { copyMemos } from './memo.ts';
import { propertyNode } from './span.ts';

/** Where the parts of a copied tree stand in the new text, and who resolves its references. */
export interface CopyTarget {
  /** Added to every offset. */
  readonly shift: number;
  readonly lines: LineTable;
  readonly linker: Linker;
}

/** A part of a tree for another text that says the same at another place. The tree it is taken from stays as it is. */
export const copyTree = (part: CstNode, target: CopyTarget): CstNode => copyPart(part, target, new Map());

/** Puts a part into a concrete tree. */
export function adopt(part: CstNode, container: CompositeCstNode): CstNode {
  (part as { container: CompositeCstNode | undefined }).container = container;
  return part;
}

function copyPart(part: CstNode, target: CopyTarget, copies: Map<AstNode, AstNode>): CstNode {
  if (isLeafCstNode(part)) return copyLeaf(part, target);
  const copy = new CompositeCstNodeImpl();
  const node = copy as CompositeCstNode;
  copy.grammarSource = part.grammarSource;
  if (!isCompositeCstNode(part)) return node;
  // What a node contains is copied before it, so that it finds the copies.
  copy.content = part.content.map((child) => adopt(copyPart(child, target, copies), node));
  const owner = part.astNode;
  if (owner.$cstNode === part) {
    const own: Mutable<GenericAstNode> = { $type: owner.$type, $cstNode: node };
    copy.astNode = own;
    copies.set(owner, own);
    copyProperties(owner as GenericAstNode, own, target.linker, copies);
    copyMemos(owner, own);
  }
  return node;
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

/** The properties of a node, around the copies of what it contains. */
function copyProperties(
  from: GenericAstNode,
  to: Mutable<GenericAstNode>,
  linker: Linker,
  copies: ReadonlyMap<AstNode, AstNode>,
): void {
  const contain = (child: unknown, property: string, index?: number): unknown => {
    const copy: Mutable<AstNode> | undefined = isAstNode(child) ? copies.get(child) : undefined;
    if (copy === undefined) return child;
    copy.$container = to;
    copy.$containerProperty = property;
    if (index !== undefined) copy.$containerIndex = index;
    return copy;
  };
  for (const property in from) {
    if (property.startsWith('$')) continue;
    const value = from[property];
    if (Array.isArray(value)) to[property] = value.map((item, index) => contain(item, property, index));
    else if (isReference(value)) {
      to[property] = linker.buildReference(to, property, propertyNode(to, property), value.$refText);
    } else to[property] = contain(value, property);
  }
}
