import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDesign } from '../../../server/src/language/design.ts';
import { printedLines } from '../../../server/src/language/print-space.ts';
import { PLACE_WORDS, SPACE_WORDS } from '../../../server/src/language/space-words.ts';
import { spaceNamed } from '../../../server/src/language/spaces.ts';
import { PRESET_NAMES, PRESETS } from '../../../server/src/space/presets.ts';
import type { Space } from '../../../server/src/space/space.ts';

/** DESIGN 1.1's. */
const MINE = `space mine {
  like tinynas                                // a preset, or another space
  out    16..1024 step 16                     // widths: range and grid
  btn    8..256 step 8
  k      3, 5
  depth  1..8
  blocks bottleneck, basic                    // what a group may become
  keep   stem, C2, C3.out                     // stays as written: a line, or one argument of it
  C5     { out ..512  depth 2..4 }            // one stage's own limits
}
`;

function spaceOf(text: string, name = 'mine'): Space {
  const { spaces, problems } = readDesign(text);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const space = spaceNamed(name, spaces);
  if (space === undefined) throw new Error(`no space ${name}`);
  return space;
}

describe('a space', () => {
  test('says what DESIGN says', () => {
    expect(spaceOf(MINE)).toEqual({
      ...PRESETS.tinynas,
      name: 'mine',
      out: { least: 16, most: 1024, step: 16 },
      btn: { least: 8, most: 256, step: 8 },
      kernels: { own: false, of: [3, 5] },
      depth: { least: 1, most: 8 },
      firstDepth: 8,
      depthFromLayers: false,
      blocks: { own: false, of: ['bottleneck', 'basic'] },
      keep: [{ place: 'stem' }, { place: 'C2' }, { place: 'C3', field: 'out' }],
      places: { C5: { out: { most: 512 }, depth: { least: 2, most: 4 } } },
    });
  });

  test.each<[string, string, Partial<Space>]>([
    ['nothing is like tinynas', '', {}],
    ['one end leaves the other', 'out ..512', { out: { least: 8, most: 512, step: 8 } }],
    ['the other end', 'out 64..', { out: { least: 64, most: 2048, step: 8 } }],
    ['one number is a range', 'out 64', { out: { least: 64, most: 64, step: 8 } }],
    ['ends with spaces and suffixes', 'out 64 .. 1k step 32', { out: { least: 64, most: 1000, step: 32 } }],
    ['a grid of its own', 'btn 10..100 step 10', { btn: { least: 10, most: 100, step: 10 } }],
    ['own kernels', 'k own, 7', { kernels: { own: true, of: [7] } }],
    [
      'a depth frees the first group, and the rest from the layers',
      'depth 2..',
      { depth: { least: 2, most: 32 }, firstDepth: 32, depthFromLayers: false },
    ],
    [
      'unless those are written',
      'depth 1..9 first-depth 4 depth-from-layers yes',
      { depth: { least: 1, most: 9 }, firstDepth: 4, depthFromLayers: true },
    ],
    ['numbers and flags', 'growth 2.5 monotone no squeeze 4', { growth: 2.5, monotone: false, squeeze: 4 }],
    ['the stem', 'stem { out 16..64 step 16 }', { stem: { out: { least: 16, most: 64, step: 16 } } }],
    ['a list over two lines', 'keep stem,\n C2', { keep: [{ place: 'stem' }, { place: 'C2' }] }],
    ['words that are names elsewhere', 'step { out ..64 }', { places: { step: { out: { most: 64 } } } }],
  ])('%s', (_, lines, said) => {
    expect(spaceOf(`space mine { ${lines} }`)).toEqual({ ...PRESETS.tinynas, name: 'mine', ...said });
  });

  test('is what it is like, with its own lines over it', () => {
    const text = `space a { like paper  out ..512  C5 { out 64.. }  keep stem }
space mine { like a  out 32..  C5 { depth 2 }  keep C2 }`;
    expect(spaceOf(text)).toEqual({
      ...PRESETS.paper,
      name: 'mine',
      out: { least: 32, most: 512, step: 8 },
      places: { C5: { out: { least: 64 }, depth: { least: 2, most: 2 } } },
      keep: [{ place: 'stem' }, { place: 'C2' }],
    });
  });

  test.each(PRESET_NAMES)('%s is in the program as it is in its text, where each word is', (name) => {
    const text = readFileSync(new URL(`../../../spaces/${name}.mae`, import.meta.url), 'utf8');
    expect(spaceOf(text, name)).toEqual(PRESETS[name]);
    const written = readDesign(text).spaces[0]?.lines ?? {};
    if (name === 'tinynas')
      expect(Object.keys(written)).toEqual(SPACE_WORDS.filter((word) => word !== 'like' && word !== 'keep'));
  });

  test.each([...PRESET_NAMES, 'mine'])('%s is what its printed lines say', (name) => {
    const { spaces } = readDesign(MINE);
    const space = spaceNamed(name, spaces);
    const lines = space === undefined ? [] : printedLines(space).map((line) => line.join(' '));
    expect(spaceOf(`space ${name} {\n${lines.join('\n')}\n}`, name)).toEqual(space);
  });
});

