import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Backbone } from '../../../server/src/backbone/backbone.ts';
import { registerBlock } from '../../../server/src/backbone/blocks.ts';
import { PYTORCH } from '../../../server/src/exchange/formats/pytorch.ts';
import { className, moduleKey, variableName } from '../../../server/src/exchange/pytorch/names.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';
import { toyBlock } from '../registries/toy-block.ts';

registerBlock(toyBlock);

const EXAMPLES = new URL('../../../examples/', import.meta.url);

function exported(backbone: Backbone): string {
  const outcome = PYTORCH.export({ backbone, detector: undefined }, { weights: 'none', seed: 0, file: 'net.py' });
  if (!outcome.ok) throw new Error(outcome.message);
  return String(outcome.content);
}

function backboneOf(text: string): Backbone {
  const found = snapshotOf(text).design.backbones[0]?.backbone;
  if (found === undefined) throw new Error(`not a backbone: ${text}`);
  return found;
}

const CHAIN = `backbone tiny-net {
  input 3 x 64 x 64

  stem     conv(out: 8, k: 3, s: 2)
  stage C2 maxpool(k: 3, s: 2)
         + bottleneck(out: 32, btn: 8, k: 3, s: 1, shortcut: conv) x 3
  stage C3 inverted(out: 24, btn: 64, k: 5, s: 2, se: yes, act: silu) x 2
}
`;

const GRAPH = `backbone two_ways {
  input 3 x 64 x 64

  stem   conv(out: 8, k: 3, s: 2)
  node a basic(out: 16, btn: 8, k: 3, s: 2)        from stem
  node b conv(out: 24, k: 3, s: 2)                 from concat(a, a2)
  node a2 conv(out: 16, k: 3, s: 1, act: none)     from a
  node c bottleneck(out: 32, btn: 8, k: 3, s: 1)   at /4 from a, b
  node d conv(out: 16, k: 1, s: 1)                 from c
  node e conv(out: 16, k: 3, s: 1)                 from a, d
  output P2: e, P3: b
}
`;

/** A block that no template is for. */
const TOY = `backbone toys {
  input 3 x 64 x 64

  stem     conv(out: 8, k: 3, s: 2)
  stage C2 toyblock(out: 32, btn: 8, k: 3, s: 2) x 2
  stage C3 toyblock(out: 48, btn: 12, k: 5, s: 2, twice: yes) x 3
         + toyblock(out: 64, btn: 16, k: 3, s: 1, twice: yes) x 1
}
`;

test.each([
  ['chain', CHAIN],
  ['graph', GRAPH],
  ['toys', TOY],
])('what is written for a small %s', async (name, text) => {
  await expect(exported(backboneOf(text))).toMatchFileSnapshot(`../../fixtures/pytorch/${name}.py`);
});

describe('every example is written, with classes that are used', () => {
  const folders = [EXAMPLES, new URL('detectors/', EXAMPLES)];
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [[entry.name, new URL(entry.name, folder)] as const] : [],
    ),
  );
  test.each(files)('%s', (_, url) => {
    for (const { backbone } of snapshotOf(readFileSync(url, 'utf8')).design.backbones) {
      if (backbone === undefined) continue;
      const text = exported(backbone);
      const classes = [...text.matchAll(/^(?:class|def) (\w+)/gm)].map(([, name = '']) => name);
      for (const name of classes) expect(text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length).toBeGreaterThan(1);
      expect(text).not.toMatch(/undefined|NaN|seed|[^\n]{121}/);
      for (const line of text.split('\n')) expect(line).toBe(line.trimEnd());
    }
  });
});

describe('names of the language that Python has for itself are made safe', () => {
  test.each([
    ['class', 'Class'],
    ['none', 'NoneBackbone'],
    ['true', 'TrueBackbone'],
    ['bottleneck', 'BottleneckBackbone'],
    ['mae-det_s', 'MaeDetS'],
    ['réseau', 'Réseau'],
    ['骨干', '骨干'],
    ['ﬁne', 'Fine'],
    ['_1_net', 'Net1Net'],
    ['a௰b', 'AB'],
    ['𐐀x', 'X'],
    ['२net', 'Net२net'],
    ['_', 'Net'],
  ])('class %s', (name, expected) => {
    expect(className(name, new Set(['Bottleneck']))).toBe(expected);
  });

  test.each([
    [
      ['class', 'for', 'b-1', 'b_1', '骨', 'x'],
      ['class_', 'for_', 'b_1', 'b_1_2', '骨', 'x_2'],
    ],
    [
      ['_', '_2'],
      ['n_', 'n_2'],
    ],
  ])('variables %j', (names, expected) => {
    const taken = new Set(['x']);
    expect(names.map((name) => variableName(name, taken))).toEqual(expected);
  });

  test.each([
    [
      ['b0', 'type', 'train', 'node_type', '_', 'C3'],
      ['b0', 'node_type', 'node_train', 'node_type_2', 'node__', 'C3'],
    ],
  ])('keys of modules %j', (names, expected) => {
    const taken = new Set<string>();
    expect(names.map((name) => moduleKey(name, taken))).toEqual(expected);
  });
});
