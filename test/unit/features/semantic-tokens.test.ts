import { expect, test } from 'vitest';
import { semanticTokens, TOKEN_TYPES } from '../../../server/src/features/semantic-tokens.ts';
import { type Snapshot, snapshotOf } from '../../../server/src/features/snapshot.ts';

/** Each token with its type, and ! where it declares. */
function decoded(snapshot: Snapshot, { data }: { readonly data: readonly number[] }): string[] {
  const tokens: string[] = [];
  let line = 0;
  let character = 0;
  for (let i = 0; i < data.length; i += 5) {
    const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(i, i + 5);
    line += down;
    character = down === 0 ? character + right : right;
    const range = { start: { line, character }, end: { line, character: character + length } };
    tokens.push(`${snapshot.document.getText(range)} ${TOKEN_TYPES[type]}${modifiers === 1 ? '!' : ''}`);
  }
  return tokens;
}

const tokens = (text: string): string[] => {
  const snapshot = snapshotOf(text);
  return decoded(snapshot, semanticTokens(snapshot));
};

test.each<[string, string[]]>([
  ['backbone a {', ['backbone keyword', 'a class!']],
  [
    'backbone a { input 3 x 4 x 5 }',
    ['backbone keyword', 'a class!', 'input keyword', '3 number', 'x keyword', '4 number', 'x keyword', '5 number'],
  ],
  [
    'backbone a { entropy C3: 1 within b }',
    ['backbone keyword', 'a class!', 'entropy keyword', 'C3 enumMember', '1 number', 'within keyword', 'b interface'],
  ],
  [
    'backbone a {\n stage C2 basic(k: 3, strided: first)\n  + bsic(q: 1) // c\n}',
    [
      'backbone keyword',
      'a class!',
      'stage keyword',
      'C2 enumMember!',
      'basic function',
      'k parameter',
      '3 number',
      'strided parameter',
      'first variable',
      '1 number',
    ],
  ],
  ['budget b { macs <= 1G mcs <= 2 }', ['budget keyword', 'b interface!', 'macs property', '1G number', '2 number']],
  [
    'search s { start a space paper }',
    ['search keyword', 's event!', 'start keyword', 'a class', 'space property', 'paper namespace'],
  ],
  [
    'search { minimise macs minimise mcs score >= 3 scor >= 3 }',
    [
      'search keyword',
      'minimise property',
      'macs property',
      'minimise property',
      'score property',
      '3 number',
      '3 number',
    ],
  ],
  [
    'detector d { backbone r classes 80 within b neck fpn(from: C3..C5, extra: pool, wibble: 3) head gfk(width: 2) }',
    [
      ...['detector keyword', 'd type!', 'backbone keyword', 'r class', 'classes keyword', '80 number'],
      ...['within keyword', 'b interface', 'neck keyword', 'fpn function', 'from parameter', 'C3 enumMember'],
      ...['C5 enumMember', 'extra parameter', 'pool variable', '3 number', 'head keyword', '2 number'],
    ],
  ],
  [
    'detector d { neck  head gfl(width: )\nsearch { start d }',
    [
      ...['detector keyword', 'd type!', 'neck keyword', 'head keyword', 'gfl function', 'width parameter'],
      ...['search keyword', 'start keyword', 'd type'],
    ],
  ],
  [
    'backbone d { } detector d { } search { start d }',
    ['backbone keyword', 'd class!', 'detector keyword', 'd type!', 'search keyword', 'start keyword', 'd class'],
  ],
  ['// a', []],
])('%s', (text, expected) => expect(tokens(text)).toEqual(expected));

test('a range has the tokens that touch it', () => {
  const snapshot = snapshotOf('search {\n  seed 1\n  space paper\n}');
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 20 } };
  expect(decoded(snapshot, semanticTokens(snapshot, range))).toEqual(['seed property', '1 number']);
});
