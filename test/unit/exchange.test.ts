import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Group, group } from '../../server/src/backbone/backbone.ts';
import { exportTinynas } from '../../server/src/exchange/formats/tinynas.ts';
import { importTinynas } from '../../server/src/exchange/tinynas-import.ts';
import { backboneOf, square, structureCases, titleOf } from '../golden/structures.ts';
import { tinynasBackbone } from './designs.ts';

const options = { name: 'net' };
const stem = "{'class': 'ConvKXBNRELU', 'in': 3, 'out': 8, 'k': 3, 's': 2}";
const res = (fields: string): string => `{'class': 'SuperResK1KXK1', 'in': 8, 'k': 3, 's': 2, ${fields}}`;

/** Every problem as `line:column message`, counted in the text as a person sees it. */
function problemsOf(text: string): string[] {
  const result = importTinynas(text, options);
  if (result.ok) return [];
  return result.problems.map(({ message, span }) => {
    const lines = text.slice(0, span.start).split(/\r\n|\r|\n/);
    return `${lines.length}:${(lines[lines.length - 1]?.length ?? 0) + 1} ${message}`;
  });
}

describe('import, export, import is the identity', () => {
  test.each(structureCases.map((c, index) => [titleOf(c, index), c] as const))('%s', (_, c) => {
    const first = importTinynas(JSON.stringify(c.structure_info), { name: c.name ?? 'golden' });
    expect(first).toEqual({ ok: true, value: [backboneOf(c.structure_info, square(480), c.name)] });
    const exported = first.ok && first.value[0] !== undefined ? exportTinynas(first.value[0]) : undefined;
    expect(exported?.ok).toBe(true);
    expect(importTinynas(exported?.ok === true ? String(exported.content) : '', { name: c.name ?? 'golden' })).toEqual(
      first,
    );
  });

  test('for any design of the blocks that TinyNAS has', () => {
    fc.assert(
      fc.property(tinynasBackbone, (design) => {
        const exported = exportTinynas(design);
        const again = importTinynas(exported.ok ? String(exported.content) : exported.message, { name: design.name });
        expect(again).toEqual({ ok: true, value: [design] });
      }),
    );
  });
});

describe('what is accepted', () => {
  const plain = importTinynas(`[${stem}, ${res("'out': 32, 'L': 2, 'btn': 8")}]`, options);

  test.each([
    ['a tuple of blocks', `(${stem}, ${res("'out': 32, 'L': 2, 'btn': 8")},)`],
    ['a byte-order mark and indentation', `\uFEFF  \n [${stem}, ${res("'out': 32, 'L': 2, 'btn': 8")}]`],
    ['Windows line ends', `[${stem},\r\n${res("'out': 32,\r\n 'L': 2, 'btn': 8")}]\r\n`],
    ['comments', `# a structure\n[ # list\n${stem}, # stem\n${res("'out': 32, 'L': 2, 'btn': 8")}]\n# end`],
    [
      'keys that TinyNAS adds',
      `[${stem}, ${res("'out': 32, 'L': 2, 'btn': 8, 'nbitsA': [8, 8], 'p': None, 'x': True")}]`,
    ],
    ['numbers in any notation', `[${stem}, ${res("'out': 0x20, 'L': +2, 'btn': 8.0")}]`],
    [
      'strings in parts and with escapes',
      `[${stem.replace("'ConvKX", "r'Conv' '\\x4bX")}, ${res("'\\157ut': 32, 'L': 2, 'btn': 8")}]`,
    ],
    ['values in parentheses', `([${stem}, ${res("'out': (32), 'L': 2, 'btn': 8")}])`],
    [
      'best_structures with other keys',
      `{'space': 'MasterNet', 'acc': [-1.5e3], 'best_structures': [[${stem}, ${res("'out': 32, 'L': 2, 'btn': 8")}]]}`,
    ],
  ])('%s', (_, text) => {
    expect(plain.ok).toBe(true);
    expect(importTinynas(text, options)).toEqual(plain);
  });

  test('several networks are numbered', () => {
    const result = importTinynas(`{'best_structures': [[${stem}], [${stem}]]}`, { name: 'best structures' });
    expect(result.ok && result.value.map((b) => b.name)).toEqual(['best_structures_1', 'best_structures_2']);
  });

  test('the input takes the channels of the first block and the size that is asked for', () => {
    const result = importTinynas(`[${stem.replace('3,', '4,')}]`, { name: 'net', input: { height: 800, width: 1280 } });
    expect(result.ok && result.value[0]?.input).toEqual({ channels: 4, height: 800, width: 1280 });
  });
});

