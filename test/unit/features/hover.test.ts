import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { hover } from '../../../server/src/features/hover.ts';
import { type Knowledge, NOTHING_KNOWN } from '../../../server/src/features/knowledge.ts';
import { snapshotOf, takeSnapshot } from '../../../server/src/features/snapshot.ts';
import { at } from './cursor.ts';

function shown(marked: string): string {
  const { snapshot, position } = at(marked);
  return textOf(hover(snapshot, position));
}

/** As a reader sees it: what keeps a number and its unit on one line looks like a space. */
const textOf = (found: ReturnType<typeof hover>): string => markdownOf(found).replaceAll('\u00a0', ' ');

function markdownOf(found: ReturnType<typeof hover>): string {
  const contents = found?.contents;
  return typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

/** A network whose numbers can be worked out by hand: 1/2 ln(3 · 9) = 1.65, 3 · 8 · 9 · 16² = 55,296 … */
const SMALL = `backbone tiny {
  input 3 x 32 x 32
  entropy C1: 1, C2: 2
  stem     conv(out: 8, k: 3, s: 2)
  stage C2 bottleneck(out: 16, btn: 4, k: 3, s: 2, shortcut: conv) x 3
}

budget small {
  macs <= 100k, layers <= 9
}

search once { start tiny within small space paper seed 7 }
`;

const on = (words: string): string => shown(SMALL.replace(words, `${words.slice(0, -1)}‸${words.slice(-1)}`));

test('a number and its unit stay on one line; the texts beside them may break', () => {
  const { snapshot, position } = at(SMALL.replace('conv(out', 'co‸nv(out'));
  const text = markdownOf(hover(snapshot, position));
  expect(text).toContain('| 3×3 3→8, stride 2 | 8×16×16 | 55.3\u00a0k |');
  expect(text).toContain('| macs | 55.3\u00a0k | Multiply–accumulates');
});

test('the end of a line is its group, behind a comment too: there its hint stands', () => {
  const group = on('bottleneck');
  const commented = SMALL.replace('x 3\n', 'x 3   // twice as deep‸\n');
  expect(shown(SMALL.replace('x 3\n', 'x 3‸\n'))).toBe(group);
  expect(shown(commented)).toBe(group);
  expect(shown(commented.replace('‸', '').replace('// twice', '// ‸twice'))).toBe('');
});

describe('a group', () => {
  test('shows each layer of its first block and of one other', () => {
    const text = on('bottleneck');
    expect(text).toContain('**C2 · bottleneck × 3** · 8×16×16 → 16×8×8 (channels × height × width) at input 3×32×32');
    expect(text.split('\n').filter((line) => /^\| (_|\d|shortcut)/.test(line))).toEqual([
      '| _first block_ |  |  |  |  |  |',
      '| 1×1 8→4 | 4×16×16 | 8.192 k | 40 | 1.04 | 1.04 |',
      '| 3×3 4→4, stride 2 | 4×8×8 | 9.216 k | 152 | 1.79 | 1.76 |',
      '| 1×1 4→16 | 16×8×8 | 4.096 k | 96 | 0.69 | 0.69 |',
      '| shortcut 1×1 8→16, stride 2 | 16×8×8 | 8.192 k | 160 | – | – |',
      '| _blocks 2 to 3, each; exact of the second_ |  |  |  |  |  |',
      '| 1×1 16→4 | 4×8×8 | 4.096 k | 72 | 1.39 | 1.39 |',
      '| 3×3 4→4 | 4×8×8 | 9.216 k | 152 | 1.79 | 1.72 |',
      '| 1×1 4→16 | 16×8×8 | 4.096 k | 96 | 0.69 | 0.69 |',
    ]);
  });

  test('shows what is carried to its end, in nats, by each closed form', () => {
    // 1.648 + (1.040 + 1.792 + 0.693) + 2 · (1.386 + 1.792 + 0.693)
    expect(on('bottleneck')).toContain('| fan-in: Σ ½ ln(in / groups · k²) | 12.91 | 15.69 |');
    expect(on('bottleneck')).toContain('| closed form | log σ (nats) | H = log σ + ln 16 (nats) |');
  });

  test('names the convention and the input of its costs', () => {
    const text = on('conv(');
    expect(text).toContain('| cost at input 3×32×32 |');
    expect(text).toContain('| macs | 55.3 k |');
    expect(text).toContain('| thop | 59.39 k |');
  });

  test('keeps its numbers while a part of it is broken', () => {
    const before = snapshotOf(SMALL);
    const broken = SMALL.replace('btn: 4', 'btn: ');
    const after = takeSnapshot(TextDocument.create('file:///a.mae', 'mae', 2, broken), before);
    const text = textOf(hover(after, after.document.positionAt(broken.indexOf('bottleneck'))));
    expect(text).toContain('as far as it can be');
    expect(text).toContain('8×16×16 → 16×8×8');
  });

  test('without numbers says what the block takes', () => {
    const text = shown('backbone a {\n  stem inv‸erted(k: 3)\n}');
    expect(text).toContain('**inverted** · MobileNetV2');
    expect(text).toContain('| `btn` (optional) |');
  });
});

describe('stage, backbone and budget', () => {
  test('a stage shows its part of the score', () => {
    expect(on('stage C2')).toContain('**stage C2** · output 16×8×8');
    expect(on('stage C2')).toContain('α · H = 2 · 15.69 = 31.38 of 35.10 nats (fan-in)');
    expect(on('stem')).toContain('**stage C1**');
    expect(on('C1')).toContain('α · H = 1 ·');
  });

  test('a backbone shows scores, stages, costs and budgets', () => {
    const text = on('backbone');
    for (const part of [
      '**backbone tiny** · input 3×32×32',
      '| fan-in: Z = Σ αᵢ Hᵢ | 35.10 |',
      '| C2 | 16×8×8 |',
      '| tinynas |',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('Held to `small`: 119.8 k of 100 k macs (120 %), 10 of 9 layers (111 %).');
    expect(on('start tiny')).toBe(text);
  });

  test('a budget shows who is held to it', () => {
    const text = on('small {');
    expect(text).toContain('| tiny at input 3×32×32 | macs | 119.8 k | 100 k | 120 % ✗ |');
    expect(on('within small')).toBe(text);
    expect(on('macs')).toContain('Multiply–accumulates of the convolutions only');
    expect(on('macs')).toContain(text);
    expect(shown('budget b‸ { macs <= 1 }')).toContain('No backbone of this file is held to it.');
  });

  test('a search shows every setting', () => {
    const text = on('once');
    for (const row of [
      '| start | tiny |',
      '| within | small |',
      '| space | paper |',
      '| coarse-to-fine | 50% |',
      '| seed | 7 |',
    ]) {
      expect(text).toContain(row);
    }
  });
});

test.each([
  ['k', 'backbone a { stem conv(k‸: 3) }', 'An odd whole number from 1 to 63.'],
  ['a value', 'backbone a { stem conv(out: 3‸2) }', 'Output channels'],
  ['a choice', 'backbone a { stem basic(s‸trided: first) }', '| `first` | the first convolution'],
  ['a setting', 'search { coarse-to-‸fine 50% }', 'Default: `50%`.'],
  ['its value', 'search { space p‸aper }', '| growth | `8` |'],
  ['a setting without a default', 'search { plat‸eau 3 }', 'Left out: off.'],
  ['a score to hold', 'search { sco‸re >= 3 }', 'Left out: the score of the start network.'],
  ['minimise', 'search { mini‸mise macs }', 'One of `macs`, `thop`'],
  ['the cost it has', 'search { minimise ma‸cs }', 'Multiply–accumulates of the convolutions only'],
  ['a time limit', 'search { time-‸limit 3s }', 'depends on the machine'],
  ['a whole search', 'sear‸ch { minimise macs score >= 3 time-limit 2min }', '| score | >= 3 |'],
  ['a search that maximises', 'sear‸ch { seed 3 }', '| minimise | off: the score is maximised |'],
  ['start', 'search { st‸art a }', 'The backbone that the search starts from, or a detector'],
  ['within', 'search { wit‸hin a }', 'The budget that this backbone, detector or search is held to.'],
  ['input', 'backbone a { input‸ 3 x 4 x 5 }', 'channels x height x width'],
  ['entropy', 'backbone a { entro‸py C1: 1 }', 'H = log σ + ln(channels), in nats'],
  ['stage without numbers', 'backbone a { stage‸ C2 conv() }', 'opens the stage'],
  ['a backbone without numbers', 'backbone ‸a {}', 'It has no numbers yet'],
])('words: %s', (_, text, expected) => expect(shown(text)).toContain(expected));

test.each([
  '// a ‸comment',
  'search { colour‸ 3 }',
  'budget b { m‸iles <= 3 }',
  'backbone a { stem conv(colour‸: 1) }',
  '‸',
  'a‸ b',
])('nothing is known of %s', (text) => {
  const { snapshot, position } = at(text);
  expect(hover(snapshot, position)).toBeUndefined();
});

describe('what was measured stands beside the closed forms that predict it, after the costs', () => {
  const measured = {
    backend: 'wasm',
    device: 'a CPU',
    draws: 4,
    seed: 0,
    activation: 'relu',
    stages: [
      { name: 'C1', mean: 1.6, sd: 0.02, predicted: 1.61, z: -0.5 },
      { name: 'C2', mean: 11.4, sd: 0.3, predicted: 11.2, z: 0.7 },
    ],
    seconds: 0.2,
    at: 1000,
  } as const;
  const knowledge: Knowledge = { ...NOTHING_KNOWN, measured: () => measured, now: () => 61_000 };
  const C1 = '| C1 | **1.60** ± 0.02 | 1.61 | −0.5 | as predicted |';
  const C2 = '| C2 | **11.40** ± 0.30 | 11.20 | +0.7 | as predicted |';

  test.each([
    ['a backbone, every stage', 'backbone ti‸ny', [C1, C2], '| stage | output |'],
    ['a stage, its own', 'st‸age C2', [C2], '| closed form |'],
    ['the stem', 'st‸em ', [C1], '| closed form |'],
    ['a group, its stage', 'bottle‸neck', [C2], '| closed form |'],
    ['a weight, its stage', 'C‸1: 1', [C1], '| closed form |'],
    ['the start of a search', 'start ti‸ny', [C1, C2], '| stage | output |'],
  ])('%s', (_, words, rows, before) => {
    const { snapshot, position } = at(SMALL.replace(words.replace('‸', ''), words));
    const text = textOf(hover(snapshot, position, knowledge));
    expect(text.split('\n').filter((line) => line.startsWith('| C') && line.includes('**'))).toEqual(rows);
    const places = [
      '| cost at ',
      before,
      '| stage end | H measured (nats) |',
      'Measured on a CPU (wasm), 4 draws',
      '_z: how many',
    ];
    const found = places.map((part) => text.indexOf(part));
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found[0]).toBeGreaterThan(0);
    // Nothing stands between the prediction and what is compared with it.
    expect(text.slice(found[1], found[2]).split('\n\n')).toHaveLength(2);
  });
});

const STAGE = '**H 15.69 nats** (fan-in), 15.50 (exact)';
test.each([
  ['a group', 'bottle‸neck', [STAGE, '_H is the entropy', '| change |', '| cost at ', '| closed form |', '| layer |']],
  ['a stage', 'st‸age C2', [STAGE, 'Its part', '_H is', '| change |', '| cost at ', '| closed form |']],
  [
    'a backbone',
    'backbone ti‸ny',
    ['**Z 35.10 nats** (fan-in)', 'Held to', '_Z, the score', '_H is', '| cost at ', '| score |', '| stage |'],
  ],
])('%s: what it yields, its next changes, its costs, then the closed forms', (_, words, parts) => {
  const { snapshot, position } = at(SMALL.replace(words.replace('‸', ''), words));
  const text = textOf(hover(snapshot, position));
  const found = parts.map((part) => text.indexOf(part));
  expect(found).toEqual(found.toSorted((a, b) => a - b));
  expect(found[0]).toBeGreaterThan(0);
});

test('the best next change of a backbone stands before its costs', () => {
  const { snapshot, position } = at(
    SMALL.replace('macs <= 100k', 'macs <= 1M')
      .replace('backbone tiny', 'backbone ti‸ny')
      .replace('3\n}', '3\n  within small\n}')
      .replace('layers <= 9', 'layers <= 90'),
  );
  const text = textOf(hover(snapshot, position));
  expect(text).toMatch(/\n\nbest next: [^\n]+ per k macs\.\n\n\| cost at/);
});

test('one layer is one layer', () => {
  expect(on('conv(')).toContain('55.3 k macs, 232 params, 1 layer.');
  expect(shown(SMALL.replace('layers <= 9', 'layers <= 1').replace('backbone tiny', 'backbone ti‸ny'))).toContain(
    '10 of 1 layer (1000 %)',
  );
});

describe('words are explained where they are met, with links where the docs are at hand', () => {
  const linked = (marked: string): string => {
    const { snapshot, position } = at(marked);
    return textOf(hover(snapshot, position, NOTHING_KNOWN, undefined, (entry) => `file:///docs/glossary.md#${entry}`));
  };
  const mark = (words: string): string => SMALL.replace(words, `${words.slice(0, -1)}‸${words.slice(-1)}`);

  test.each([
    [
      'a group',
      mark('bottleneck'),
      ['[entropy](file:///docs/glossary.md#entropy)', '[nats](', '[fan-in](', '[exact]('],
    ],
    ['a group, its costs', mark('bottleneck'), ['[MACs](file:///docs/glossary.md#macs)']],
    ['a backbone', mark('backbone'), ['[score](file:///docs/glossary.md#score)', '[entropy](']],
    ['a cost', mark('macs'), ['Glossary: [MACs](file:///docs/glossary.md#macs).']],
    ['the entropy line', mark('entropy'), ['Glossary: [entropy](', '[score](', '[nats](']],
    ['an argument', mark('s:'), ['Glossary: [stride](']],
    ['a setting', 'search { object‸ive zen }', ['[Zen-Score](file:///docs/glossary.md#zen-score)', '[DeepMAD](']],
  ])('%s', (_, text, links) => {
    for (const link of links) expect(linked(text)).toContain(link);
    expect(shown(text)).not.toContain('](');
  });

  test('z stands with what was measured', () => {
    expect(linked(mark('bottleneck'))).not.toContain('#z)');
  });
});
