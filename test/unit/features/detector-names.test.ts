import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { definition, references } from '../../../server/src/features/references.ts';
import { rename } from '../../../server/src/features/rename.ts';
import { semanticTokens, TOKEN_TYPES } from '../../../server/src/features/semantic-tokens.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { documentSymbols } from '../../../server/src/features/symbols.ts';
import { PYRAMID, RESNET } from '../language/detector-texts.ts';
import { at, marked } from './cursor.ts';

const FILE = `${RESNET}${PYRAMID}budget small { macs <= 1T }
detector gfl { backbone resnet50  within small  neck fpn(from: C3..C5)  head gfl() }
detector pyr { backbone pyramid  neck fpn(from: fine..coarse)  head gfl() }
search { start gfl  within small }
`;

const cursorAfter = (words: string): string => FILE.replace(words, `${words}‸`);

describe('names in and of detectors', () => {
  test.each([
    ['a detector', 'detector gf', ['detector «gfl»', 'start «gfl»']],
    ['where a search starts from it', 'start gf', ['detector «gfl»', 'start «gfl»']],
    ['its backbone', 'backbone pyramid', ['backbone «pyramid»', 'backbone «pyramid»  neck']],
    ['its budget', 'within smal', ['budget «small»', 'within «small»  neck', 'within «small» }']],
    ['a stage that it reads', 'from: C3', ['stage «C3»', 'from: «C3»..C5']],
    ['an output that it reads', 'from: fin', ['output «fine»', 'entropy «fine»', 'from: «fine»..coarse']],
    ['an output', 'coarse: e', ['«coarse»: e', 'fine..«coarse»']],
  ])('%s', (_, words, expected) => {
    const { snapshot, position } = at(
      words === 'coarse: e' ? FILE.replace('coarse: e', 'coar‸se: e') : cursorAfter(words),
    );
    const found = references(snapshot, position, true);
    const text = marked(
      snapshot,
      found.map(({ range }) => range),
    );
    for (const part of expected) expect(text).toContain(part);
    expect(found).toHaveLength(expected.length);
    const declared = definition(snapshot, position);
    expect(marked(snapshot, declared === undefined ? [] : [declared.range])).toContain(expected[0] ?? '');
  });

  test.each([
    ['start gf', 'gfl_2', FILE.replace('detector gfl', 'detector gfl_2').replace('start gfl', 'start gfl_2')],
    ['from: fin', 'P3', FILE.replaceAll('fine', 'P3')],
    ['detector gf', 'resnet50', "There is a detector 'resnet50' already: choose another name."],
    ['detector gf', 'head', FILE.replace('detector gfl', 'detector head').replace('start gfl', 'start head')],
  ])('%s renamed to %s', (words, to, expected) => {
    const { snapshot, position } = at(cursorAfter(words));
    const result = rename(snapshot, position, to);
    const change = result.ok ? result.edit.documentChanges?.[0] : undefined;
    const edits = change !== undefined && 'edits' in change ? change.edits.filter((e) => 'newText' in e) : [];
    expect(result.ok ? TextDocument.applyEdits(snapshot.document, edits) : result.message).toBe(expected);
  });
});

test('the outline has the parts of a detector', () => {
  const symbols = documentSymbols(snapshotOf(FILE));
  const gfl = symbols.find(({ name }) => name === 'gfl');
  expect(gfl?.detail).toBe('detector');
  expect(gfl?.children?.map(({ name, detail }) => `${detail} ${name}`)).toEqual(['neck fpn', 'head gfl']);
});

test('the words of a detector have their colours', () => {
  const text = 'detector d { backbone b  classes 3  neck fpn(from: C3..C5, wide: 3, extra: pool)  head none }';
  const { data } = semanticTokens(snapshotOf(text));
  let at = 0;
  const told = Array.from({ length: data.length / 5 }, (_, i) => {
    const [, delta = 0, length = 0, type = 0] = data.slice(5 * i, 5 * i + 5);
    at += delta;
    return `${text.slice(at, at + length)} ${TOKEN_TYPES[type]}`;
  });
  expect(told).toEqual([
    'detector keyword',
    'd class',
    'backbone keyword',
    'b class',
    'classes keyword',
    '3 number',
    'neck keyword',
    'fpn function',
    'from parameter',
    'C3 enumMember',
    'C5 enumMember',
    '3 number',
    'extra parameter',
    'pool variable',
    'head keyword',
    'none function',
  ]);
});
