import type { Range, TextEdit } from 'vscode-languageserver-types';
import { formatEdits } from '../language/format.ts';
import { textEdits } from './edit-action.ts';
import { offsetAt, type Snapshot } from './snapshot.ts';

/** The whole document in its canonical layout; nothing while it has syntax errors. */
export const formatDocument = (snapshot: Snapshot): TextEdit[] =>
  textEdits(snapshot, formatEdits(snapshot.design.parsed));

/** The edits that begin or end within a range. Columns are those of the whole document, so parts agree with the whole. */
export function formatRange(snapshot: Snapshot, range: Range): TextEdit[] {
  const start = offsetAt(snapshot, range.start);
  const end = offsetAt(snapshot, range.end);
  const inside = formatEdits(snapshot.design.parsed).filter(({ span }) => span.end >= start && span.start <= end);
  return textEdits(snapshot, inside);
}
