import { type CstNode, isCompositeCstNode, isLeafCstNode, type LeafCstNode } from 'langium';
import type { ParsedFile } from './parse.ts';
import type { Span } from './problem.ts';

/** A token or comment with what stands before it: together the leaves are the whole text but for white space. */
export interface Leaf extends Span {
  readonly text: string;
  readonly comment: 'line' | 'block' | undefined;
  /** End of the leaf before it: the white space between them is what a formatter may change. */
  readonly after: number;
  /** Line breaks in that white space. */
  readonly breaks: number;
}

const BREAK = /\r\n|\n|\r/g;
const COMMENTS: Readonly<Record<string, Leaf['comment']>> = { LINE_COMMENT: 'line', BLOCK_COMMENT: 'block' };

/** The leaves of a text that was parsed without errors, in order. */
export const leavesOf = (parsed: ParsedFile): Leaf[] => leavesWhere(parsed, () => true);

/** Those that are comments: next to none, where there are very many leaves. */
export const commentsOf = (parsed: ParsedFile): Leaf[] => leavesWhere(parsed, ({ hidden }) => hidden);

function leavesWhere({ file, text }: ParsedFile, wanted: (cst: LeafCstNode) => boolean): Leaf[] {
  // A byte-order mark is no white space to be changed.
  let after = text.startsWith('\uFEFF') ? 1 : 0;
  const leaves: Leaf[] = [];
  visitLeaves(file.$cstNode, (cst) => {
    const { offset: start, end } = cst;
    if (wanted(cst)) {
      const breaks = text.slice(after, start).match(BREAK)?.length ?? 0;
      leaves.push({ text: text.slice(start, end), comment: COMMENTS[cst.tokenType.name], start, end, after, breaks });
    }
    after = end;
  });
  return leaves;
}

/** Visits the leaves of a tree in their order; those that are in reach of a part of the text, where one is given. */
export function visitLeaves(cst: CstNode | undefined, visit: (leaf: LeafCstNode) => void, part?: Span): void {
  if (cst === undefined || (part !== undefined && (cst.end < part.start || cst.offset > part.end))) return;
  if (isCompositeCstNode(cst)) for (const child of cst.content) visitLeaves(child, visit, part);
  else if (isLeafCstNode(cst)) visit(cst);
}

/** The line end that a text uses: that of its first line. */
export const lineEndOf = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
