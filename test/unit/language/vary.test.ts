import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDesign } from '../../../server/src/language/design.ts';
import { format } from '../../../server/src/language/format.ts';
import type { Problem } from '../../../server/src/language/problem.ts';
import { applyEdits } from '../../../server/src/language/rewrite.ts';
import { typed } from '../features/keystrokes.ts';
import { treeText } from '../support/tree.ts';
import { RESNET } from './detector-texts.ts';

const FILE = `${RESNET}detector d { neck fpn()  head gfl() }
detector e { neck fpn()  head rpn()  head box() }
budget phone { macs <= 900G }
`;

const shown = (text: string, { code, severity, span }: Problem): string =>
  `${code} ${severity} «${text.slice(span.start, span.end)}»`;

function mended(text: string, { data, span }: Problem): string | undefined {
  switch (data?.kind) {
    case 'edits':
      return applyEdits(text, data.edits);
    case 'choices':
      return applyEdits(text, data.choices[0]?.edits ?? []);
    case 'replace':
      return applyEdits(text, [{ span, text: data.with[0] ?? '' }]);
    case 'remove':
      return applyEdits(text, [{ span: data.span, text: '' }]);
    default:
      return undefined;
  }
}

const read = (body: string) => {
  const text = `${FILE}search { ${body} }\n`;
  return { text, ...readDesign(text) };
};
const named = (body: string): string[] =>
  (read(body).searches[0]?.vary ?? []).map(({ part, argument }) =>
    argument === undefined ? part : `${part}.${argument}`,
  );

describe('what a search varies', () => {
  test.each<[string, string[]]>([
    ['start d vary neck.out', ['neck.out']],
    ['start d vary neck.out, gfl.convs', ['neck.out', 'gfl.convs']],
    ['vary fpn.out,gfl.width start d', ['fpn.out', 'gfl.width']],
    ['start e vary box.width, box.rois seed 3', ['box.width', 'box.rois']],
    ['start d\n vary neck . out, // a comment\n gfl.convs\n seed 1', ['neck.out', 'gfl.convs']],
    ['start d vary neck.levels', ['neck.levels']],
  ])('%s', (body, expected) => {
    const { problems, searches } = read(body);
    expect(problems).toEqual([]);
    expect(named(body)).toEqual(expected);
    expect(searches[0]?.complete).toBe(true);
  });

  test('has the place of each in the text', () => {
    const { text, searches } = read('start d vary neck.out, gfl.convs');
    expect(searches[0]?.vary.map(({ span }) => text.slice(span.start, span.end))).toEqual(['neck.out', 'gfl.convs']);
  });
});

/** [the body of a search, what is wrong, a piece of the first message, the body that the first fix makes of it] */
type Row = [body: string, expected: string[], message: string, after?: string];

describe('what is wrong with what a search varies', () => {
  test.each<Row>([
    ['start d vary nek.out', ['unknown-part error «nek»'], 'no part of d', 'start d vary neck.out'],
    ['start d vary head.convs', ['unknown-part error «head»'], 'Did you mean gfl?', 'start d vary gfl.convs'],
    ['start d vary box.convs', ['unknown-part error «box»'], 'Use neck, fpn or gfl.'],
    ['start d vary gfl.conv', ['unknown-argument error «conv»'], 'Did you mean convs?', 'start d vary gfl.convs'],
    ['start d vary gfl.out', ['unknown-argument error «out»'], 'Did you mean width?', 'start d vary gfl.width'],
    ['start d vary gfl.quality', ['bad-value error «quality»'], 'is no number', 'start d vary gfl.width'],
    ['start d vary neck.from', ['bad-value error «from»'], 'is no number', 'start d vary neck.out'],
    ['start d vary gfl', ['missing-argument error «gfl»'], 'gfl.width, gfl.convs or', 'start d vary gfl.width'],
    ['start d vary 3', ['unknown-part error «3»'], 'Use neck, fpn or gfl.'],
    ['start d vary neck.3', ['unknown-argument error «3»'], 'Use out or levels.'],
    ['start d vary neck.out, neck.out', ['duplicate-argument error «neck.out»'], 'twice', 'start d vary neck.out'],
    ['start d vary neck.out, fpn.out', ['duplicate-argument error «fpn.out»'], 'twice', 'start d vary neck.out'],
    ['start d vary neck.out vary gfl.convs', ['duplicate-statement error «vary»'], 'twice', 'start d vary neck.out '],
    ['start d vary = neck.out', ['bad-value error «=»'], 'without a sign', 'start d vary neck.out'],
    [
      'start resnet50 within phone vary neck.out',
      ['misfit-vary error «vary»'],
      'starts from none',
      'start d within phone vary neck.out',
    ],
    ['vary neck.out', ['misfit-vary error «vary»'], 'starts from none', ''],
    [
      'start d vary neck.out minimise params',
      ['misfit-vary error «vary»'],
      'holds its score',
      'start d  minimise params',
    ],
    [
      'start d objective zen-measured vary neck.out',
      ['misfit-vary error «vary»'],
      'takes hours',
      'start d objective zen-measured ',
    ],
    [
      'start d vary neck.out, gfl.width, gfl.convs, gfl.regmax',
      ['misfit-vary error «vary»'],
      '256 combinations, and at most 64',
      'start d vary neck.out, gfl.width, gfl.convs',
    ],
    ['start e vary box.convs', ['misfit-vary warning «vary»'], 'cannot be lighter', 'start e '],
    ['start none vary neck.out', ['unknown-name error «none»'], 'no backbone'],
    // Holes: one message at its place, and the next line is what it is.
    ['start d\n vary\n seed 1', ['syntax error «vary»'], 'what it varies is missing'],
    ['start d\n vary\n', ['syntax error «vary»'], 'what it varies is missing'],
    ['start d\n vary neck.\n seed 1', ['syntax error «neck.»'], 'the argument of neck is missing'],
    ['start d vary neck., gfl.convs', ['syntax error «neck.»'], 'the argument of neck is missing'],
    ['start d\n vary neck.out,\n seed 1', ['syntax error «,»'], 'what else it varies is missing'],
    ['start d vary neck.out, seed 1', ['syntax error «,»'], 'what else it varies is missing'],
    ['start d vary neck.out, gfl.convs,', ['syntax error «,»'], 'what else it varies is missing'],
    ['start d vary neck.out,, gfl.convs', ['syntax error «,»'], 'what else it varies is missing'],
    ['start d vary , gfl.convs', ['syntax error «,»'], 'what it varies is missing'],
    ['start\n vary neck.out\n within phone', ['syntax error «start»'], 'what start is set to'],
    ['start d seed\n vary neck.out', ['syntax error «seed»'], 'what seed is set to'],
  ])('%s', (body, expected, message, after) => {
    const { text, problems, searches } = read(body);
    expect(problems.map((problem) => shown(text, problem))).toEqual(expected);
    const [first] = problems;
    expect(first?.message).toContain(message);
    if (body.includes('seed 1')) expect(searches[0]?.values.seed).toBe(1);
    if (after === undefined) return;
    expect(first && mended(text, first)).toBe(`${FILE}search { ${after} }\n`);
    expect(read(after).problems).toEqual([]);
  });
});

