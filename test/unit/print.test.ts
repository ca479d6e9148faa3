import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Backbone, DEFAULT_WEIGHTS, type Group, group } from '../../server/src/backbone/backbone.ts';
import { readDesign } from '../../server/src/language/design.ts';
import { identifier, KEYWORDS } from '../../server/src/language/identifier.ts';
import { printBackbone } from '../../server/src/language/print.ts';
import { SOFT_WORDS } from '../../server/src/language/soft-words.ts';
import { anyBackbone } from './designs.ts';

const backbone = (groups: readonly Group[], fields: Partial<Backbone> = {}): Backbone => ({
  name: 'net',
  input: { channels: 3, height: 480, width: 480 },
  weights: DEFAULT_WEIGHTS,
  groups,
  ...fields,
});
const stem = group({ block: 'conv', out: 32, kernel: 3, stride: 2 });
const body = (text: string): string[] => text.split('\n').slice(3, -2);

describe('layout', () => {
  test('is that of the sample in the design', () => {
    const groups = [
      stem,
      group({ block: 'bottleneck', out: 256, btn: 64, kernel: 3, stride: 2 }),
      group({ block: 'bottleneck', out: 512, btn: 128, kernel: 3, stride: 2, depth: 10 }),
      group({ block: 'bottleneck', out: 1024, btn: 256, kernel: 3, stride: 1 }),
    ];
    expect(printBackbone(backbone(groups, { name: 'r50_start' }))).toBe(`backbone r50_start {
  input 3 x 480 x 480

  stem     conv(out: 32, k: 3, s: 2)
  stage C2 bottleneck(out: 256,  btn: 64,  k: 3, s: 2) x 1
  stage C3 bottleneck(out: 512,  btn: 128, k: 3, s: 2) x 10
         + bottleneck(out: 1024, btn: 256, k: 3, s: 1) x 1
}
`);
  });

  test('a stride-2 max-pool opens the stage it leads into', () => {
    const groups = [
      group({ block: 'conv', out: 64, kernel: 7, stride: 2 }),
      group({ block: 'maxpool', kernel: 3, stride: 2 }),
      group({ block: 'bottleneck', out: 256, btn: 64, kernel: 3, stride: 1, depth: 3, shortcut: 'conv' }),
    ];
    expect(body(printBackbone(backbone(groups)))).toEqual([
      '  stem     conv(out: 64, k: 7, s: 2)',
      '  stage C2 maxpool(k: 3, s: 2)',
      '         + bottleneck(out: 256, btn: 64, k: 3, s: 1, shortcut: conv) x 3',
    ]);
  });

  test('a stem may have several groups, and another block ends the columns', () => {
    const groups = [
      stem,
      group({ block: 'inverted', out: 16, kernel: 3, stride: 1 }),
      group({ block: 'inverted', out: 24, btn: 96, kernel: 3, stride: 2, se: true }),
      group({ block: 'conv', out: 1280, kernel: 1, stride: 1 }),
    ];
    expect(body(printBackbone(backbone(groups)))).toEqual([
      '  stem     conv(out: 32, k: 3, s: 2)',
      '         + inverted(out: 16, k: 3, s: 1) x 1',
      '  stage C2 inverted(out: 24, btn: 96, k: 3, s: 2, se: yes) x 1',
      '         + conv(out: 1280, k: 1, s: 1)',
    ]);
  });

  test('a tenth stage widens the first column', () => {
    const groups = Array.from({ length: 10 }, () => stem);
    const lines = body(printBackbone(backbone(groups)));
    expect(lines[0]).toBe('  stem      conv(out: 32, k: 3, s: 2)');
    expect(lines[9]).toBe('  stage C10 conv(out: 32, k: 3, s: 2)');
  });

  test.each<[string, Group, string]>([
    ['conv of several blocks', { ...stem, depth: 2 }, 'conv(out: 32, k: 3, s: 2) x 2'],
    [
      'strided first',
      group({ block: 'basic', out: 64, btn: 64, kernel: 3, stride: 2, strided: 'first', shortcut: 'conv' }),
      'basic(out: 64, btn: 64, k: 3, s: 2, shortcut: conv, strided: first) x 1',
    ],
    [
      'k1kx',
      group({ block: 'k1kx', out: 64, btn: 32, kernel: 5, stride: 2 }),
      'k1kx(out: 64, btn: 32, k: 5, s: 2) x 1',
    ],
  ])('%s', (_, g, line) => {
    expect(body(printBackbone(backbone([g])))).toEqual([`  stem ${line}`]);
  });
});

describe('entropy weights', () => {
  test.each<[Backbone['weights'], string | undefined]>([
    [DEFAULT_WEIGHTS, undefined],
    [{ C5: 6, C4: 1, C3: 1, C1: 0 }, undefined],
    [{ C1: 1 }, '  entropy C1: 1'],
    [{ C1: 1e-7 }, '  entropy C1: 0.0000001'],
    [{ C1: 0.25, C9: 4 }, '  entropy C1: 0.25'],
    [{}, '  entropy C1: 0'],
  ])('%j', (weights, line) => {
    expect(printBackbone(backbone([stem], { weights })).split('\n')[2]).toBe(line ?? '');
  });
});

describe('names', () => {
  test.each([
    ['MAE-DET-S', 'MAE-DET-S'],
    ['1-net', '_1-net'],
    ['my net.txt', 'my_net_txt'],
    ['--', 'unnamed'],
    ['', 'unnamed'],
    ['a--b-', 'a-b'],
    ['stage', 'stage_'],
    ['x', 'x_'],
    ['re\u0301seau', 're\u0301seau'],
    ['骨干', '骨干'],
    ['😀', '_'],
  ])('%j becomes %j', (text, name) => {
    expect(identifier(text)).toBe(name);
  });

  test('the keywords are those of the grammar and its x, but for the words that may be names', () => {
    const grammar = readFileSync(new URL('../../server/src/language/mae.langium', import.meta.url), 'utf8');
    const words = [...grammar.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').matchAll(/'([a-z]+)'/g)].map((match) => match[1]);
    expect([...KEYWORDS, ...SOFT_WORDS].sort()).toEqual([...new Set([...words, 'x'])].sort());
  });

  test('any text becomes a name that the language reads', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { backbones, problems } = readDesign(printBackbone(backbone([stem], { name: text })));
        expect(problems).toEqual([]);
        expect(backbones[0]?.name).toBe(identifier(text));
      }),
    );
  });
});

test('what is printed reads back as the same design, and prints the same', () => {
  fc.assert(
    fc.property(anyBackbone, (design) => {
      const text = printBackbone(design);
      const { backbones, problems } = readDesign(text);
      expect(problems.filter((p) => p.severity === 'error')).toEqual([]);
      expect(backbones[0]?.backbone).toEqual(design);
      expect(printBackbone(backbones[0]?.backbone ?? design)).toBe(text);
    }),
  );
});
