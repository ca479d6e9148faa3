import { describe, expect, test } from 'vitest';
import { readDesign } from '../../../server/src/language/design.ts';
import type { Problem } from '../../../server/src/language/problem.ts';

const wrap = (lines: string): string => `backbone net {\n  input 3 x 64 x 64\n${lines}\n}\n`;
const stem = '  stem conv(out: 16, k: 3, s: 2)\n';

interface Row {
  readonly name: string;
  readonly text: string;
  /** The text that is underlined, its code, and words of the message. */
  readonly expected: readonly (readonly [underlined: string, code: Problem['code'], message: RegExp])[];
}

const rows: readonly Row[] = [
  {
    name: 'a missing number',
    text: wrap(`${stem}  stage C2 bottleneck(out: 32, k: 3, s: 2) x 1`),
    expected: [['bottleneck', 'missing-argument', /needs btn/]],
  },
  {
    name: 'zero, negative, fractional, not a number, beyond 2^31',
    text: wrap(
      '  stem conv(out: 0, k: 3, s: 2) + conv(out: -8, k: 3, s: 1) + conv(out: 1.5, k: NaN, s: 1) x 3000000000',
    ),
    expected: [
      ['0', 'bad-number', /whole number from 1 to 65,536, not 0/],
      ['-8', 'bad-number', /not -8/],
      ['1.5', 'bad-number', /not 1\.5/],
      ['NaN', 'bad-number', /'NaN' is not a number/],
      ['3000000000', 'bad-number', /blocks must be a whole number from 1 to 1,000/],
    ],
  },
  {
    name: 'an even kernel and an unknown unit',
    text: wrap('  stem conv(out: 16q, k: 4, s: 2)'),
    expected: [
      ['16q', 'bad-number', /'q' is not a unit here/],
      ['4', 'bad-number', /odd/],
    ],
  },
  {
    name: 'a misspelt block and a misspelt argument',
    text: wrap(
      `${stem}  stage C2 botleneck(out: 32, btn: 8, k: 3, s: 2)\n  stage C3 basic(ot: 32, btn: 8, k: 3, s: 2)`,
    ),
    expected: [
      ['botleneck', 'unknown-block', /Did you mean bottleneck\?/],
      [
        'ot',
        'unknown-argument',
        /Did you mean out\? It takes out, btn, k, s, shortcut, strided, groups, dil, se, squeeze and act/,
      ],
    ],
  },
  {
    name: 'a broken line does not silence the others',
    text: wrap(
      `${stem}  stage C2 conv(out: 16 k: , s: 2)\n  stage C3 conv(out: 16, k: 5, s: 2)\n  stage C4 basic(out: 8, btn: 16, k: 3, s: 2)`,
    ),
    expected: [
      ['k:', 'bad-value', /k needs a value/],
      ['k:', 'syntax', /A comma is missing/],
      ['8', 'shrinking-channels', /from 16 to 8/],
      ['16', 'wide-bottleneck', /use btn: 8 or less/],
    ],
  },
  {
    name: 'channel groups that do not divide a width, and widths that cannot be split',
    text: wrap(
      `${stem}  stage C2 bottleneck(out: 32, btn: 12, k: 3, s: 2, groups: 5) x 1\n         + shuffle(out: 40, k: 3, s: 1) x 1\n  stage C3 basic(out: 64, btn: 32, k: 3, s: 2, groups: 3) x 1`,
    ),
    expected: [
      ['5', 'bad-width', /do not divide btn 12: use groups: 4/],
      ['40', 'bad-width', /use out: 32/],
      ['3', 'bad-width', /do not divide btn 32: use groups: 2/],
    ],
  },
  {
    name: 'a kernel larger than its feature map',
    text: 'backbone net {\n  input 3 x 8 x 64\n  stem conv(out: 16, k: 3, s: 2)\n  stage C2 conv(out: 16, k: 5, s: 2)\n}\n',
    expected: [['5', 'kernel-too-large', /4 positions a side.*k: 3/]],
  },
  {
    name: 'stages out of order, a stage without stride, a stride inside a stage',
    text: wrap(
      `${stem}  stage C3 conv(out: 16, k: 3, s: 2)\n  stage C3 conv(out: 16, k: 3, s: 1)\n  stage C3 conv(out: 16, k: 3, s: 2) + conv(out: 16, k: 3, s: 2)`,
    ),
    expected: [
      ['C3', 'stage-order', /This is stage C2/],
      ['1', 'stage-stride', /must begin with s: 2/],
      ['2', 'stage-stride', /begin a line 'stage C4'/],
    ],
  },
  {
    name: 'no input, no stem',
    text: 'backbone net {\n  stage C2 conv(out: 16, k: 3, s: 2)\n}\n',
    expected: [
      ['net', 'missing-input', /input 3 x 480 x 480/],
      ['stage', 'missing-stem', /begins with its stem/],
    ],
  },
  {
    name: 'an input of zero, and a side that is no number',
    text: 'backbone net {\n  input 0 x 64px x 64\n  stem conv(out: 16, k: 3, s: 2)\n}\n',
    expected: [
      ['0', 'bad-number', /channels/],
      ['64px', 'bad-number', /'px' is not a unit here/],
    ],
  },
  {
    name: 'duplicate and unknown names, with the nearest',
    text: `${wrap(stem)}${wrap(stem)}budget small { macs <= 1G }\nsearch { start nett\n within smal }\n`,
    expected: [
      ['net', 'duplicate-name', /another name/],
      ['small', 'unused-name', /within small/],
      ['nett', 'unknown-name', /Did you mean net\?/],
      ['smal', 'unknown-name', /Did you mean small\?/],
    ],
  },
  {
    name: 'names cannot form a cycle: a search that starts from itself is told what it needs',
    text: `${wrap(stem)}budget b { macs <= 1G }\nsearch loop { start loop\n within b }\n`,
    expected: [['loop', 'unknown-name', /'loop' is a search: a backbone is needed/]],
  },
  {
    name: 'budgets: unknown and unsupported costs, a limit twice, zero',
    text: `${wrap(stem)}budget b { mac <= 1G\n layers <= 5\n layers <= 6\n latency <= 20ms on v100\n memory <= 0 }\n`,
    expected: [
      ['mac', 'unknown-cost', /Did you mean macs/],
      ['layers', 'duplicate-argument', /twice/],
      ['v100', 'no-profile', /v100\.maeprofile\.json is not beside this file/],
      ['0', 'bad-number', /memory must be/],
    ],
  },
  {
    name: 'search settings: unknown, twice, out of range',
    text: `${wrap(stem)}budget b { macs <= 1G }\nsearch { sed 1\n seed 2\n seed 3\n population 1\n coarse-to-fine 150%\n space tinyness }\n`,
    expected: [
      ['sed', 'unknown-setting', /Did you mean seed\? It is there already/],
      ['seed', 'duplicate-statement', /set twice/],
      ['1', 'bad-number', /population/],
      ['150%', 'bad-number', /between 0% and 100%/],
      ['tinyness', 'unknown-name', /tinynas/],
    ],
  },
  {
    name: 'a minimised cost: unknown, misspelt words, a score that is none',
    text: `${wrap(stem)}search { minimise parms\n scor >= 2 }\nsearch { minimise params\n score >= r50 }\nsearch { minimise joules }\nsearch { minimise latency }\n`,
    expected: [
      ['parms', 'unknown-cost', /Did you mean params\?/],
      ['scor', 'unknown-setting', /Did you mean score\?/],
      ['r50', 'bad-number', /score must be a number from 0/],
      ['joules', 'unknown-cost', /Use macs, thop/],
      ['minimise latency', 'missing-device', /write 'minimise latency on NAME'/],
    ],
  },
  {
    name: 'a score without a minimised cost, told once',
    text: `${wrap(stem)}budget b { macs <= 1G }\nsearch { score >= 2090 }\nsearch { minimize params\n score >= 2090 }\n`,
    expected: [
      ['score >= 2090', 'missing-setting', /only while a cost is minimised: add 'minimise params'/],
      ['minimize', 'unknown-setting', /Did you mean minimise\?/],
    ],
  },
  {
    name: 'a measured score to hold, which nobody knows before',
    text: `${wrap(stem)}search { minimise params\n objective zen-measured }\nsearch { minimise params\n objective zen-measured\n score >= 90 }\n`,
    expected: [
      ['minimise params', 'missing-setting', /measured score of the start before the search\. Write .*score >= 100/],
    ],
  },
  {
    name: 'signs: a score needs one, the right one, and other settings have none',
    text: `${wrap(stem)}search { minimise params\n score 2090 }\nsearch { minimise params\n score <= 2090 }\nsearch { minimise >= params\n seed >= 3 }\n`,
    expected: [
      ['2090', 'bad-value', /write 'score >= 2090'/],
      ['<= 2090', 'bad-value', /held from below: write 'score >= 2090'/],
      ['>= params', 'bad-value', /without a sign: write 'minimise params'/],
      ['>= 3', 'bad-value', /write 'seed 3'/],
    ],
  },
  {
    name: 'plateau and time limit out of range, a unit of something else',
    text: `${wrap(stem)}budget b { macs <= 1G }\nsearch { plateau 0\n time-limit 0s }\nsearch { time-limit 3G }\nsearch { time-limit }\n`,
    expected: [
      ['0', 'bad-number', /plateau must be a whole number from 1/],
      ['0s', 'bad-number', /time-limit must be a time from 0.001 s to 604,800 s, not 0s/],
      ['3G', 'bad-number', /'G' is not a unit here: .*, with ms, s or min as a suffix/],
      ['time-limit', 'syntax', /ends too early: what time-limit is set to is missing, such as time-limit 30s/],
    ],
  },
  {
    name: 'no budget: needed to maximise, not to minimise',
    text: `${wrap(stem)}search { seed 1 }\nsearch { minimise params }\nsearch { minimise params\n within nowhere }\n`,
    expected: [
      ['search', 'missing-setting', /which budget it must hold/],
      ['nowhere', 'unknown-name', /no budget 'nowhere'/i],
    ],
  },
  {
    name: 'entropy of a stage that is not there',
    text: wrap(
      `  entropy C3: 1, C9: 2\n${stem}  stage C2 conv(out: 16, k: 3, s: 2)\n  stage C3 conv(out: 16, k: 3, s: 2)`,
    ),
    expected: [['C9', 'missing-stage', /counts for nothing: its stages are C1, C2, C3/]],
  },
  {
    name: 'entropy of what is no stage',
    text: wrap(`  entropy c1: 1, P3: 2\n${stem}`),
    expected: [
      ['c1', 'unknown-stage', /its stages are C1/],
      ['P3', 'unknown-stage', /its stages are C1/],
    ],
  },
  { name: 'an empty file', text: '', expected: [['', 'empty-file', /Begin with: backbone/]] },
  { name: 'a binary file', text: 'PK\u0003\0\0', expected: [['\0', 'syntax', /binary file/]] },
  { name: 'a file of 10 MB', text: 'a '.repeat(5_000_000), expected: [['a', 'syntax', /10\.0 million characters/]] },
  {
    name: 'an unclosed brace',
    text: 'backbone net {\n  input 3 x 64 x 64\n  stem conv(out: 16, k: 3, s: 2)\n',
    expected: [[')', 'syntax', /Expected '}', but the file ends here/]],
  },
  { name: 'an unclosed comment', text: `${wrap(stem)}/* and so on`, expected: [['/*', 'syntax', /never closed/]] },
];

