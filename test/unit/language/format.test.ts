import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDesign } from '../../../server/src/language/design.ts';
import { format, formatEdits } from '../../../server/src/language/format.ts';
import { leavesOf } from '../../../server/src/language/leaves.ts';
import { parse } from '../../../server/src/language/parse.ts';
import { printBackbone } from '../../../server/src/language/print.ts';
import { backboneOf, square, structureCases } from '../../golden/structures.ts';
import { editedSample, SAMPLE } from '../features/sample.ts';

describe('the canonical layout', () => {
  test('is that of the sample', () => expect(formatEdits(parse(SAMPLE))).toEqual([]));

  test('is that of printed backbones', () => {
    for (const { structure_info } of structureCases) {
      const text = printBackbone(backboneOf(structure_info, square(480)));
      expect(format(text)).toBe(text);
    }
  });

  test.each([
    ['empty', ''],
    ['blank', ' \n\n'],
    ['with a syntax error', 'backbone  a { stem conv( out:3  }'],
    ['with a stray character', 'search   { seed 1 } %'],
    ['with an open comment', 'search   { seed 1 } /*'],
  ])('nothing is done to a text that is %s', (_, text) => expect(formatEdits(parse(text))).toEqual([]));

  test.each<[string, string, string]>([
    [
      'settings with signs',
      'search{minimise params score>=2090 plateau 20000\n\n time-limit 30s}',
      'search {\n  minimise params\n  score >= 2090\n  plateau 20000\n\n  time-limit 30s\n}\n',
    ],
    [
      'blocks and arguments',
      'backbone a{stem conv(out:8,k :3 , s: 2)x 2 stage C2 basic(out:16,btn:128,k:11,s:2)+basic(out:128,btn:8,k:3,s:1) }',
      [
        'backbone a {',
        '  stem     conv(out: 8, k: 3, s: 2) x 2',
        '  stage C2 basic(out: 16,  btn: 128, k: 11, s: 2)',
        '         + basic(out: 128, btn: 8,   k: 3,  s: 1)',
        '}',
        '',
      ].join('\n'),
    ],
    [
      'arguments that somebody put on another line, behind a comma',
      'backbone a{stem conv(\nout:8,\n\n k:3\n, s: 2)x 2 stage C2 basic(out:16,btn:128,k:11,s:2,\nshortcut:conv,\r\nstrided:first) x 2+basic(out:128,btn:8,k:3,s:1,shortcut:conv,\nstrided:first) }',
      [
        'backbone a {',
        '  stem     conv(out: 8,',
        '                k: 3, s: 2) x 2',
        '  stage C2 basic(out: 16,  btn: 128, k: 11, s: 2,',
        '                 shortcut: conv,',
        '                 strided: first) x 2',
        '         + basic(out: 128, btn: 8,   k: 3,  s: 1, shortcut: conv,',
        '                 strided: first)',
        '}',
        '',
      ].join('\n'),
    ],
    [
      'and comments there',
      'backbone a{stem conv(out:8,\n/* a */ k:3, /* b */\ns:2) stage C2 conv(out:8, // c\nk:3,\ns:2)}',
      [
        'backbone a {',
        '  stem     conv(out: 8,',
        '                /* a */ k: 3, /* b */ s: 2)',
        '  stage C2 conv(out: 8, // c',
        '      k: 3,',
        '      s: 2)',
        '}',
        '',
      ].join('\n'),
    ],
    ['a stem alone', 'backbone a { stem conv() + conv() }', 'backbone a {\n  stem conv()\n     + conv()\n}\n'],
    [
      'input and entropy',
      'backbone a { input 3\nx\n4 x 5 entropy C3 :1 ,C4: 2 within b }',
      'backbone a {\n  input 3 x 4 x 5\n  entropy C3: 1, C4: 2\n  within b\n}\n',
    ],
    [
      'limits, with those that share a line',
      'budget b { macs<=1G,layers <= 3\nparams <= 2M on v100, }',
      'budget b {\n  macs   <= 1G, layers <= 3\n  params <= 2M on v100,\n}\n',
    ],
    ['an empty search', 'search {\n}', 'search {}\n'],
    [
      'one empty line between declarations',
      'search {}search a {}\n\n\n\nbudget b {}',
      'search {}\n\nsearch a {}\n\nbudget b {}\n',
    ],
    [
      'at most one between statements',
      'search {\n\n  seed 1\n\n\n  population 3\n\n}',
      'search {\n  seed 1\n\n  population 3\n}\n',
    ],
    [
      'Windows line ends and a byte-order mark',
      '\uFEFFsearch {\r\nseed 1 // c\r\n}',
      '\uFEFFsearch {\r\n  seed 1 // c\r\n}\r\n',
    ],
  ])('%s', (_, text, expected) => expect(format(text)).toBe(expected));
});