describe('code is never run, only named', () => {
  const never = 'and code';
  test.each([
    [
      "[{'class': __import__('os').system('touch pwned')}]",
      `1:12 '__import__('os').system('touch pwned')' is a call, ${never}`,
    ],
    ['[x for x in range(9)]', '1:1 A comprehension is code, and code'],
    ['[lambda: 1]', "1:2 'lambda: 1' is code, and code"],
    ["[f'{open(1)}']", '1:2 An f-string is code, and code'],
    ['[1 + 2]', "1:2 '1 + 2' would have to be computed, and code"],
    ['[--1]', "1:2 '--1' would have to be computed, and code"],
    ['[not 1]', "1:2 'not 1' would have to be computed, and code"],
    ['[*a]', '1:2 * unpacks another value, which is code'],
    ['{**a}', '1:2 ** unpacks another value, which is code'],
    ['import os', "1:1 'import os' is code, and code"],
    ['[1]; import os', "1:1 '[1]; import os' is code, and code"],
    ['[1]\nimport os', '2:1 One literal ends before this'],
    ['structure = []', '1:1 Leave out what stands before the value'],
    ['[nan]', "1:2 'nan' is a name, and names have no value here"],
    ['[true]', "1:2 'true' is a name: write True."],
    ['[null]', "1:2 'null' is a name: write None."],
    ["['a' f'b']", '1:6 An f-string is code'],
    ['[...]', "1:2 '...' is code"],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(expected)]);
  });
});

describe('what is no Python', () => {
  test.each([
    ['', '1:1 This file is empty'],
    [' \r\n\t', '1:1 This file is empty'],
    ['\uFEFF', '1:1 This file is empty'],
    ['# nothing', '1:1 This file holds comments only'],
    ['\u007fELF\u0002\u0000\u0000', '1:6 This is a binary file'],
    [`[\r\n  ${stem},\r\n  {`, '3:3 This { is never closed: end it with }.'],
    ["[{'class: 1}]", "1:3 This string is never closed: end it with '."],
    ['[1, (2]', '1:7 This ] closes a (: use ), or close the ( first.'],
    ['[1]]', '1:4 This ] closes nothing: remove it.'],
    ['[1 2]', "1:4 '2' cannot stand here"],
    ["['class' 1]", "1:10 '1' cannot stand here"],
    ['[1,,2]', "1:4 ',' cannot stand here"],
    ['[1\u0001]', "1:3 '\\u0001' cannot stand here"],
    ["['\\x1']", '1:3 \\x needs 2 hexadecimal digits'],
    ["['\\U00110000']", '1:3 \\U needs 8 hexadecimal digits'],
    ["['\\N{DASH}']", '1:3 Write the character itself'],
    ["[b'out']", '1:2 Bytes are no text'],
    ['[08]', '1:2 Write 8: Python numbers have no leading zero.'],
    ['[1j]', "1:2 '1j' is no real number"],
    ['{1, 2}', '1:1 This is a set'],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(expected)]);
  });
});

