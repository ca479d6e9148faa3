import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { definition, documentHighlights, references } from '../../../server/src/features/references.ts';
import { rename } from '../../../server/src/features/rename.ts';
import { PYRAMID, RESNET } from '../language/detector-texts.ts';
import { at, marked } from './cursor.ts';

const FILE = `${RESNET}${PYRAMID}budget phone { macs <= 900G }
detector d { backbone resnet50  within phone  neck fpn(from: C3..C5)  head gfl() }
detector p { backbone pyramid  neck fpn(from: fine..coarse)  head gfl() }
search { start d  within phone }
`;

/** What is found at a place, each with the words around it: `[what, words up to the cursor, the lines that are marked]` */
const ROWS: readonly [what: string, words: string, lines: string[]][] = [
  [
    'a backbone, from a detector',
    'd { backbone res',
    ['backbone «resnet50» {', 'detector d { backbone «resnet50»  within phone  neck fpn(from: C3..C5)  head gfl() }'],
  ],
  [
    'a detector, from a search',
    'search { start ',
    [
      'detector «d» { backbone resnet50  within phone  neck fpn(from: C3..C5)  head gfl() }',
      'search { start «d»  within phone }',
    ],
  ],
  [
    'a budget, from a detector',
    'resnet50  within ph',
    [
      'budget «phone» { macs <= 900G }',
      'detector d { backbone resnet50  within «phone»  neck fpn(from: C3..C5)  head gfl() }',
      'search { start d  within «phone» }',
    ],
  ],
  [
    'a stage, from a neck',
    'from: C3..C',
    [
      '  stage «C5» bottleneck(out: 2048, btn: 512, k: 3, s: 2)',
      'detector d { backbone resnet50  within phone  neck fpn(from: C3..«C5»)  head gfl() }',
    ],
  ],
  [
    'an output, from a neck',
    'from: fi',
    [
      '  output «fine»: d, C4: c, coarse: e',
      '  entropy «fine»: 1',
      'detector p { backbone pyramid  neck fpn(from: «fine»..coarse)  head gfl() }',
    ],
  ],
];

const placed = (words: string) => at(FILE.replace(words, `${words}‸`));

test.each(ROWS)('%s: every use, and where it is declared', (_, words, lines) => {
  const { snapshot, position } = placed(words);
  const shown = (ranges: Parameters<typeof marked>[1]): string[] =>
    marked(snapshot, ranges)
      .split('\n')
      .filter((line) => line.includes('«'));
  expect(shown(references(snapshot, position, true).map(({ range }) => range))).toEqual(lines);
  expect(shown(documentHighlights(snapshot, position).map(({ range }) => range))).toEqual(lines);
  const declared = definition(snapshot, position);
  expect(declared === undefined ? [] : shown([declared.range])).toEqual(lines.slice(0, 1));
});

describe('rename', () => {
  function renamed(words: string, to: string): string {
    const { snapshot, position } = placed(words);
    const result = rename(snapshot, position, to);
    if (!result.ok) return result.message;
    const [change] = result.edit.documentChanges ?? [];
    const edits = change !== undefined && 'edits' in change ? change.edits : [];
    const plain = edits.flatMap((edit) => ('newText' in edit ? [{ range: edit.range, newText: edit.newText }] : []));
    return TextDocument.applyEdits(snapshot.document, plain);
  }

  test.each([
    ['a backbone', 'd { backbone res', 'r50', FILE.replaceAll('resnet50', 'r50')],
    [
      'a detector',
      'search { start ',
      'whole',
      FILE.replace('tor d {', 'tor whole {').replace('start d', 'start whole'),
    ],
    ['a budget', 'resnet50  within ph', 'small', FILE.replaceAll('phone', 'small')],
    ['an output', 'from: fi', 'finest', FILE.replaceAll('fine', 'finest')],
  ])('%s, with every use', (_, words, to, expected) => expect(renamed(words, to)).toBe(expected));

  test('a detector has no name of a backbone, which a search could mean as well', () => {
    expect(renamed('search { start ', 'pyramid')).toContain("'pyramid' already");
    expect(renamed('search { start ', 'p')).toContain("There is a detector 'p' already");
  });
});
