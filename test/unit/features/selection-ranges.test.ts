import { expect, test } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver-types';
import { selectionRanges } from '../../../server/src/features/selection-ranges.ts';
import { at } from './cursor.ts';

function expansions(text: string): string[] {
  const { snapshot, position } = at(text);
  const texts: string[] = [];
  let selection: SelectionRange | undefined = selectionRanges(snapshot, [position])[0];
  for (; selection !== undefined; selection = selection.parent) texts.push(snapshot.document.getText(selection.range));
  return texts;
}

test('from a number to the document', () => {
  const body = ' stem conv(out: 8, k: 3) x 2 ';
  expect(expansions('backbone a { stem conv(out: ‸8, k: 3) x 2 } search {}')).toEqual([
    '8',
    'out: 8',
    'out: 8, k: 3',
    '(out: 8, k: 3)',
    'conv(out: 8, k: 3) x 2',
    'stem conv(out: 8, k: 3) x 2',
    body,
    `{${body}}`,
    `backbone a {${body}}`,
    `backbone a {${body}} search {}`,
  ]);
});

test('from an output that a neck reads to the document', () => {
  const body = ' backbone r  neck fpn(from: C3..C5) ';
  expect(expansions('detector d { backbone r  neck fpn(from: C‸3..C5) }')).toEqual([
    'C3',
    'from: C3..C5',
    '(from: C3..C5)',
    'neck fpn(from: C3..C5)',
    body,
    `{${body}}`,
    `detector d {${body}}`,
  ]);
});

test.each<[string, string[]]>([
  ['search { // a ‸b\n}', ['// a b', ' // a b\n', '{ // a b\n}', 'search { // a b\n}']],
  ['sea‸rch { seed', ['search', 'search { seed']],
  ['‸', ['']],
])('%s', (text, expected) => expect(expansions(text)).toEqual(expected));

test('one answer for each cursor', () => {
  const { snapshot, position } = at('search ‸{}');
  expect(selectionRanges(snapshot, [position, position])).toHaveLength(2);
});
