import type { Piece, Row } from './format-rows.ts';

/** A comment after code, where it stood in the text and how far the code before it now reaches. */
interface Trailing {
  readonly comment: Piece;
  readonly column: number;
  readonly gap: number;
  readonly codeEnd: number;
  readonly declaration: number;
}

/** Up to here a comment was put after its code, beyond it into a column. */
const ATTACHED = 2;

/**
 * Comments after code keep the column that a person put them in, as long as the code leaves room: those that stood in
 * one column of a declaration move right together, and one that simply followed its code keeps its distance.
 */
export function alignTrailingComments(rows: readonly Row[], text: string): void {
  const trailing = rows.flatMap((row) => trailingOf(row, text) ?? []);
  const columns = Map.groupBy(trailing, (t) => `${t.declaration} ${t.column}`);
  for (const members of columns.values()) {
    const [first] = members;
    if (first === undefined) continue;
    const kept = Math.max(first.column, ...members.map((t) => t.codeEnd + 1));
    const attached = members.length === 1 && first.gap <= ATTACHED;
    for (const { comment, codeEnd, gap } of members) comment.spaces = attached ? gap : kept - codeEnd;
  }
}

function trailingOf(row: Row, text: string): Trailing | undefined {
  const at = row.pieces.findLastIndex((piece) => piece.leaf.comment === undefined) + 1;
  const comment = row.pieces[at];
  if (at === 0 || comment === undefined) return undefined;
  const { leaf } = comment;
  const code = row.pieces.slice(0, at);
  const lineBreak = Math.max(text.lastIndexOf('\n', leaf.start - 1), text.lastIndexOf('\r', leaf.start - 1));
  // A byte-order mark takes no column.
  const lineStart = lineBreak < 0 && text.startsWith('\uFEFF') ? 1 : lineBreak + 1;
  const line = text.slice(lineStart, leaf.start);
  const gap = leaf.start - leaf.after;
  const codeEnd = code.reduce((width, piece) => width + piece.spaces + piece.leaf.text.length, 0);
  // Columns mean nothing behind tabs and comments of several lines.
  const columns = !line.includes('\t') && code.every((piece) => !/[\r\n]/.test(piece.leaf.text));
  const column = columns ? leaf.start - lineStart : -leaf.start;
  return {
    comment,
    column,
    gap: Math.max(1, columns ? gap : Math.min(gap, ATTACHED)),
    codeEnd,
    declaration: row.declaration,
  };
}
