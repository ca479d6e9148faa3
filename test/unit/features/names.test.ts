import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { definition, documentHighlights, references } from '../../../server/src/features/references.ts';
import { prepareRename, rename } from '../../../server/src/features/rename.ts';
import { at, marked } from './cursor.ts';

const FILE = [
  'backbone net { within small stem conv() stage C2 conv() entropy C1: 1, C2: 3 }',
  'budget small { macs <= 1G }',
  'search { start net within small }',
  'search again { start net }',
].join('\n');

/** FILE with a cursor after the given words. */
const cursorAfter = (words: string): string => FILE.replace(words, `${words}‸`);

describe('references', () => {
  test.each([
    ['the declaration of a backbone', 'backbone net', ['backbone «net»', 'start «net» w', 'start «net» }']],
    ['a use of it', 'start ne', ['backbone «net»', 'start «net» w', 'start «net» }']],
    ['a budget', 'budget small', ['within «small» s', 'budget «small»', 'within «small» }']],
    ['a search', 'search again', ['search «again»']],
    ['a stage', 'stage C2', ['stage «C2»', ', «C2»: 3']],
    ['the weight of a stage', ', C2', ['stage «C2»', ', «C2»: 3']],
    ['the stem, which is C1', ' C1', ['«stem»', 'entropy «C1»']],
  ])('%s', (_, words, expected) => {
    const { snapshot, position } = at(cursorAfter(words));
    const locations = references(snapshot, position, true);
    const text = marked(
      snapshot,
      locations.map((l) => l.range),
    );
    for (const part of expected) expect(text).toContain(part);
    expect(locations).toHaveLength(expected.length);
    expect(references(snapshot, position, false)).toHaveLength(expected.length - 1);
    expect(documentHighlights(snapshot, position)).toHaveLength(expected.length);
  });

  test.each(['search { s‸tart a }', 'search { start missing‸ }', 'backbone a { stem c‸onv() }', '‸', 'backbone ‸{'])(
    'nothing at %s',
    (text) => {
      const { snapshot, position } = at(text);
      expect(references(snapshot, position, true)).toEqual([]);
      expect(definition(snapshot, position)).toBeUndefined();
      expect(prepareRename(snapshot, position)).toBeUndefined();
    },
  );
});

test('the definition is where the name is declared', () => {
  const { snapshot, position } = at(cursorAfter('search { start net within s'));
  const location = definition(snapshot, position);
  expect(marked(snapshot, location === undefined ? [] : [location.range])).toContain('budget «small» {');
});

describe('rename', () => {
  function renamed(words: string, to: string): string {
    const { snapshot, position } = at(cursorAfter(words));
    const result = rename(snapshot, position, to);
    if (!result.ok) return result.message;
    const [change] = result.edit.documentChanges ?? [];
    if (change === undefined || !('edits' in change)) throw new Error('an edit of the document was expected');
    expect(change.textDocument).toEqual({ uri: snapshot.document.uri, version: snapshot.document.version });
    return TextDocument.applyEdits(
      snapshot.document,
      change.edits.filter((e) => 'newText' in e),
    );
  }

  test('proposes the whole name under the cursor', () => {
    const { snapshot, position } = at(cursorAfter('start n'));
    expect(prepareRename(snapshot, position)).toEqual({
      range: { start: { line: 2, character: 15 }, end: { line: 2, character: 18 } },
      placeholder: 'net',
    });
  });

  test.each(['net2', 'small', 'again', 'réseau-2', ' spaced '])('to %s, everywhere', (to) => {
    const name = to.trim();
    expect(renamed('start n', to)).toBe(FILE.replaceAll('net', name));
  });

  test('of one kind only', () => expect(renamed('search again', 'net')).toBe(FILE.replace('again', 'net')));

  test.each([
    ['stage', "'stage' is a word of the language and cannot be a name."],
    ['x', "'x' is a word of the language and cannot be a name."],
    [
      '8net',
      "'8net' cannot be a name: use a letter or _, then letters, digits, _ and inner hyphens, such as r50_start.",
    ],
    ['a b', "'a b' cannot be a name"],
    ['', "'' cannot be a name"],
    ['a-', "'a-' cannot be a name"],
    ['a/*b*/', "'a/*b*/' cannot be a name"],
  ])('refuses %s', (to, message) => expect(renamed('start n', to)).toContain(message));

  test('refuses a name that is taken', () => {
    const { snapshot, position } = at('backbone a‸ {}\nbackbone b {}');
    expect(rename(snapshot, position, 'b')).toEqual({
      ok: false,
      message: "There is a backbone 'b' already: choose another name.",
    });
  });

  test('refuses what has no name', () => {
    const { snapshot, position } = at('search { st‸art a }');
    expect(rename(snapshot, position, 'b').ok).toBe(false);
  });
});
