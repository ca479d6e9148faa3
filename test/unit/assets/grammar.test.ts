import { beforeAll, describe, expect, test } from 'vitest';
import { blockNames } from '../../../server/src/backbone/blocks.ts';
import { allParts } from '../../../server/src/detector/parts.ts';
import { loadGrammar, type Token } from './tokenize.ts';

// The sample of DESIGN.md, cut to one line of each kind.
const SAMPLE = `// MAE-DET-M as published. Comments: // and /* */.
backbone maedet_m {
  input 3 x 800 x 1280                        // channels x height x width
  entropy C3: 1, C4: 1, C5: 6                 // α of the multi-scale score

  stem     conv(out: 64, k: 3, s: 2)
  stage C4 bottleneck(out: 768,  btn: 256, k: 3, s: 2) x 1
         + bottleneck(out: 1024, btn: 256, k: 3, s: 1) x 1
}
backbone two_ways {
  stem     conv(out: 64, k: 7, s: 2)
  node c   basic(out: 256, btn: 256, k: 3, s: 1) x 1  at /8 from a, as b
  node d   conv(out: 128, k: 1, s: 1)                 from concat(b, c)
  output C3: c, C4: d
}
detector gfl {
  backbone maedet_m
  classes 80
  neck fpn(from: C3..C5, extra: on-output)
  head gfl(width: 256, quality: yes)
}
budget r50 {
  tinynas <= 18.8G
  latency <= 20ms on v100
}
search {
  start r50_start
  space tinynas
  coarse-to-fine 50%
}`;

let tokenize: (text: string) => Token[][];
beforeAll(async () => {
  tokenize = await loadGrammar();
});

/** "text scope" for each token of the first line, without the ending that all scopes share. */
const scopes = (line: string): string[] =>
  (tokenize(line)[0] ?? []).map(({ text, scope }) => `${text.trim()} ${scope.replace(/\.mae$/, '')}`);

