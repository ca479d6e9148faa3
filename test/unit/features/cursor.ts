import type { Position } from 'vscode-languageserver-types';
import { type Snapshot, snapshotOf } from '../../../server/src/features/snapshot.ts';

/** A text with the place of a cursor in it, which is no part of the language. */
export const CURSOR = '‸';

export interface At {
  readonly text: string;
  readonly offset: number;
  readonly snapshot: Snapshot;
  readonly position: Position;
}

/** Reads `stage C2 con‸`: the text without the mark, and the place where it stood. */
export function at(marked: string): At {
  const offset = marked.indexOf(CURSOR);
  if (offset < 0) throw new Error(`the text has no cursor mark ${CURSOR}`);
  return atOffset(marked.replace(CURSOR, ''), offset);
}

export function atOffset(text: string, offset: number): At {
  const snapshot = snapshotOf(text);
  return { text, offset, snapshot, position: snapshot.document.positionAt(offset) };
}

/** The text with « and » around the ranges, in any order: what a person would see selected. */
export function marked(
  snapshot: Snapshot,
  ranges: readonly { readonly start: Position; readonly end: Position }[],
): string {
  const { document } = snapshot;
  const places = ranges.flatMap((range) => [
    { offset: document.offsetAt(range.start), mark: '«' },
    { offset: document.offsetAt(range.end), mark: '»' },
  ]);
  places.sort((a, b) => b.offset - a.offset || (a.mark < b.mark ? 1 : -1));
  return places.reduce(
    (text, { offset, mark }) => text.slice(0, offset) + mark + text.slice(offset),
    document.getText(),
  );
}
