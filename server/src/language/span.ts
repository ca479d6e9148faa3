import { type AstNode, AstUtils, type CstNode, GrammarAST, isCompositeCstNode } from 'langium';
import type { Span } from './problem.ts';

const NOWHERE: Span = { start: 0, end: 0 };
const ofCst = (cst: CstNode | undefined): Span | undefined =>
  cst === undefined ? undefined : { start: cst.offset, end: cst.end };

/** The text of a node, without the comments around it. */
export const spanOf = (node: AstNode): Span => ofCst(node.$cstNode) ?? NOWHERE;

/** The text of one property, or the first word of the node where the parser had to guess and the property is missing. */
export function propertySpan(node: AstNode, property: string): Span {
  return ofCst(propertyNode(node, property)) ?? firstWord(node);
}

/** The first part of a node that was assigned to a property. */
export const propertyNode = (node: AstNode, property: string): CstNode | undefined =>
  nodeOf(node.$cstNode, node, property);

function nodeOf(cst: CstNode | undefined, owner: AstNode, property: string): CstNode | undefined {
  if (cst === undefined || !isCompositeCstNode(cst)) return undefined;
  for (const part of cst.content) {
    const assigned = assignedProperty(part.grammarSource);
    if (assigned === property) return part;
    // The part of a rule that was called without an assignment belongs to the same node.
    if (assigned === undefined && isCompositeCstNode(part) && part.astNode === owner) {
      const found = nodeOf(part, owner, property);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The property that an element of the grammar assigns to: asked for so often that the grammar is climbed once for each. */
const assigned = new WeakMap<GrammarAST.AbstractElement, { readonly property: string | undefined }>();

function assignedProperty(source: GrammarAST.AbstractElement | undefined): string | undefined {
  if (source === undefined) return undefined;
  let known = assigned.get(source);
  if (known === undefined) {
    known = { property: AstUtils.getContainerOfType(source, GrammarAST.isAssignment)?.feature };
    assigned.set(source, known);
  }
  return known.property;
}

const FIRST_WORD = /\S[\p{L}\p{N}_-]*/uy;

/** The first token of a node: its keyword, or the name that begins it. */
export function firstWord(node: AstNode): Span {
  const cst = node.$cstNode;
  if (cst === undefined) return NOWHERE;
  const start = cst.offset;
  FIRST_WORD.lastIndex = start;
  FIRST_WORD.test(cst.root.fullText);
  return { start, end: Math.max(start, Math.min(FIRST_WORD.lastIndex, cst.end)) };
}

export const contains = (span: Span, offset: number): boolean => span.start <= offset && offset <= span.end;

/** A node as the parser may have recovered it: any single property can be missing, lists cannot. */
export type Recovered<T> = { readonly [K in keyof T]: T[K] extends readonly unknown[] ? T[K] : T[K] | undefined };
export const recovered = <T extends AstNode>(node: T): Recovered<T> => node;
