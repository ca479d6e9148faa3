import fc from 'fast-check';
import { DefaultLexer, type LexerResult } from 'langium';
import { describe, expect, test } from 'vitest';
import { MaeLexer } from '../../../server/src/language/lexer.ts';
import { maeServices } from '../../../server/src/language/parse.ts';
import { SOFT_WORDS } from '../../../server/src/language/soft-words.ts';
import { editedSample, SAMPLE } from '../features/sample.ts';

const langium = new DefaultLexer(maeServices());
const own = new MaeLexer(maeServices());

/** What a lexer says of a text, but for the wording of errors. That a soft word is one is found out behind the lexer. */
function said({ tokens, hidden, errors }: LexerResult) {
  const plain = ({ tokenType, tokenTypeIdx: _, ...token }: LexerResult['tokens'][number]) => ({
    ...token,
    type: SOFT_WORDS.includes(tokenType.name) ? 'ID' : tokenType.name,
    payload: undefined,
  });
  return {
    tokens: tokens.map(plain),
    hidden: hidden.map(plain),
    errors: errors.map(({ message: _, ...error }) => error),
  };
}

describe('the lexer', () => {
  test.each([
    ['line ends of every kind', 'a\nb\r\nc\rd\n\r\ne'],
    ['comments of several lines', '/* a\r\n b */ c // d\r e /**/ f'],
    ['words, and names that begin with one', 'x x2 stage stage_net input-size on on- x-1'],
    ['numbers and what is glued to them', '-8 18.8G 3max 50% 1e9 - 8'],
    ['the x of sizes and depths', '3x224x224 3×4 3 × 4 ) x2 )x2 ) ×2 64x 3 x3x3x3x3 C2 x2 stage x2 0x10 -3x4 3xa'],
    ['ranges', '16..1024 ..512 8.. 1.5..2.5 C3..C5 1...3 16. 3x..4x'],
    ['shares of the resolution', '/8 / 8 1/8 /8x //8 /*8*/ /3.5'],
    ['words that may be names', 'node from at as concat output node-2 nodes'],
    ['comments of another language', 'a # b\n# c'],
    ['letters beyond the first plane and marks', 'réseau 骨干 𝐀𝐁 e\u0301 \u0301e'],
    ['what means nothing', '😀a \uD83D b é; ;; /* open'],
    ['a byte-order mark', '\uFEFFbackbone'],
  ])('reads %s as Langium does', (_, text) => {
    expect(said(own.written(text))).toEqual(said(langium.tokenize(text)));
  });

  test('reads any text as Langium does', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          '/*',
          '*/',
          '//',
          '\n',
          '\r',
          ' ',
          '<=',
          '<',
          '-',
          'x',
          'stage',
          '3x',
          '%',
          '+',
          '{',
          '..',
          '/8',
          'node',
        ),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
    );
    const text = fc.oneof(
      editedSample,
      pieces.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (t) => {
        expect(said(own.written(t))).toEqual(said(langium.tokenize(t)));
      }),
      { numRuns: 500 },
    );
  });

  test('leaves out what it is told to, at the right places', () => {
    const left = { start: SAMPLE.indexOf('stem'), end: SAMPLE.indexOf('stage C3') };
    const whole = own.tokenize(SAMPLE).tokens;
    let tokens: LexerResult['tokens'] = [];
    const apart = own.leavingOut([left], () => {
      tokens = own.tokenize(SAMPLE).tokens;
    });
    expect(apart).toBe(true);
    expect(tokens).toEqual(whole.filter((t) => t.startOffset < left.start || t.startOffset >= left.end));
    expect(own.tokenize(SAMPLE).tokens).toEqual(whole);
  });

  test('says when something reaches into what is left out', () => {
    const text = 'a /* b c */ d';
    expect(own.leavingOut([{ start: text.indexOf('c'), end: text.length }], () => void own.tokenize(text))).toBe(false);
  });
});
