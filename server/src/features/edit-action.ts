import { type CodeAction, CodeActionKind, type Range, type TextEdit } from 'vscode-languageserver-types';
import type { Backbone } from '../backbone/backbone.ts';
import { lineEndOf } from '../language/leaves.ts';
import type { Span } from '../language/problem.ts';
import type { BackboneSource } from '../language/read-backbone.ts';
import { type Edit, rewriteBackbone } from '../language/rewrite.ts';
import { rangeOf, type Snapshot } from './snapshot.ts';

export function quickFix(snapshot: Snapshot, title: string, edits: readonly Edit[], preferred: boolean): CodeAction {
  return editAction(snapshot, title, CodeActionKind.QuickFix, edits, preferred);
}

/** An action that turns a backbone of the text into another design by the fewest edits. */
export function designAction(
  snapshot: Snapshot,
  title: string,
  kind: CodeActionKind,
  source: BackboneSource,
  to: Backbone,
  preferred = false,
): CodeAction {
  return editAction(snapshot, title, kind, rewriteBackbone(source, to), preferred);
}

/** The edit carries the version it was made for, so that it never lands in a text that moved on. */
export function editAction(
  snapshot: Snapshot,
  title: string,
  kind: CodeActionKind,
  edits: readonly Edit[],
  preferred: boolean,
): CodeAction {
  const { uri, version } = snapshot.document;
  const documentChanges = [{ textDocument: { uri, version }, edits: textEdits(snapshot, edits) }];
  return { title, kind, edit: { documentChanges }, ...(preferred ? { isPreferred: true } : {}) };
}

/** A declaration or a line goes with its line end; a part of a line with the comma and space before it. */
export function removal(text: string, span: Span): Edit {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const lineEnd = text.indexOf('\n', span.end);
  const alone =
    text.slice(lineStart, span.start).trim() === '' &&
    text.slice(span.end, lineEnd < 0 ? undefined : lineEnd).trim() === '';
  if (alone) return { span: { start: lineStart, end: lineEnd < 0 ? text.length : lineEnd + 1 }, text: '' };
  const comma = /,\s*$/.exec(text.slice(0, span.start));
  return { span: { start: span.start - (comma?.[0].length ?? 0), end: span.end }, text: '' };
}

/** A line of its own before what begins its line, indented as that is; otherwise a few words more on the same line. */
export function lineBefore(snapshot: Snapshot, at: number, line: string): Edit {
  const text = snapshot.document.getText();
  const indent = /(?:^|[\r\n])([^\S\r\n]*)$/.exec(text.slice(0, at))?.[1];
  const span = { start: at, end: at };
  if (indent === undefined) return { span, text: `${line} ` };
  const closes = text[at] === '}' ? '  ' : '';
  return { span, text: `${closes}${line}${lineEndOf(text)}${indent}` };
}

export const textEdits = (snapshot: Snapshot, edits: readonly Edit[]): TextEdit[] =>
  edits.map((edit) => ({ range: rangeOf(snapshot, edit.span), newText: edit.text }));

/** Whether two ranges share a position; touching counts, as a cursor at a word's end does. */
export function overlaps(a: Range, b: Range): boolean {
  const before = (p: Range['start'], q: Range['start']): boolean =>
    p.line < q.line || (p.line === q.line && p.character < q.character);
  return !before(a.end, b.start) && !before(b.end, a.start);
}