describe('what is no structure', () => {
  const block = (fields: string): string => `[\n ${stem},\n ${res(fields)}]`;
  test.each([
    ['64', ['1:1 A structure file holds a list of block dicts']],
    ['[]', ['1:1 This network has no blocks.']],
    ["{'structures': []}", ["1:1 This dict has no 'best_structures'."]],
    ["{'best_structures': 3}", ["1:21 'best_structures' must be a list."]],
    ["{'best_structures': []}", ["1:21 'best_structures' is empty."]],
    [`{'best_structures': [${stem}]}`, ['1:22 A network is a list of block dicts.']],
    ['[3]', ['1:2 A block is a dict']],
    ["[{3: 'class'}]", ["1:3 The keys of a block are strings, such as 'out'."]],
    ["[{'in': 3}]", ["1:2 A block needs 'class', one of ConvKXBNRELU, "]],
    ["[{'class': 3}]", ["1:12 A block needs 'class'"]],
    [
      stem.replace('KX', 'XK').replace(/^|$/g, (_, at) => (at === 0 ? '[' : ']')),
      ["1:12 There is no block class 'ConvXKBNRELU'. Did you mean ConvKXBNRELU?"],
    ],
    ["[{'class': 'Transformer'}]", ["1:12 There is no block class 'Transformer'. Known are ConvKXBNRELU, "]],
    [block("'out': 8"), ["3:2 This SuperResK1KXK1 lacks 'L' and 'btn'"]],
    [block("'out': '8', 'L': 1, 'btn': 8"), ["3:62 'out' must be a number"]],
    [
      block("'out': 0, 'L': -1, 'btn': 1.5"),
      [
        '3:62 out must be a whole number from 1 to 65,536, not 0.',
        '3:70 L, the number of blocks, must be',
        '3:81 btn must be a whole',
      ],
    ],
    [block("'out': 2147483649, 'L': 1, 'btn': 1e400"), ['3:62 out must be', '3:89 btn must be']],
    [
      block("'out': 8, 'L': 1, 'btn': 8").replace("'k': 3, 's': 2, '", "'k': 4, 's': 3, '"),
      ['3:44 k must be an odd', '3:52 s must be a whole number from 1 to 2, not 3.'],
    ],
    [block("'out': 8, 'L': 1, 'btn': 8, 'L': 2"), ["3:83 'L' is given twice in this block"]],
    [
      block("'out': 8, 'L': 1, 'btn': 8").replace("'in': 8", "'in': 9"),
      ["3:36 'in' is 9, but the block before gives 8 channels: write 8."],
    ],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected.map((part) => expect.stringContaining(part)));
  });

  test('at most twenty problems are named', () => {
    expect(problemsOf(`[${'3, '.repeat(100)}]`)).toHaveLength(20);
  });
});

describe('hostile files are refused quickly', () => {
  test.each([
    ['ten megabytes', 'x'.repeat(10_000_000), 'million characters'],
    ['a million open brackets', '['.repeat(999_999), 'nested deeper than 32'],
    ['a hundred thousand signs', `[${'-'.repeat(100_000)}1]`, ''],
    ['a hundred thousand lambdas', `${'lambda:'.repeat(100_000)}1`, ''],
    ['a long sum', `[1${'+1'.repeat(50_000)}]`, ''],
  ])(
    '%s',
    (_, text, part) => {
      const [problem, ...others] = problemsOf(text);
      expect(problem).toContain(part);
      expect(others).toEqual([]);
    },
    10_000,
  );

  test('any text at all gives backbones or problems inside the text, and never throws', () => {
    const pieces = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      '(',
      ')',
      ',',
      ':',
      "'class'",
      "'in'",
      '3',
      '-',
      'x',
      '\\',
      "'",
      '#',
      '\n',
      '"""',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (source) => {
        const result = importTinynas(source, options);
        if (result.ok) return;
        expect(result.problems.length).toBeGreaterThan(0);
        for (const { span } of result.problems) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.start).toBeLessThanOrEqual(source.length);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('export', () => {
  const design = (g: Group) => ({ ...backboneOf([], square(480), 'net'), groups: [g] });

  test('a convolution of several blocks becomes several blocks', () => {
    const result = exportTinynas(design(group({ block: 'conv', out: 8, kernel: 3, stride: 2, depth: 2 })));
    expect(result).toEqual({
      ok: true,
      content: `[${stem},\n {'class': 'ConvKXBNRELU', 'in': 8, 'out': 8, 'k': 3, 's': 1}]\n`,
    });
  });

  test.each<[Parameters<typeof group>[0], string]>([
    [{ block: 'maxpool', kernel: 3, stride: 2 }, 'it has no max-pool'],
    [{ block: 'inverted', out: 16, kernel: 3, stride: 1 }, 'always expand'],
    [{ block: 'bottleneck', out: 16, btn: 4, kernel: 3, stride: 2, shortcut: 'conv' }, 'Leave out shortcut: conv.'],
    [{ block: 'basic', out: 16, btn: 4, kernel: 3, stride: 2, strided: 'first' }, 'Leave out strided: first.'],
  ])('%j is refused', (fields, part) => {
    const result = exportTinynas(design(group(fields)));
    expect(result).toEqual({ ok: false, group: 0, message: expect.stringContaining(part) });
  });
});