describe('comments', () => {
  test.each<[string, string, string]>([
    ['over a declaration', 'search {}\n// b\n\n\n//c\nsearch b {}', 'search {}\n\n// b\n\n//c\nsearch b {}\n'],
    [
      'inside, before the end',
      'search { // a\n\n // b\nseed 1\n\n\n// c\n\n}',
      'search { // a\n  // b\n  seed 1\n\n  // c\n}\n',
    ],
    ['between words', 'search/* a */b{seed/* b */1}', 'search /* a */ b {\n  seed /* b */ 1\n}\n'],
    ['at the end of the file', 'search {}\n//', 'search {}\n\n//\n'],
    ['alone', '  // a', '// a\n'],
    [
      'among arguments keep the columns',
      'backbone a { stem conv(out: 8 /* a */, k: 3) + conv(out: 128, /* b */ k: 3) }',
      'backbone a {\n  stem conv(out: 8 /* a */, k: 3)\n     + conv(out: 128,       /* b */ k: 3)\n}\n',
    ],
    [
      'to the end of a line inside a group',
      'backbone a { stem conv(out: 8, // a\n// b\nk: 3)\n// c\n+ conv() }',
      'backbone a {\n  stem conv(out: 8, // a\n      // b\n      k: 3)\n     // c\n     + conv()\n}\n',
    ],
    [
      'that followed their line keep their distance',
      'search {\n  seed    1  // a\n}\n',
      'search {\n  seed 1  // a\n}\n',
    ],
    [
      'in a column stay there',
      'search {\n  seed    1       // a\n  space paper     // b\n}\n',
      'search {\n  seed 1          // a\n  space paper     // b\n}\n',
    ],
    [
      'in a column move on together',
      'search {\n seed 1         // a\n space/**/paper // b\n}\n',
      'search {\n  seed 1           // a\n  space /**/ paper // b\n}\n',
    ],
    [
      'in a column behind a byte-order mark, which takes none',
      '\uFEFF\nsearch a {      // a\n seed 1 }\n',
      '\uFEFFsearch a {      // a\n  seed 1\n}\n',
    ],
  ])('%s', (_, text, expected) => {
    expect(format(text)).toBe(expected);
    expect(format(expected)).toBe(expected);
  });
});

describe('a space', () => {
  test.each([
    [
      'has its values in one column, and no space in its ranges',
      'space s { like tinynas out 32 .. 512 step 32 btn ..64 k 3,5 keep stem , C2.depth }\n',
      'space s {\n  like tinynas\n  out  32..512 step 32\n  btn  ..64\n  k    3, 5\n  keep stem, C2.depth\n}\n',
    ],
    [
      'keeps the limits of a place on one line where they are, and has no blank line before it ends',
      'space s {\n  C4 {out ..512 depth 2..4}\n\n}\n',
      'space s {\n  C4 { out ..512  depth 2..4 }\n}\n',
    ],
    [
      'or on lines of their own',
      'space s {\n  C4 { out ..512\n depth 2..4 } k 3\n}\n',
      'space s {\n  C4 {\n    out   ..512\n    depth 2..4\n  }\n  k  3\n}\n',
    ],
    [
      'stands apart from what follows',
      'space s { C4 { k 3 } }\nspace t { k 3 }\n',
      'space s {\n  C4 { k 3 }\n}\n\nspace t {\n  k 3\n}\n',
    ],
  ])('%s', (_, text, expected) => {
    expect(format(text)).toBe(expected);
    expect(format(expected)).toBe(expected);
  });
});

/** The sample with other white space and comments between its tokens. */
const shaken: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ' ',
      ' ',
      ' ',
      '\n',
      '\r\n',
      '\n\n\n',
      '\t',
      '   ',
      ' // note\n',
      ' /* x */ ',
      '\n/* two\nlines */',
      '\n  // own\n',
    ),
    {
      minLength: 8,
      maxLength: 60,
    },
  )
  .chain((gaps) =>
    fc.nat({ max: gaps.length }).map((shift) => {
      const tokens = leavesOf(parse(SAMPLE)).filter((leaf) => leaf.comment === undefined);
      return tokens.map((leaf, i) => leaf.text + (gaps[(i * 7 + shift) % gaps.length] ?? ' ')).join('');
    }),
  );

const comments = (text: string): string[] =>
  leavesOf(parse(text)).flatMap((l) => (l.comment === undefined ? [] : l.text));
const tokens = (text: string): string[] =>
  leavesOf(parse(text)).flatMap((l) => (l.comment === undefined ? l.text : []));
const meaning = (text: string): unknown => {
  const { backbones, budgets, searches } = readDesign(text);
  return [
    backbones.map((b) => b.backbone),
    budgets.map((b) => b.budget),
    searches.map((s) => [s.name, s.values, s.start?.name, s.within?.name]),
  ];
};

describe('properties', () => {
  test('formatting is idempotent and keeps tokens, meaning and comments', () => {
    fc.assert(
      fc.property(shaken, (text) => {
        const once = format(text);
        expect(format(once)).toBe(once);
        expect(tokens(once)).toEqual(tokens(SAMPLE));
        expect(comments(once)).toEqual(comments(text));
        expect(meaning(once)).toEqual(meaning(SAMPLE));
      }),
      { numRuns: 100 },
    );
  });

  test('of a text in any state: never throws, idempotent, comments kept', () => {
    fc.assert(
      fc.property(editedSample, (text) => {
        const once = format(text);
        expect(format(once)).toBe(once);
        expect(comments(once)).toEqual(comments(text));
        if (parse(text).problems.length > 0) expect(once).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});
