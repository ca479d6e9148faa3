import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Backbone, DEFAULT_WEIGHTS, type Group, group } from '../../../../server/src/backbone/backbone.ts';
import { groupChannels } from '../../../../server/src/backbone/channels.ts';
import { widthFaults } from '../../../../server/src/backbone/width-faults.ts';
import { printBackbone } from '../../../../server/src/language/print.ts';
import { backbonesIn, convolutionsOf, exampleOf, known, linesOf, recognisedOf } from './recognising.ts';

const EXAMPLES = [
  'damoyolo_space',
  'detnas_3_8g',
  'efficientnet_b0',
  'first_search',
  'laptop_search',
  'maedet_l',
  'maedet_m',
  'maedet_s',
  'mobilenetv2',
  'own_space',
  'r50_search',
  'regnetx_400mf',
  'resnet101',
  'resnet18',
  'resnet50',
  'resnext50',
  'shufflenetv2',
  'spinenet49',
  'spinenet96',
];

describe('the graph that an example is lowered to is recognised as the example', () => {
  test.each(EXAMPLES)('%s', (name) => {
    const example = exampleOf(name);
    const { backbone, exact, notes } = known(recognisedOf(example));
    expect({ exact, notes }).toEqual({ exact: true, notes: [] });
    // A graph does not say what its outputs weigh in a chain.
    const weights = example.wiring === undefined ? backbone.weights : example.weights;
    expect(linesOf(backbone)).toBe(linesOf({ ...example, weights }));
  });
});

describe('texts with every argument', () => {
  const net = (...lines: string[]): string => `backbone net {\n  input 3 x 64 x 64\n\n  ${lines.join('\n  ')}\n}\n`;

  test.each([
    [
      'dilation and groups',
      'stem conv(out: 32, k: 3, s: 2, groups: 1, dil: 2, act: gelu)',
      'stage C2 basic(out: 32, btn: 32, k: 3, s: 2, groups: 4, dil: 2) x 2',
    ],
    [
      'a squeeze by its formula',
      'stem conv(out: 32, k: 3, s: 2)',
      'stage C2 k1kx(out: 64, btn: 32, k: 5, s: 2, se: yes, act: silu) x 3',
    ],
    [
      'a pooled shortcut with a stride in the first convolution',
      'stem conv(out: 32, k: 3, s: 2)',
      'stage C2 bottleneck(out: 64, btn: 16, k: 3, s: 2, strided: first) x 2',
    ],
    [
      'a group that projects though nothing changes',
      'stem conv(out: 32, k: 3, s: 2)',
      'stage C2 bottleneck(out: 64, btn: 16, k: 3, s: 2) x 2 + bottleneck(out: 64, btn: 16, k: 3, s: 1) x 2',
    ],
    [
      'an inverted block that keeps its width at a stride',
      'stem conv(out: 32, k: 3, s: 2)',
      'stage C2 inverted(out: 32, btn: 64, k: 3, s: 2) x 2',
    ],
    [
      'branches that share their output',
      'stem conv(out: 32, k: 3, s: 2)',
      'stage C2 xception(out: 48, k: 3, s: 2, halves: yes) x 2',
    ],
    [
      'a concatenation and a sum',
      'stem conv(out: 16, k: 3, s: 2)',
      'node a conv(out: 32, k: 3, s: 1) from stem',
      'node b conv(out: 32, k: 1, s: 1) from stem',
      'node c basic(out: 32, btn: 32, k: 3, s: 2, shortcut: conv) x 2 from a, b',
      'node d conv(out: 64, k: 3, s: 2) from concat(a, b)',
      'node e maxpool(k: 3, s: 1) from concat(c, d)',
      'output C2: e',
      'entropy C2: 1',
    ],
  ])('%s', (_, ...lines) => {
    const [backbone] = backbonesIn(net(...lines));
    if (backbone === undefined) throw new Error('the text is wrong');
    const found = known(recognisedOf(backbone));
    expect(found.exact).toBe(true);
    expect(convolutionsOf(found.mae)).toEqual(convolutionsOf(printBackbone(backbone)));
    expect(linesOf(found.backbone)).toBe(linesOf(backbone));
  });
});

/** Groups of any block with arguments at random, most of which are seldom seen. */
const anyGroup: fc.Arbitrary<Group> = fc
  .record({
    block: fc.constantFrom('conv', 'bottleneck', 'basic', 'k1kx', 'inverted', 'shuffle', 'xception', 'maxpool'),
    out: fc.constantFrom(8, 12, 16, 24, 32),
    btn: fc.constantFrom(0, 8, 16, 24),
    kernel: fc.constantFrom(1, 3, 5),
    stride: fc.constantFrom(1, 2),
    depth: fc.integer({ min: 1, max: 3 }),
    shortcut: fc.constantFrom('pool' as const, 'conv' as const),
    strided: fc.constantFrom('first' as const, 'second' as const),
    project: fc.constantFrom('always' as const, 'needed' as const),
    groups: fc.constantFrom(1, 1, 2, 8),
    dilation: fc.constantFrom(1, 1, 2),
    squeeze: fc.constantFrom(0, 0, 4, 8),
    act: fc.constantFrom('relu' as const, 'silu' as const),
    halves: fc.boolean(),
  })
  .map(({ halves, ...fields }) => group({ ...fields, options: halves ? { halves: 'yes' } : {} }));

/** The text that a backbone is printed as, which leaves out what its blocks do not take. */
const readAgain = (groups: readonly Group[]): Backbone | undefined =>
  backbonesIn(
    printBackbone({ name: 'net', input: { channels: 3, height: 64, width: 64 }, groups, weights: DEFAULT_WEIGHTS }),
  )[0];

test('any chain of blocks is recognised exactly, whatever its text becomes', () => {
  const stem = group({ block: 'conv', out: 16, kernel: 3, stride: 2 });
  fc.assert(
    fc.property(fc.array(anyGroup, { minLength: 1, maxLength: 5 }), (groups) => {
      const backbone = readAgain([stem, ...groups]);
      fc.pre(backbone !== undefined);
      if (backbone === undefined) return;
      const channels = groupChannels(backbone);
      fc.pre(backbone.groups.every((g, i) => widthFaults(g, channels[i]?.in ?? 0).length === 0));
      const found = known(recognisedOf(backbone));
      expect(found.differences).toEqual([]);
      expect(found.exact).toBe(true);
      expect(convolutionsOf(found.mae)).toEqual(convolutionsOf(printBackbone(backbone)));
    }),
    { numRuns: 300 },
  );
});
