import { alignColumns } from './format-columns.ts';
import { alignTrailingComments } from './format-comments.ts';
import { type Piece, rowsOf } from './format-rows.ts';
import { atOnce, type InParts } from './in-parts.ts';
import { lineEndOf } from './leaves.ts';
import { type ParsedFile, parse } from './parse.ts';
import { applyEdits, type Edit } from './rewrite.ts';

/**
 * The edits that bring a text into its canonical layout. Only white space between tokens and comments changes, so
 * neither can be lost; every edit replaces one such gap. A text with syntax errors is left alone.
 */
export const formatEdits = (parsed: ParsedFile): Edit[] => atOnce(formatParts(parsed));

/** The same in parts, for a long text. */
export function* formatParts(parsed: ParsedFile): InParts<Edit[]> {
  if (parsed.problems.length > 0) return [];
  const rows = rowsOf(parsed);
  if (rows.length === 0) return [];
  yield;
  alignColumns(rows, parsed);
  yield;
  alignTrailingComments(rows, parsed.text);
  yield;
  const lineEnd = lineEndOf(parsed.text);
  const edits = rows.flatMap((row, index) =>
    row.pieces.map((piece, at) => edit(piece, at > 0 || index === 0 ? 0 : row.blank ? 2 : 1, lineEnd)),
  );
  const end = rows[rows.length - 1]?.pieces.at(-1)?.leaf.end ?? 0;
  edits.push({ span: { start: end, end: parsed.text.length }, text: lineEnd });
  return edits.filter(({ span, text }) => plain(parsed.text.slice(span.start, span.end)) !== plain(text));
}

/** A text in its canonical layout; as it is while it has syntax errors. */
export const format = (text: string): string => applyEdits(text, formatEdits(parse(text)));

const edit = ({ leaf, spaces }: Piece, breaks: number, lineEnd: string): Edit => ({
  span: { start: leaf.after, end: leaf.start },
  text: lineEnd.repeat(breaks) + ' '.repeat(spaces),
});

/** Line ends that differ from the file's first are not worth an edit. */
const plain = (space: string): string => space.replaceAll(/\r\n?/g, '\n');
