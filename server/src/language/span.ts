import { type AstNode, type CstNode, GrammarUtils } from 'langium';
import type { Span } from './problem.ts';

const NOWHERE: Span = { start: 0, end: 0 };
const ofCst = (cst: CstNode | undefined): Span | undefined =>
  cst === undefined ? undefined : { start: cst.offset, end: cst.end };

/** The text of a node, without the comments around it. */
export const spanOf = (node: AstNode): Span => ofCst(node.$cstNode) ?? NOWHERE;

/** The text of one property, or the first word of the node where the parser had to guess and the property is missing. */
export function propertySpan(node: AstNode, property: string): Span {
  return ofCst(GrammarUtils.findNodeForProperty(node.$cstNode, property)) ?? firstWord(node);
}

/** The first token of a node: its keyword, or the name that begins it. */
export function firstWord(node: AstNode): Span {
  const text = node.$cstNode?.text ?? '';
  const { start } = spanOf(node);
  return { start, end: start + (/^\S[\p{L}\p{N}_-]*/u.exec(text)?.[0].length ?? 0) };
}

export const contains = (span: Span, offset: number): boolean => span.start <= offset && offset <= span.end;

/** A node as the parser may have recovered it: any single property can be missing, lists cannot. */
export type Recovered<T> = { readonly [K in keyof T]: T[K] extends readonly unknown[] ? T[K] : T[K] | undefined };
export const recovered = <T extends AstNode>(node: T): Recovered<T> => node;
