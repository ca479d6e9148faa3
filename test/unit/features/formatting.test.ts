import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { formatDocument, formatRange } from '../../../server/src/features/formatting.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';

const TEXT = 'search {\r\n seed   1\r\n   population   4 // many\r\n}\r\n';

test('edits touch only the spaces that change', () => {
  const snapshot = snapshotOf(TEXT);
  const edits = formatDocument(snapshot);
  expect(edits.map((e) => [e.range.start.line, e.range.start.character, e.newText])).toEqual([
    [0, 8, '\r\n  '],
    [1, 5, ' '],
    [1, 9, '\r\n  '],
    [2, 13, ' '],
  ]);
  expect(TextDocument.applyEdits(snapshot.document, edits)).toBe(
    'search {\r\n  seed 1\r\n  population 4 // many\r\n}\r\n',
  );
});

test('a range is formatted alone, its own indentation included', () => {
  const snapshot = snapshotOf(TEXT);
  const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 16 } };
  const text = TextDocument.applyEdits(snapshot.document, formatRange(snapshot, range));
  expect(text).toBe('search {\r\n seed   1\r\n  population 4 // many\r\n}\r\n');
});

test('nothing is done to a broken text', () => {
  const snapshot = snapshotOf('search {\n seed   1\n');
  expect(formatDocument(snapshot)).toEqual([]);
  expect(formatRange(snapshot, { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } })).toEqual([]);
});