describe('the TextMate grammar', () => {
  test('knows every token of the sample', () => {
    const unknown = tokenize(SAMPLE).flatMap((line) => line.filter((token) => token.scope === 'source.mae'));
    expect(unknown).toEqual([]);
  });

  test.each([
    [
      'backbone maedet_m {',
      ['backbone keyword.declaration', 'maedet_m entity.name.type', '{ punctuation.section.block.begin'],
    ],
    [
      '  node c conv(k: 3) x 1 at /8 from a, as b',
      [
        'node keyword.control',
        'c variable.other.enummember.stage',
        'conv support.type.block',
        '( punctuation.section.parens.begin',
        'k variable.parameter',
        ': punctuation.separator.key-value',
        '3 constant.numeric',
        ') punctuation.section.parens.end',
        'x keyword.operator.repeat',
        '1 constant.numeric',
        'at keyword.control',
        '/ keyword.operator.share',
        '8 constant.numeric',
        'from keyword.control',
        'a variable.other',
        ', punctuation.separator.comma',
        'as keyword.control',
        'b variable.other',
      ],
    ],
    [
      '  from concat(b, c)',
      [
        'from keyword.control',
        'concat keyword.control',
        '( punctuation.section.parens.begin',
        'b variable.other',
        ', punctuation.separator.comma',
        'c variable.other',
        ') punctuation.section.parens.end',
      ],
    ],
    [
      '  output C3: c, C4: d',
      [
        'output keyword.control',
        'C3 variable.other.enummember.stage',
        ': punctuation.separator.key-value',
        'c variable.other',
        ', punctuation.separator.comma',
        'C4 variable.other.enummember.stage',
        ': punctuation.separator.key-value',
        'd variable.other',
      ],
    ],
    [
      '  out 16..1024',
      ['out variable.parameter', '16 constant.numeric', '.. keyword.operator.range', '1024 constant.numeric'],
    ],
    ['space mine {', ['space keyword.declaration', 'mine entity.name.type', '{ punctuation.section.block.begin']],
    ['detector gfl {', ['detector keyword.declaration', 'gfl entity.name.type', '{ punctuation.section.block.begin']],
    [
      'backbone detector {',
      ['backbone keyword.declaration', 'detector entity.name.type', '{ punctuation.section.block.begin'],
    ],
    ['  backbone net', ['backbone keyword.other.setting', 'net entity.name.type']],
    ['  classes 80', ['classes keyword.control', '80 constant.numeric']],
    ['  neck none', ['neck keyword.control', 'none support.type.block']],
    [
      '  neck fpn(from: C3..C5)',
      [
        'neck keyword.control',
        'fpn support.type.block',
        '( punctuation.section.parens.begin',
        'from variable.parameter',
        ': punctuation.separator.key-value',
        'C3 constant.language',
        '.. keyword.operator.range',
        'C5 constant.language',
        ') punctuation.section.parens.end',
      ],
    ],
    [
      '  head gfi(quality: yes)',
      [
        'head keyword.control',
        'gfi entity.name.function',
        '( punctuation.section.parens.begin',
        'quality variable.parameter',
        ': punctuation.separator.key-value',
        'yes constant.language',
        ') punctuation.section.parens.end',
      ],
    ],
    [
      '  from neck, head',
      ['from keyword.control', 'neck variable.other', ', punctuation.separator.comma', 'head variable.other'],
    ],
    ['  like tinynas', ['like keyword.other.setting', 'tinynas constant.language']],
    ['budget node {', ['budget keyword.declaration', 'node entity.name.type', '{ punctuation.section.block.begin']],
    ['  start output', ['start keyword.other.setting', 'output entity.name.type']],
    ['search {', ['search keyword.declaration', '{ punctuation.section.block.begin']],
    [
      '  input 3 x 800',
      ['input keyword.control', '3 constant.numeric', 'x keyword.operator.repeat', '800 constant.numeric'],
    ],
    [
      '  input 3x64 × 64',
      [
        'input keyword.control',
        '3 constant.numeric',
        'x keyword.operator.repeat',
        '64 constant.numeric',
        '× keyword.operator.repeat',
        '64 constant.numeric',
      ],
    ],
    [') x2', [') punctuation.section.parens', 'x keyword.operator.repeat', '2 constant.numeric']],
    [
      '  C3: 1,',
      [
        'C3 variable.other.enummember.stage',
        ': punctuation.separator.key-value',
        '1 constant.numeric',
        ', punctuation.separator.comma',
      ],
    ],
    [
      '  tinynas <= 18.8G',
      [
        'tinynas variable.other.cost',
        '<= keyword.operator.comparison',
        '18.8 constant.numeric',
        'G keyword.other.unit',
      ],
    ],
    ['  coarse-to-fine 50%', ['coarse-to-fine keyword.other.setting', '50 constant.numeric', '% keyword.other.unit']],
    ['  start r50_start', ['start keyword.other.setting', 'r50_start entity.name.type']],
    ['  minimise params', ['minimise keyword.other.setting', 'params variable.other.cost']],
    [
      '  vary neck.out, gfl.convs',
      [
        'vary keyword.other.setting',
        'neck keyword.control',
        '. punctuation.accessor',
        'out variable.parameter',
        ', punctuation.separator.comma',
        'gfl support.type.block',
        '. punctuation.accessor',
        'convs variable.parameter',
      ],
    ],
    ['  start vary', ['start keyword.other.setting', 'vary entity.name.type']],
    ['  score >= 2090', ['score keyword.other.setting', '>= keyword.operator.comparison', '2090 constant.numeric']],
    ['  start score', ['start keyword.other.setting', 'score entity.name.type']],
    ['  time-limit 30s', ['time-limit keyword.other.setting', '30 constant.numeric', 's keyword.other.unit']],
    ['  space tinynas', ['space keyword.other.setting', 'tinynas constant.language']],
    ['  20ms on v100', ['20 constant.numeric', 'ms keyword.other.unit', 'on keyword.control', 'v100 entity.name.type']],
  ])('%s', (line, expected) => {
    expect(scopes(line)).toEqual(expected);
  });

  test('tells the block, its arguments and their values apart', () => {
    expect(scopes('stage C4 bottleneck(btn: 8, shortcut: conv, se) x 1')).toEqual([
      'stage keyword.control',
      'C4 variable.other.enummember.stage',
      'bottleneck support.type.block',
      '( punctuation.section.parens.begin',
      'btn variable.parameter',
      ': punctuation.separator.key-value',
      '8 constant.numeric',
      ', punctuation.separator.comma',
      'shortcut variable.parameter',
      ': punctuation.separator.key-value',
      'conv constant.language',
      ', punctuation.separator.comma',
      'se variable.parameter',
      ') punctuation.section.parens.end',
      'x keyword.operator.repeat',
      '1 constant.numeric',
    ]);
  });

  test.each([...blockNames(), ...allParts().map(({ name }) => name)])('knows %s', (name) => {
    expect(scopes(`${name}()`)[0]).toBe(`${name} support.type.block`);
  });

  test('marks a second group of a stage, and a block that stands where the name of the stage should', () => {
    expect(scopes('+ basic()').slice(0, 2)).toEqual(['+ keyword.operator.sequence', 'basic support.type.block']);
    expect(scopes('stage basic()').slice(0, 2)).toEqual(['stage keyword.control', 'basic support.type.block']);
  });

  test('keeps a word of the language inside a name apart from the word', () => {
    for (const name of [
      'stage_2',
      'my-budget',
      'réseau',
      'inputs',
      'x2',
      'pre-stem',
      'node',
      'output',
      'from',
      'nodes',
      'detector',
      'neck',
      'head',
      'classes',
      'fpn',
      'mask',
    ]) {
      expect(scopes(name)).toEqual([`${name} variable.other`]);
    }
    expect(scopes('backbone réseau-1 {')[1]).toBe('réseau-1 entity.name.type');
  });

  test('takes a block comment over several lines, and nothing of it for code', () => {
    const [, inside, after] = tokenize('/* backbone\nstage C2\n*/ stem');
    expect(inside).toEqual([{ text: 'stage C2', scope: 'comment.block.mae' }]);
    expect(after?.at(-1)).toEqual({ text: 'stem', scope: 'keyword.control.mae' });
  });

  test('recovers from an unclosed parenthesis at the end of the backbone', () => {
    expect(tokenize('stem conv(out: 64\n}\nbudget b {').at(-1)?.[0]?.scope).toBe('keyword.declaration.mae');
  });
});
