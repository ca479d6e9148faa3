import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allParts } from '../../../server/src/detector/parts.ts';
import { readDesign } from '../../../server/src/language/design.ts';
import type { Problem } from '../../../server/src/language/problem.ts';
import { applyEdits } from '../../../server/src/language/rewrite.ts';
import { DETECTOR_SYNONYMS } from '../../../server/src/language/synonyms.ts';
import { PYRAMID, RESNET } from './detector-texts.ts';

/** The code of what is wrong with its place. */
const shown = (text: string, { code, severity, span }: Problem): string =>
  `${code} ${severity} «${text.slice(span.start, span.end)}»`;

function fixed(text: string, { data, span }: Problem): string | undefined {
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

/** [what, the body of a detector, what is wrong, a piece of the first message, the body that the first fix makes of it] */
type Row = [what: string, body: string, expected: string[], message: string, mended?: string];

function check(before: string, [, body, expected, message, mended]: Row): void {
  const text = `${before}detector d { ${body} }\n`;
  const { problems, detectors } = readDesign(text);
  expect(problems.map((problem) => shown(text, problem))).toEqual(expected);
  const [first] = problems;
  expect(first?.message).toContain(message);
  const isError = problems.some(({ severity }) => severity === 'error');
  expect(detectors.at(-1)?.detector === undefined).toBe(isError);
  if (mended === undefined) return;
  const after = first && fixed(text, first);
  expect(after).toBe(`${before}detector d { ${mended} }\n`);
  if (expected.length === 1) expect(readDesign(after ?? '').problems).toEqual([]);
}

describe('what is wrong with a part', () => {
  test.each<Row>([
    [
      'an unknown neck',
      'neck fpm()  head gfl()',
      ['unknown-part error «fpm»'],
      'Did you mean fpn?',
      'neck fpn()  head gfl()',
    ],
    [
      'an unknown head',
      'neck fpn()  head gfk()',
      ['unknown-part error «gfk»'],
      'Did you mean gfl?',
      'neck fpn()  head gfl()',
    ],
    [
      'what others call it',
      'neck PAFPN_neck()  head gfl()',
      ['unknown-part error «PAFPN_neck»'],
      'mean pafpn?',
      'neck pafpn()  head gfl()',
    ],
    ['a word like none', 'neck fpn()  head wibble()', ['unknown-part error «wibble»'], 'Use gfl, fcos'],
    [
      'a neck as a head',
      'head fpn()  head gfl()',
      ['unknown-part error «fpn»'],
      "write 'neck fpn'",
      'neck fpn()  head gfl()',
    ],
    ['a head as a neck', 'neck GFLHead()  head fcos()', ['unknown-part error «GFLHead»'], "write 'head gfl'"],
    ['no neck yet', 'neck  head gfl()', ['syntax error «neck»'], 'the neck is missing'],
    ['no head yet', 'neck fpn()  head', ['syntax error «head»'], 'the head is missing'],
    ['a sign', 'neck: fpn()  head gfl()', ['bad-value error «:»'], "write 'neck fpn'", 'neck fpn()  head gfl()'],
    [
      'a part by itself',
      'fpn(out: 128)  head gfl()',
      ['unknown-part error «fpn(out: 128)»'],
      'write',
      'neck fpn(out: 128)  head gfl()',
    ],
    [
      'what is called so by itself',
      'neck fpn()  FCOSHead()',
      ['unknown-part error «FCOSHead()»'],
      'fcos is a head',
      'neck fpn()  head fcos()',
    ],
    [
      'an unknown argument',
      'neck fpn(outt: 128)  head gfl()',
      ['unknown-argument error «outt»'],
      'mean out?',
      'neck fpn(out: 128)  head gfl()',
    ],
    [
      'what others call it',
      'neck fpn(num_outs: 5)  head gfl()',
      ['unknown-argument error «num_outs»'],
      'mean levels?',
      'neck fpn(levels: 5)  head gfl()',
    ],
    [
      'an argument of another part',
      'neck fpn(regmax: 8)  head gfl()',
      ['unknown-argument error «regmax»'],
      'It takes from, out',
      'neck fpn()  head gfl()',
    ],
    [
      'classes in a head',
      'neck fpn()  head gfl(num_classes: 20)',
      ['unknown-argument error «num_classes»'],
      'on a line of the detector',
    ],
    ['an argument twice', 'neck fpn(out: 8, out: 16)  head gfl()', ['duplicate-argument error «out»'], 'keep one'],
    ['a number that is none', 'neck fpn(out: wide)  head gfl()', ['bad-number error «wide»'], 'out must be'],
    ['a number out of range', 'neck fpn(levels: 0)  head gfl()', ['bad-number error «0»'], 'levels must be'],
    ['no number', 'neck fpn(out:)  head gfl()', ['bad-value error «out:»'], 'such as out: 256'],
    [
      'two numbers',
      'neck fpn()  head gfl(width: 64x64)',
      ['bad-value error «64x64»'],
      'one value',
      'neck fpn()  head gfl(width: 64)',
    ],
    [
      'a range of numbers',
      'neck fpn()  head gfl(convs: 2..4)',
      ['bad-value error «2..4»'],
      'one value',
      'neck fpn()  head gfl(convs: 2)',
    ],
    [
      'an unknown word',
      'neck fpn(extra: pol)  head gfl()',
      ['bad-value error «pol»'],
      'mean pool?',
      'neck fpn(extra: pool)  head gfl()',
    ],
    ['= for :', 'neck fpn(out = 128)  head gfl()', ['syntax error «=»'], 'colon', 'neck fpn(out: 128)  head gfl()'],
    [
      'numbers without names',
      'neck fpn()  head gfl(128, 2)',
      ['syntax error «128, 2»'],
      'gfl(width: 128, convs: 2)',
      'neck fpn()  head gfl(width: 128, convs: 2)',
    ],
    [
      'no comma',
      'neck fpn(out: 128 levels: 5)  head gfl()',
      ['syntax error «levels: 5»'],
      'comma',
      'neck fpn(out: 128, levels: 5)  head gfl()',
    ],
    [
      'fewer levels than it reads',
      'neck fpn(levels: 2)  head gfl()',
      ['misfit-part error «2»'],
      'levels: 3',
      'neck fpn(levels: 3)  head gfl()',
    ],
    ['a width that GroupNorm cannot split', 'neck fpn()  head gfl(width: 250)', ['misfit-part error «250»'], '32'],
    ['outputs of several widths', 'neck none  head gfl()', ['misfit-part error «none»'], 'different channels'],
  ])('%s: %s', (...row) => check(RESNET, row));
});

describe('what is wrong with what a neck reads', () => {
  test.each<Row>([
    [
      'a stage too many',
      'neck fpn(from: C3..C6)  head gfl()',
      ['missing-level error «C6»'],
      'its stages are C1, C2, C3, C4 and C5',
      'neck fpn(from: C3..C5)  head gfl()',
    ],
    [
      'both ends',
      'neck fpn(from: C0..C6)  head gfl()',
      ['missing-level error «C0»', 'missing-level error «C6»'],
      'no stage C0',
    ],
    [
      'another word',
      'neck fpn(from: c3..C5)  head gfl()',
      ['missing-level error «c3»'],
      '',
      'neck fpn(from: C3..C5)  head gfl()',
    ],
    [
      'the wrong way round',
      'neck fpn(from: C5..C3)  head gfl()',
      ['bad-value error «C5..C3»'],
      'write C3..C5',
      'neck fpn(from: C3..C5)  head gfl()',
    ],
    [
      'a list',
      'neck fpn(from: C3, C4, C5)  head gfl()',
      ['bad-value error «C3, C4, C5»'],
      'C3..C5',
      'neck fpn(from: C3..C5)  head gfl()',
    ],
    [
      'numbers',
      'neck fpn(from: 3..5)  head gfl()',
      ['bad-value error «3..5»'],
      'C3..C5',
      'neck fpn(from: C3..C5)  head gfl()',
    ],
    [
      'no name',
      'neck fpn(C3..C5)  head gfl()',
      ['unknown-argument error «C3»'],
      'from: C3..C5',
      'neck fpn(from: C3..C5)  head gfl()',
    ],
    ['a range of one end', 'neck fpn(from: C3..)  head gfl()', ['bad-value error «C3..»'], 'both of its ends'],
    [
      'a range without its beginning',
      'neck fpn(from: ..C5)  head gfl()',
      ['bad-value error «..C5»'],
      'both of its ends',
    ],
    ['nothing', 'neck fpn(from: )  head gfl()', ['bad-value error «from:»'], 'such as from: C3..C5'],
    [
      'a range where one is read',
      'neck dilated(from: C3..C5)  head yolof()',
      ['bad-value error «C3..C5»'],
      'One output',
      'neck dilated(from: C5)  head yolof()',
    ],
  ])('%s: %s', (...row) => check(RESNET, row));

  test.each<Row>([
    [
      'an output that is none',
      'neck fpn(from: fin..C4)  head gfl()',
      ['missing-level error «fin»'],
      'its outputs are fine, C4 and coarse',
      'neck fpn(from: fine..C4)  head gfl()',
    ],
    ['a node that is no output', 'neck fpn(from: c..coarse)  head gfl()', ['missing-level error «c»'], 'no output c'],
    [
      'sides that cannot be halved so often',
      'input 3 x 260 x 256  neck fpn()  head gfl()',
      ['cut-input warning «input 3 x 260 x 256»'],
      'that 16 divides',
    ],
  ])('of a graph, %s: %s', (...row) => check(PYRAMID, row));

  test('a backbone without what is read where nothing is written', () => {
    const short = RESNET.replace(/ {2}stage C5.*\n/, '');
    check(short, [
      '',
      'neck fpn()  head gfl()',
      ['missing-level error «fpn»'],
      'reads C3..C5',
      'neck fpn(from: C2..C4)  head gfl()',
    ]);
    check(short, [
      '',
      'neck fpn(out: 128)  head gfl()',
      ['missing-level error «fpn»'],
      'C5',
      'neck fpn(from: C2..C4, out: 128)  head gfl()',
    ]);
    check(short, [
      '',
      'neck dilated  head yolof()',
      ['missing-level error «dilated»'],
      'C5',
      'neck dilated(from: C4)  head yolof()',
    ]);
  });

  test('nothing is said of stages that cannot be read', () => {
    const { problems } = readDesign(
      `${RESNET.replace('out: 256,  btn: 64,  k: 3, s: 2', 'out: 256, btn: 64, k: 3, s: two')}detector d { neck fpn(from: C3..C6)  head gfl() }`,
    );
    expect(problems.map(({ code }) => code)).toEqual(['bad-number']);
  });
});

describe('what is wrong with the lines of a detector', () => {
  const good = 'neck fpn()  head gfl()';
  test.each<Row>([
    ['no head', 'neck fpn()', ['missing-head error «d»'], 'at least one head', 'neck fpn()  head gfl()'],
    [
      'no head behind one level',
      'neck dilated()',
      ['missing-head error «d»'],
      'head yolof()',
      'neck dilated()  head yolof()',
    ],
    ['two necks', `neck none  ${good}`, ['duplicate-statement error «neck»'], 'one neck'],
    ['a head twice', `${good}  head gfl()`, ['duplicate-statement error «head»'], 'one head gfl', `${good}  `],
    [
      'two backbones',
      `backbone resnet50  backbone resnet50  ${good}`,
      ['duplicate-statement error «backbone»'],
      'one backbone',
    ],
    ['two inputs', `input 3 x 64 x 64  input 3 x 96 x 96  ${good}`, ['duplicate-statement error «input»'], 'one input'],
    ['classes twice', `classes 3  classes 4  ${good}`, ['duplicate-statement error «classes»'], 'one classes line'],
    [
      'an unknown backbone',
      `backbone resnet5  ${good}`,
      ['unknown-name error «resnet5»'],
      'mean resnet50?',
      `backbone resnet50  ${good}`,
    ],
    ['no backbone is like it', `backbone q  ${good}`, ['unknown-name error «q»'], "no backbone 'q'. Use resnet50."],
    ['a detector for a backbone', `backbone d  ${good}`, ['unknown-name error «d»'], "'d' is a detector"],
    ['no backbone yet', `backbone  ${good}`, ['syntax error «backbone»'], 'the name of a backbone is missing'],
    ['no budget yet', `within  ${good}`, ['syntax error «within»'], 'the name of a budget is missing'],
    ['zero classes', `classes 0  ${good}`, ['bad-number error «0»'], 'from 1 to'],
    ['too many classes', `classes 1G  ${good}`, ['bad-number error «1G»'], 'from 1 to'],
    ['classes by name', `classes coco  ${good}`, ['bad-number error «coco»'], 'is not a number'],
    ['no classes yet', `classes  ${good}`, ['syntax error «classes»'], 'the number of classes is missing'],
    ['a sign', `classes: 20  ${good}`, ['bad-value error «: 20»'], "write 'classes 20'", `classes 20  ${good}`],
    [
      'a sign before a backbone',
      `backbone = resnet50  ${good}`,
      ['bad-value error «= resnet50»'],
      "'backbone resnet50'",
      `backbone resnet50  ${good}`,
    ],
    [
      'what others call a line',
      `num_classes: 20  ${good}`,
      ['unknown-setting error «num_classes»'],
      'mean classes?',
      `classes 20  ${good}`,
    ],
    [
      'what others call a head',
      'neck fpn()  bbox_head gfl()',
      ['unknown-setting error «bbox_head»'],
      'mean head?',
      'neck fpn()  head gfl()',
    ],
    ['what is no line', `wibble 3  ${good}`, ['unknown-setting error «wibble»'], 'Use backbone, input'],
    ['an input of 1 × 1', `input 3 x 1 x 1  ${good}`, ['bad-number error «input 3 x 1 x 1»'], 'at least 32'],
    ['an input of one side too small', `input 3 x 31 x 640  ${good}`, ['bad-number error «input 3 x 31 x 640»'], 'C5'],
    [
      'other channels',
      `input 1 x 640 x 640  ${good}`,
      ['bad-number error «1»'],
      'reads 3 channels',
      `input 3 x 640 x 640  ${good}`,
    ],
    ['half an input', `input 3 x 640  ${good}`, ['syntax error «neck»'], "Expected 'x'"],
    ['a comma', 'neck fpn(), head gfl()', ['syntax error «,»'], 'A detector holds'],
    ['no closing parenthesis', 'neck fpn(from: C3..C5  head gfl()', ['syntax error «head»'], "Expected ')'"],
  ])('%s: %s', (...row) => check(RESNET, row));

  test('without a backbone in a file of several', () => {
    const two = `${RESNET}${PYRAMID}`;
    check(two, ['', good, ['missing-backbone error «d»'], "'backbone resnet50'", `backbone resnet50  ${good}`]);
    const text = `${two}detector d {\n  // a\n  neck fpn() // b\n}\n`;
    const { problems } = readDesign(text);
    expect(problems.map((p) => shown(text, p))).toEqual(['missing-head error «d»', 'missing-backbone error «d»']);
    expect(problems.map((p) => fixed(text, p)?.slice(two.length))).toEqual([
      'detector d {\n  // a\n  neck fpn() // b\n  head gfl()\n}\n',
      'detector d {\n  // a\n  backbone resnet50\n  neck fpn() // b\n}\n',
    ]);
    expect(readDesign(`detector d { ${good} }`).problems.map(({ code }) => code)).toEqual(['missing-backbone']);
  });

  test('the name of a backbone, which a search could mean as well', () => {
    const text = `${RESNET}detector resnet50 { ${good} }\nsearch { start resnet50  minimise params }`;
    const [problem, ...others] = readDesign(text).problems;
    expect(others).toEqual([]);
    expect(problem && shown(text, problem)).toBe('duplicate-name error «resnet50»');
    expect(problem && fixed(text, problem)).toBe(text.replace('detector resnet50', 'detector resnet50_detector'));
  });

  test('an unknown budget', () => {
    const text = `${RESNET}detector d { within small  ${good} }`;
    expect(readDesign(text).problems.map((p) => shown(text, p))).toEqual(['unknown-name error «small»']);
  });

  test('two detectors of one name', () => {
    const text = `${RESNET}detector d { ${good} }\ndetector d { ${good} }`;
    expect(readDesign(text).problems.map((p) => shown(text, p))).toEqual(['duplicate-name error «d»']);
  });

  test.each([
    ['a name', 'detector { neck fpn() }', "Expected a name, but found '{'"],
    ['a brace', 'detector d neck fpn() }', "Expected '{', but found 'neck'"],
    [
      'a brace at its end',
      'detector d { neck fpn()\n\nbackbone b { input 3 x 64 x 64  stem conv(out: 8, k: 3, s: 2) }',
      'A detector holds',
    ],
  ])('without %s', (_, text, message) => {
    const { problems } = readDesign(`${RESNET}${text}`);
    expect(problems.map(({ code }) => code)).toEqual(['syntax']);
    expect(problems[0]?.message).toContain(message);
  });

  test('what a broken line takes along is not the lines beside it', () => {
    const lines = [
      'backbone resnet50',
      'input 3 x 640',
      'classes',
      'neck',
      'neck fpn(from: ',
      'head gfl(width',
      'within',
      'wibble',
      'head',
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(lines), fc.constantFrom('\n', '\n\n  '), (some, gap) => {
        const text = `${RESNET}detector d {${gap}${some.join(gap)}${gap}}\ndetector e { ${good} }\n`;
        const { detectors } = readDesign(text);
        expect(detectors.at(-1)?.detector?.name).toBe('e');
      }),
    );
  });
});