const SEARCHED = `backbone net {
  input 3 x 64 x 64
  stem     conv(out: 30, k: 3, s: 2)
  stage C2 bottleneck(out: 100, btn: 16, k: 7, s: 2) x 1
         + inverted(out: 100, btn: 200, k: 3, s: 1) x 9
}
budget b { macs <= 1G }
search { space mine }
`;

/** «code severity «text» → what a fix makes of it» */
function problemsOf(text: string): string[] {
  return readDesign(text).problems.map(({ code, severity, span, data }) => {
    const fix = data?.kind === 'replace' ? ` → ${data.with[0]}` : data?.kind === 'remove' ? ' → nothing' : '';
    return `${code} ${severity} «${text.slice(span.start, span.end)}»${fix}`;
  });
}

describe('what is wrong with a space', () => {
  test.each<[string, string, string[]]>([
    ['an unknown word', 'channels ..64', ['unknown-limit error «channels» → out']],
    ['a word of another tool', 'extends paper', ['unknown-limit error «extends» → like']],
    ['a word twice', 'out ..64\n out ..32', ['duplicate-statement error «out» → nothing']],
    ['limits twice', 'C2 { out ..64 } C2 { btn ..8 }', ['duplicate-statement error «C2» → nothing']],
    ['a word that is not for one stage', 'C2 { growth 4 }', ['unknown-limit error «growth»']],
    ['braces in braces', 'C2 { C2 { out ..8 } }', ['unknown-limit error «C2»']],
    ['no value', 'out\n btn ..64', ['syntax error «out»']],
    ['no value at the end', 'k', ['syntax error «k»']],
    ['no value behind a comma', 'k 3,\n btn ..64', ['syntax error «k 3,»']],
    ['no step', 'out 8..64 step\n btn ..64', ['syntax error «out 8..64 step»']],
    ['no end at all', 'out ..\n btn ..64', ['syntax error «out ..»']],
    ['nothing behind the dot', 'keep C2.\n', ['syntax error «keep C2.»']],
    ['a sign', 'out <= 512', ['bad-value error «<= 512» → ..512']],
    ['another sign', 'depth >= 2', ['bad-value error «>= 2» → 2..']],
    ['a colon', 'growth: 4', ['bad-value error «: 4» →  4']],
    ['no number', 'out many', ['bad-value error «many»']],
    ['a number that is none', 'out 8q..64', ['bad-number error «8q»']],
    ['several ranges', 'out 8..64, 128', ['bad-value error «128»']],
    ['ends the wrong way round', 'out 64..8', ['empty-space error «64..8» → 8..64']],
    ['a step of nothing', 'out 8..64 step 0', ['bad-number error «0»']],
    [
      'a step that no width meets',
      'out 70..100 step 64',
      ['empty-space error «out 70..100 step 64» → out 64..128 step 64'],
    ],
    ['a step beyond the end', 'out ..64 step 100', ['empty-space error «out ..64 step 100» → out 100 step 100']],
    ['nothing left of what it is like', 'depth 40..', ['empty-space error «depth 40..» → depth 32..40']],
    ['a stage without any', 'out ..64 C2 { out 128.. }', ['empty-space error «out 128..» → out 64..128 step 8']],
    ['a depth with steps', 'depth 1..8 step 2', ['bad-value error « step 2» → ']],
    ['an even kernel', 'k 3, 4', ['bad-number error «4»']],
    ['a range of kernels', 'k 3..5', ['bad-number error «3..5»']],
    ['no block', 'blocks bottlenek', ['unknown-block error «bottlenek» → bottleneck']],
    ['a block that stands alone', 'blocks maxpool', ['unknown-block error «maxpool»']],
    ['neither yes nor no', 'monotone maybe', ['bad-value error «maybe»']],
    ['a place that is not there', 'C6 { out ..64 }', ['unknown-stage warning «C6» → C1']],
    ['a kept place that is not there', 'keep C2, C7', ['unknown-stage warning «C7» → C1']],
    ['an argument that cannot be kept', 'keep C2.kernel_size', ['unknown-argument error «kernel_size» → k']],
    ['a number that is kept', 'keep 3', ['bad-value error «3»']],
    ['a kept width outside', 'out ..64 keep C2.out', ['kept-outside error «C2.out» → nothing']],
    ['a kept width beside the grid', 'out 16..512 step 16 keep C2', ['kept-outside error «C2» → nothing']],
    ['a kept kernel', 'k 3, 5 keep C2.k', ['kept-outside error «C2.k» → nothing']],
    ['a kept depth', 'depth ..4 keep C2.depth', ['kept-outside error «C2.depth» → nothing']],
    ['a kept block', 'blocks bottleneck, basic keep C2.block', ['kept-outside error «C2.block» → nothing']],
    ['a kept width of its own stage', 'C2 { out ..64 } keep C2.out', ['kept-outside error «C2.out» → nothing']],
    ['a kept stem, which out does not bind', 'out ..16 keep stem', []],
    ['a kept stem beside its own limits', 'stem { out ..16 } keep stem', ['kept-outside error «stem» → nothing']],
    ['a kept width that the preset would not allow', 'keep stem, C2.btn', []],
    ['itself', 'like mine', ['cycle error «mine»']],
    ['no space', 'like tinynet', ['unknown-name error «tinynet» → tinynas']],
    ['a backbone', 'like net', ['unknown-name error «net»']],
    ['two spaces', 'like paper, tinynas', ['bad-value error «like paper, tinynas»']],
  ])('%s: one message at the right place', (_, lines, found) => {
    expect(problemsOf(`${SEARCHED}space mine { ${lines} }`)).toEqual(found);
  });

  test.each<[string, string, string[]]>([
    ['circles', 'space a { like b } space b { like a }', ['cycle error «b»', 'cycle error «a»']],
    ['names twice', 'space a { } space a { }', ['duplicate-name error «a» → a_2']],
    ['a name that is a word', 'space stem { }', ['bad-name error «stem»']],
    ['no brace', 'space mine', ['syntax error «mine»']],
    ['no name', 'space { out ..64 }', ['syntax error «{»']],
    ['a brace that is missing', 'space mine { out ..64', ['syntax error «64»']],
    ['what is no line', 'space mine { 64 }', ['syntax error «64»']],
  ])('%s', (_, text, found) => expect(problemsOf(text)).toEqual(found));

  test('a space that nothing is searched in, in a file that searches', () => {
    expect(problemsOf(`${SEARCHED}space mine { } space other { }`)).toEqual(['unused-name hint «other» → nothing']);
    expect(problemsOf('space mine { }')).toEqual([]);
  });

  test('words of a stage are words of a space', () => expect(SPACE_WORDS).toEqual(expect.arrayContaining(PLACE_WORDS)));
});

