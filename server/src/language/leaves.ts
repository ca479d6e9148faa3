import { CstUtils } from 'langium';
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
export function leavesOf({ file, text }: ParsedFile): Leaf[] {
  const root = file.$cstNode;
  if (root === undefined) return [];
  // A byte-order mark is no white space to be changed.
  let after = text.startsWith('\uFEFF') ? 1 : 0;
  return [...CstUtils.flattenCst(root)].map((cst): Leaf => {
    const breaks = text.slice(after, cst.offset).match(BREAK)?.length ?? 0;
    const comment = COMMENTS[cst.tokenType.name];
    const leaf = { text: text.slice(cst.offset, cst.end), comment, start: cst.offset, end: cst.end, after, breaks };
    after = cst.end;
    return leaf;
  });
}

/** The line end that a text uses: that of its first line. */
export const lineEndOf = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
