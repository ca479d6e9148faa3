import type { Position, TextEdit } from 'vscode-languageserver-types';
import { formatEdits } from '../language/format.ts';
import { contains, spanOf } from '../language/span.ts';
import { textEdits } from './edit-action.ts';
import { offsetAt, type Snapshot } from './snapshot.ts';

/** Characters after which an editor asks, if its user wants that. */
export const ON_TYPE_TRIGGERS = ['}', '\n'] as const;

/**
 * The layout of the declaration that is being typed, after a line or the whole of it is finished. The white space around
 * the cursor stays: it is where the next word goes.
 */
export function formatOnType(snapshot: Snapshot, position: Position): TextEdit[] {
  const { parsed } = snapshot.design;
  const offset = offsetAt(snapshot, position);
  const declaration = parsed.file.declarations.map(spanOf).find((span) => contains(span, offset));
  if (declaration === undefined) return [];
  const edits = formatEdits(parsed).filter(({ span }) => {
    const inside = declaration.start <= span.start && span.start < declaration.end;
    return inside && !contains(span, offset);
  });
  return textEdits(snapshot, edits);
}
