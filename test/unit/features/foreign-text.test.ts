import { describe, expect, test } from 'vitest';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { format } from '../../../server/src/language/format.ts';
import { mended } from './fixes.ts';
import { SAMPLE } from './sample.ts';

/** «2 out = 192 …»: the line of each problem from 1, and the text it underlines. */
const told = (text: string): string[] => {
  const { document, problems } = snapshotOf(text);
  return problems.map(({ span }) => `${document.positionAt(span.start).line + 1} ${text.slice(span.start, span.end)}`);
};

const NET = 'backbone n {\n  input 3 x 64 x 64\n  stem conv(out: 16, k: 3, s: 2)\n}\n';
const net = (line: string): string => NET.replace('}', `  ${line}\n}`);
const C2 = 'bottleneck(out: 128, btn: 32, k: 3, s: 2)';

describe('what other languages write: one message, and a fix that leaves nothing to say', () => {
  test.each<[string, string, string, string]>([
    ['out = 192', net('stage C2 conv(out = 192, k = 3, s=2)'), '4 =', 'stage C2 conv(out: 192, k: 3, s:2)'],
    ['numbers without names', net('stage C2 bottleneck(128, 32, 3, 2) x 3'), '4 128, 32, 3, 2', `stage C2 ${C2} x 3`],
    ['those of a conv', net('stage C2 conv(64, 3, 2)'), '4 64, 3, 2', 'stage C2 conv(out: 64, k: 3, s: 2)'],
    [
      'those of an inverted block',
      net('stage C2 inverted(24, 3, 2, 96)'),
      '4 24, 3, 2, 96',
      'inverted(out: 24, k: 3, s: 2, btn: 96)',
    ],
    [
      'some with names',
      net('stage C2 bottleneck(128, 32, s: 2, k: 3)'),
      '4 128, 32',
      'bottleneck(out: 128, btn: 32, s: 2, k: 3)',
    ],
    ['a comma that is missing', net('stage C2 conv(out: 64 k: 3, s: 2)'), '4 k: 3', 'conv(out: 64, k: 3, s: 2)'],
    ['a comma at the end', net('stage C2 conv(out: 64, k: 3, s: 2,)'), '4 ,', 'conv(out: 64, k: 3, s: 2)'],
    ['a kernel of two sides', net('stage C2 conv(out: 64, k: 3x3, s: 2)'), '4 3x3', 'conv(out: 64, k: 3, s: 2)'],
    ['a Python comment', net('# deeper'), '4 #', '  // deeper'],
    ['a limit with =', `${NET}budget b { macs = 4G }`, '5 = 4G', 'budget b { macs <= 4G }'],
    ['a limit with :', `${NET}budget b { macs: 4G }`, '5 : 4G', 'budget b { macs <= 4G }'],
    ['a limit with <', `${NET}budget b { macs < 4G }`, '5 < 4G', 'budget b { macs <= 4G }'],
    ['a limit without a sign', `${NET}budget b { macs 4G }`, '5 4G', 'budget b { macs <= 4G }'],
    ['a unit in the name', `${NET}budget b { gflops <= 4.4 }`, '5 gflops', 'budget b { macs <= 4.4G }'],
    ['a setting with :', `${NET}budget b { macs <= 4G }\nsearch { seed: 3 }`, '6 : 3', 'search { seed 3 }'],
    ['a search that is called x', `${NET}budget b { macs <= 4G }\nsearch x { seed 3 }`, '6 x', '\nsearch { seed 3 }'],
    [
      'a name that begins with a digit, wherever it is used',
      `${NET}budget 4g { macs <= 4G }\nsearch { within 4g }`,
      '5 4g',
      'budget g4 { macs <= 4G }\nsearch { within g4 }',
    ],
    ['a name that is a word', NET.replace(' n ', ' stem '), '1 stem', 'backbone my_stem {'],
  ])('%s', (_, text, where, expected) => {
    expect(told(text)).toEqual([where]);
    expect(mended(text)).toContain(expected);
    expect(told(mended(text))).toEqual([]);
  });
});

