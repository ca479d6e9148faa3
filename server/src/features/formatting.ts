import type { Range, TextEdit } from 'vscode-languageserver-types';
import { formatEdits, formatParts } from '../language/format.ts';
import { atOnce, type InParts } from '../language/in-parts.ts';
import { textEdits } from './edit-action.ts';
import { offsetAt, type Snapshot } from './snapshot.ts';

/** The whole document in its canonical layout; nothing while it has syntax errors. */
export const formatDocument = (snapshot: Snapshot): TextEdit[] => atOnce(formatDocumentParts(snapshot));

/** The same in parts, for a long text. */
export function* formatDocumentParts(snapshot: Snapshot): InParts<TextEdit[]> {
  const edits = yield* formatParts(snapshot.design.parsed);
  yield;
  return textEdits(snapshot, edits);
}

/** The edits that begin or end within a range. Columns are those of the whole document, so parts agree with the whole. */
export function formatRange(snapshot: Snapshot, range: Range): TextEdit[] {
  const start = offsetAt(snapshot, range.start);
  const end = offsetAt(snapshot, range.end);
  const inside = formatEdits(snapshot.design.parsed).filter(({ span }) => span.end >= start && span.start <= end);
  return textEdits(snapshot, inside);
}