describe('one wrong line among right ones', () => {
  const RIGHT = [
    'like tinynas',
    'out 16..1024 step 16',
    'btn 8..256 step 8',
    'k 3, 5',
    'depth 1..8',
    'blocks bottleneck, basic',
    'growth 4',
    'monotone no',
    'squeeze 8',
  ];
  /** Ways to spoil a line; each leaves a line that says something else, or nothing. */
  const SPOILS: readonly ((line: string) => string)[] = [
    (line) => line.replace(/^(\w+)/, '$1zz'),
    (line) => line.replace(/\d+/, '8q'),
    (line) => line.replace(/\d+/, '-8'),
    (line) => line.replace(/^(\w+) /, '$1 >= '),
    (line) => line.replace(/(\d+)\.\.(\d+)/, '$2..$1'),
    (line) => line.replace(/step \d+/, 'step 0'),
    (line) => line.replace(/^(\w+) .*/, '$1'),
    (line) => line.replace(/^(\w+) .*/, '$1 }').slice(0, -2),
    (line) => `${line}, ..`,
    (line) => `${line} step`,
    (line) => line.replace(/ (\w+)/, ' zz$1'),
    (line) => line.replace(/, \w+/, ','),
  ];

  test('is told once, at its own place, and nothing is thrown', () => {
    const lines = fc.shuffledSubarray(RIGHT, { minLength: 3 });
    fc.assert(
      fc.property(lines, fc.nat(), fc.constantFrom(...SPOILS), (right, at, spoil) => {
        const index = at % right.length;
        const spoilt = spoil(right[index] ?? '');
        if (spoilt === right[index]) return;
        const before = `space mine {\n${right.slice(0, index).join('\n')}\n`;
        const text = `${before}${spoilt}\n${right.slice(index + 1).join('\n')}\n}\n`;
        const { problems } = readDesign(text);
        expect(problems).toHaveLength(1);
        const [problem] = problems;
        expect(problem?.severity).toBe('error');
        expect(problem?.span.start).toBeGreaterThanOrEqual(before.length);
        expect(problem?.span.end).toBeLessThanOrEqual(before.length + spoilt.length);
      }),
      { numRuns: 300 },
    );
  });
});