describe('problems: what is underlined, the code, and what would be right', () => {
  test.each(rows.map((row): [string, Row] => [row.name, row]))('%s', (_, { text, expected }) => {
    const problems = readDesign(text).problems.map((p) => [text.slice(p.span.start, p.span.end), p.code, p.message]);
    const wanted = expected.map(([underlined, code, message]) => [underlined, code, expect.stringMatching(message)]);
    expect(problems).toEqual(wanted);
  });
});

const sound = wrap(`${stem}  stage C2 conv(out: 32, k: 3, s: 2)`);

describe('texts without a problem', () => {
  test.each([
    ['Windows line ends', sound.replaceAll('\n', '\r\n')],
    ['a byte-order mark', `\uFEFF${sound}`],
    ['Unicode names', sound.replace('net', 'réseau_神経網')],
    [
      'a stem that pools',
      sound.replace('s: 2)\n', 's: 2) + maxpool(k: 3, s: 2)\n').replace('32, k: 3, s: 2', '32, k: 3, s: 1'),
    ],
    [
      'a stage that pools',
      sound.replace(
        'conv(out: 32, k: 3, s: 2)',
        'maxpool(k: 3, s: 2) + basic(out: 32, btn: 32, k: 3, s: 1, strided: first) x 2',
      ),
    ],
    [
      'squeeze-and-excitation',
      sound.replace('conv(out: 32, k: 3, s: 2)', 'inverted(out: 32, btn: 64, k: 3, s: 2, se) x 2'),
    ],
    ['SI suffixes', sound.replace('out: 32', 'out: 1k')],
    ['names that are settings too', `${sound.replace('net', 'score')}search minimise { start score\n minimise macs }`],
  ])('%s', (_, text) => {
    const design = readDesign(text);
    expect(design.problems).toEqual([]);
    expect(design.backbones[0]?.backbone).toBeDefined();
  });
});