describe('words of others', () => {
  test.each(Object.entries(DETECTOR_SYNONYMS))('%s', (word, [meant = '']) => {
    const value = { classes: '20', neck: 'fpn()', head: 'gfl()', backbone: 'resnet50', within: 'b', input: '3' }[meant];
    const text = `${RESNET}detector d { ${word} ${value} }`;
    const problem = readDesign(text).problems.find(({ code }) => code === 'unknown-setting');
    expect(problem?.data).toMatchObject({ kind: 'replace', with: [meant] });
  });

  test.each(allParts().flatMap((part) => part.synonyms.split(' ').map((word) => [word, part] as const)))(
    '%s',
    (word, part) => {
      const text = `${RESNET}detector d { ${part.role} ${word}() }`;
      const problem = readDesign(text).problems.find(({ code }) => code === 'unknown-part');
      expect(problem?.data).toMatchObject({ kind: 'replace', with: [part.name] });
    },
  );

  test.each(
    allParts().flatMap((part) =>
      part.arguments.flatMap(({ name, synonyms = '' }) =>
        synonyms.split(' ').flatMap((word) => (word === '' ? [] : [[part.name, word, name, part.role] as const])),
      ),
    ),
  )('%s(%s)', (part, word, name, role) => {
    const text = `${RESNET}detector d { ${role} ${part}(${word}: 3) }`;
    const problem = readDesign(text).problems.find(({ code }) => code === 'unknown-argument');
    const data = problem?.data?.kind === 'replace' ? problem.data.with : [];
    expect(data).toContain(name);
  });
});