describe('vary is a name where no setting of a search begins', () => {
  test.each([
    `${RESNET.replaceAll('resnet50', 'vary')}budget b { macs <= 900G }\nsearch { start vary within b }\n`,
    `${RESNET.replaceAll('resnet50', 'vary')}budget b { macs <= 900G }\nsearch {\n  start\n    vary\n  within b\n}\n`,
    `${RESNET}budget vary { macs <= 900G }\nsearch vary { within vary }\n`,
    `${RESNET}budget b { macs <= 900G }\nspace vary { out 8..512 }\nsearch { space vary within b }\n`,
    `${RESNET}detector vary { neck fpn()  head gfl() }\nbudget b { macs <= 900G }\nsearch { start vary vary neck.out within b }\n`,
    'backbone b {\n  input 3 x 64 x 64\n  stem conv(out: 8, k: 3, s: 2)\n  node vary conv(out: 8, k: 3, s: 2) from stem\n  output C3: vary\n  entropy C3: 1\n}\n',
  ])('%#', (text) => expect(readDesign(text).problems).toEqual([]));
});

describe('its layout', () => {
  const before = `${FILE}\nsearch {\n  start d\n  vary   neck . out ,gfl.convs  // lighter\n  within phone\n}\n`;
  const after = format(before);
  test('stays on its line', () => expect(after).toContain('\n  vary neck.out, gfl.convs  // lighter\n'));
  test('is the same when it is laid out again', () => expect(format(after)).toBe(after));
});

test('a tree that is read from the one before equals a fresh one after any sequence of edits', () => {
  const start = `${FILE}\nsearch small {\n  start d\n  within phone\n  vary neck.out, gfl.convs\n  seed 1\n}\n\nsearch {\n  start e\n  vary\n  vary neck.out,\n  space tinynas\n  vary box.\n}\n`;
  const words = fc.constantFrom(
    'vary',
    'start',
    ',',
    '.',
    ' neck.out',
    '\n',
    'seed',
    '}',
    '{',
    'space',
    ' space x {',
    ' ',
  );
  const inserted = fc.array(fc.tuple(fc.nat(), words), { maxLength: 4 }).map((all) =>
    all.map(([at, word]) => (text: string) => {
      // In the searches, where the word is one.
      const from = text.indexOf('search');
      const place = from + (at % (text.length - from + 1));
      return text.slice(0, place) + word + text.slice(place);
    }),
  );
  fc.assert(
    fc.property(fc.oneof(typed, inserted), (edits) => {
      let design = readDesign(start);
      for (const edit of edits) {
        const text = edit(design.parsed.text);
        design = readDesign(text, design);
        const fresh = readDesign(text);
        expect(design.problems).toEqual(fresh.problems);
        expect(treeText(design.parsed)).toBe(treeText(fresh.parsed));
      }
    }),
    { numRuns: 200 },
  );
});