describe('a line that ends too early is marked on its own line, whatever the next one says', () => {
  const search = `${NET}budget b { macs <= 4G }\nsearch {\n  evaluations 500\n}\n`;
  const budget = `${NET}budget b {\n  macs <= 4G\n}\n`;
  test.each<[string, string, string[]]>([
    ['within in a backbone', NET.replace('  stem', '  within\n  stem'), ['3 within']],
    ['within in a search', search.replace('  eval', '  within\n  eval'), ['7 within']],
    ['start, and a line of words', search.replace('  eval', '  start\n  space tinynas\n  eval'), ['7 start']],
    ['a setting', search.replace('  eval', '  space\n  eval'), ['7 space']],
    ['a setting at the end', search.replace('500', '500\n  seed'), ['8 seed']],
    ['a sign', search.replace('500', '500\n  minimise macs\n  score >='), ['9 score >=']],
    ['several', search.replace('  eval', '  start\n  within\n  seed\n  eval'), ['7 start', '8 within', '9 seed']],
    ['a limit', budget.replace('  macs', '  tinynas <=\n  macs'), ['6 tinynas <=']],
    ['a limit without its sign', budget.replace('  macs', '  tinynas\n  macs'), ['6 tinynas']],
    ['the last limit', budget.replace('4G', '4G\n  layers <='), ['7 layers <=']],
    ['input', NET.replace(' x 64 x 64', ' x 64'), ['2 64']],
    ['entropy', NET.replace('  stem', '  entropy C1:\n  stem'), ['3 :']],
    ['entropy without a stage', NET.replace('  stem', '  entropy\n  stem'), ['3 entropy']],
    ['entropy with a comma', NET.replace('  stem', '  entropy C1: 1,\n  stem'), ['3 ,']],
    ['stage before a further group', net(`stage\n  + ${C2}\n  stage C3 ${C2}`), ['4 stage']],
    ['stage', net('stage\n  stage C2 conv(out: 64, k: 3, s: 2)'), ['4 stage']],
    ['stage with its name', net('stage C2\n  stage C2 conv(out: 64, k: 3, s: 2)'), ['4 C2']],
    ['a block', net('stage C2 conv\n  stage C2 conv(out: 64, k: 3, s: 2)'), ['4 conv']],
    ['arguments', net('stage C2 conv(out: 64, k: 3,\n  stage C3 conv(out: 64, k: 3, s: 2)'), ['4 ,']],
    ['the number of blocks', net(`stage C2 ${C2} x\n  stage C3 ${C2}`), ['4 x']],
    ['a further group', net(`stage C2 ${C2} +\n  stage C3 ${C2}`), ['4 +']],
    ['a backbone without its brace', NET.replace(' {', ''), ['1 n']],
    ['a backbone without its name', NET.replace(' n {', '\n{'), ['1 backbone']],
  ])('%s', (_, text, where) => expect(told(text)).toEqual(where));

  test('line ends stay free: a value on the next line is one', () => {
    expect(told(`${NET}budget\nb\n{ macs\n<=\n4G }\nsearch { start\nn\nwithin\nb space\ntinynas seed\n3 }\n`)).toEqual(
      [],
    );
  });
});

describe('the x of sizes and depths', () => {
  const spaced = format(net(`entropy C2: 1 stage C2 ${C2} x 3`));
  test.each([
    ['glued', ['3x64x64', ') x3']],
    ['glued to what is before it', ['3x 64x 64', ')x3']],
    ['glued to what is behind it', ['3 x64 x64', ')x 3']],
    ['a sign of its own', ['3 × 64 × 64', ') × 3']],
    ['that sign without spaces', ['3×64×64', ')×3']],
  ])('%s says the same, and is laid out', (_, [size = '', depth = '']) => {
    const text = spaced.replace('3 x 64 x 64', size).replace(') x 3', depth);
    expect(told(text)).toEqual([]);
    expect(snapshotOf(text).backbones[0]?.source.backbone).toEqual(snapshotOf(spaced).backbones[0]?.source.backbone);
    expect(format(text).replaceAll('×', 'x')).toBe(spaced);
  });

  test('names may still begin with one', () => {
    expect(told(`${NET.replace(' n ', ' x64 ')}budget x2 { macs <= 4G }\nsearch x3 { start x64 within x2 }`)).toEqual(
      [],
    );
  });
});

describe('any broken line', () => {
  const lines = SAMPLE.split('\n');
  const places = [...lines.keys()].filter((line) => /\w/.test(lines[line] ?? '') && !/[{}]/.test(lines[line] ?? ''));
  /** Every line of the sample cut short at every place, or with one of its characters gone or doubled. */
  const hurt = places.flatMap((line) => {
    const whole = (lines[line] ?? '').replace(/\s*\/\/.*/, '');
    const at = [...whole].map((_, index) => index).slice(2);
    const ends = at.flatMap((index) =>
      ['', whole.slice(index + 1), whole.slice(index - 1)].map((end) => [index, end] as const),
    );
    return ends.map(([index, end]) => ({ line, text: lines.with(line, whole.slice(0, index) + end).join('\n') }));
  });

  test('has a few problems on its own line, and elsewhere only what follows from it', () => {
    for (const { line, text } of hurt) {
      const { document, problems } = snapshotOf(text);
      const lineOf = ({ span }: (typeof problems)[number]) => document.positionAt(span.start).line;
      const own = problems.filter((problem) => lineOf(problem) === line);
      const others = problems.filter((problem) => problem.code === 'syntax' && !own.includes(problem));
      const written = text.split('\n')[line];
      expect(own.length, written).toBeLessThanOrEqual(4);
      expect(
        others.map((problem) => [lineOf(problem), problem.message]),
        written,
      ).toEqual([]);
    }
    expect(hurt.length).toBeGreaterThan(2000);
  });
});
