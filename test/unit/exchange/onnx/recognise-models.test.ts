import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { infer } from '../../../../server/src/exchange/onnx/infer.ts';
import { inspect } from '../../../../server/src/exchange/onnx/inspect.ts';
import type { OnnxModel, OnnxNode } from '../../../../server/src/exchange/onnx/model.ts';
import { recognise } from '../../../../server/src/exchange/onnx/recognise/recognise.ts';
import { source } from './encode.ts';
import { Net } from './net.ts';
import { convolutionsIn, convolutionsOf, fixture, known, recognisedIn, sorted } from './recognising.ts';

/** The lines of a text's groups. */
const groupsIn = (net: Net): readonly string[] =>
  known(recognisedIn(net))
    .mae.split('\n')
    .filter((line) => /^ +(stem|stage|node|\+)/.test(line))
    .map((line) => line.trim().replace(/ +/g, ' '));

describe('activations that were exported in parts', () => {
  const PARTS: Readonly<Record<string, (net: Net, x: string) => string>> = {
    silu: (net, x) => net.add('Mul', [x, net.add('Sigmoid', [x])]),
    hardswish: (net, x) => net.add('Mul', [x, net.add('HardSigmoid', [x], { alpha: { float: 1 / 6 } })]),
    'hardswish of clip and division': (net, x) => {
      const shifted = net.add('Add', [x, net.floats(3)]);
      const gate = net.add('Clip', [shifted, net.floats(0), net.floats(6)]);
      return net.add('Div', [net.add('Mul', [x, gate]), net.floats(6)]);
    },
    relu6: (net, x) => net.add('Clip', [x, net.floats(0), net.floats(6)]),
    'relu6 of minimum and maximum': (net, x) => net.add('Min', [net.add('Max', [x, net.floats(0)]), net.floats(6)]),
    gelu: (net, x) => {
      const erf = net.add('Erf', [net.add('Div', [x, net.floats(Math.SQRT2)])]);
      const gate = net.add('Mul', [x, net.add('Add', [erf, net.floats(1)])]);
      return net.add('Mul', [gate, net.floats(0.5)]);
    },
    leaky: (net, x) => net.add('LeakyRelu', [x], { alpha: { float: 0.1 } }),
    none: (_, x) => x,
  };

  test.each(Object.entries(PARTS))('%s', (name, act) => {
    const net = new Net();
    net.conv(act(net, net.conv('x', [3, 8], 3, 2)), [8, 16], 3, 2);
    expect(groupsIn(net)[0]).toBe(`stem conv(out: 8, k: 3, s: 2, act: ${name.split(' ')[0] ?? ''})`);
  });

  test('one that the language has not is told', () => {
    const net = new Net();
    net.relu(net.conv(net.add('Elu', [net.conv('x', [3, 8], 3, 2)]), [8, 16], 3, 2));
    const { exact, notes } = known(recognisedIn(net));
    expect(exact).toBe(true);
    expect(notes).toEqual([
      'Activations that blocks have otherwise: another activation where the text has relu behind 1 layer.',
    ]);
  });
});

test('a norm that was exported as the arithmetic that it does', () => {
  const net = new Net();
  const scaled = net.add('Mul', [net.conv('x', [3, 8], 3, 2), net.weight(1, 8, 1, 1)]);
  net.relu(net.add('Add', [scaled, net.weight(8, 1, 1)]));
  expect(groupsIn(net)).toEqual(['stem conv(out: 8, k: 3, s: 2)']);
});

test('an image that was cut into more channels is the image', () => {
  const net = new Net();
  net.relu(net.conv(net.add('SpaceToDepth', ['x'], { blocksize: 2 }), [12, 8], 3));
  const { exact, backbone } = known(recognisedIn(net));
  expect(exact).toBe(true);
  expect(backbone.input).toEqual({ channels: 12, height: 16, width: 16 });
});

/** A basic block behind a stem, whose parts may be changed. */
function block(change: { readonly inner?: (net: Net, x: string) => string; readonly side?: boolean } = {}): Net {
  const net = new Net();
  const stem = net.relu(net.conv('x', [3, 8], 3, 2));
  const inner = net.relu(net.conv(stem, [8, 8], 3));
  const outer = net.conv(change.inner?.(net, inner) ?? inner, [8, 8], 3);
  const sum = net.relu(net.add('Add', [outer, stem]));
  const end = net.conv(sum, [8, 16], 3, 2);
  if (change.side === true) net.add('Concat', [end, net.conv(inner, [8, 4], 3, 2)], { axis: 1 });
  return net;
}

describe('a block is what it is as a whole', () => {
  test('as it stands', () => {
    expect(groupsIn(block())).toEqual([
      'stem conv(out: 8, k: 3, s: 2)',
      '+ basic(out: 8, btn: 8, k: 3, s: 1) x 1',
      'stage C2 conv(out: 16, k: 3, s: 2, act: none)',
    ]);
  });

  test('not where something else reads what is inside: then each layer is a node', () => {
    expect(groupsIn(block({ side: true }))).toEqual([
      'stem conv(out: 8, k: 3, s: 2)',
      'node c1_1 conv(out: 8, k: 3, s: 1) from stem',
      'node c1_2 conv(out: 8, k: 3, s: 1, act: none) from c1_1',
      'node c2_1 conv(out: 16, k: 3, s: 2, act: none) from c1_2, stem',
      'node c2_2 conv(out: 4, k: 3, s: 2, act: none) from c1_1',
    ]);
  });

  test('nor where there is one layer more', () => {
    const net = block({ inner: (inside, x) => inside.conv(x, [8, 8], 3, 1, 2) });
    expect(known(recognisedIn(net)).exact).toBe(true);
    expect(groupsIn(net).join()).not.toContain('basic');
  });
});

describe('models that are no backbone of our blocks', () => {
  const ATTENTION = (net: Net, x: string): string => {
    const flat = net.add('Reshape', [x, net.floats([1])]);
    return net.add('Softmax', [flat]);
  };

  test.each<readonly [string, (net: Net) => void, RegExp]>([
    ['no layers', (net) => void net.relu('x'), /^no layer of it reads an image$/],
    [
      'a stride of 4',
      (net) => void net.relu(net.conv('x', [3, 8], 5, 4)),
      /^a convolution 3 → 8 channels, 5×5, stride 4 at 't1' is part of no block here$/,
    ],
    [
      'a window that is no square',
      (net) => void net.add('Conv', ['x', net.weight(8, 3, 1, 3)], { pads: [0, 1, 0, 1] }),
      /^Conv 1×3 at 't1' is part of no block here$/,
    ],
    ['an operator that nobody knows', (net) => void net.conv(net.add('Odd', ['x']), [3, 8], 3), /Odd|no feature map/],
    [
      'two images',
      (net) =>
        void net.add(
          'Concat',
          [
            net.conv('x', [3, 8], 3),
            net.conv(net.add('Slice', ['x'], { starts: [0], ends: [1], axes: [1] }), [1, 8], 3),
          ],
          { axis: 1 },
        ),
      /^Conv of another image at/,
    ],
    [
      'a transformer',
      (net) => void ATTENTION(net, net.conv('x', [3, 8], 5, 4)),
      /part of no block here|no feature map/,
    ],
  ])('%s', (_, write, why) => {
    const net = new Net();
    write(net);
    const found = recognisedIn(net);
    expect(found.ok ? found.value.mae : found.why).toMatch(why);
    expect(found.ok).toBe(false);
  });

  test('a layer that no block has ends the text, which says so', () => {
    const net = new Net();
    let x = net.relu(net.conv('x', [3, 8], 3, 2));
    for (let i = 0; i < 3; i++) x = net.relu(net.conv(x, [8, 8], 3));
    net.relu(net.conv(net.add('Softmax', [x]), [8, 8], 3));
    const { exact, differences, mae } = known(recognisedIn(net));
    expect(exact).toBe(false);
    expect(differences).toEqual([
      "the text ends early: Softmax at 't12' is part of no block here; 1 of 5 convolutions are left out",
    ]);
    expect(mae).toContain('conv(out: 8, k: 3, s: 1) x 3\n');
  });

  test('names of the file do no harm to the text', () => {
    const net = new Net();
    for (let i = 0, x = 'x'; i < 3; i++) x = net.relu(net.conv(x, [i === 0 ? 3 : 8, 8], 3));
    const x = net.nodes.at(-1)?.out[0] ?? '';
    net.nodes.push({ op: 'Softmax', name: 'a\n} backbone b { // \u2028\u001b[31m', in: [x], out: ['y'] });
    net.conv('y', [8, 8], 3);
    const { mae } = known(recognisedIn(net));
    expect(mae.split(/[\n\u2028]/).filter((line) => line.startsWith('backbone'))).toHaveLength(1);
    expect(mae).not.toContain('\u001b');
  });
});

test('whatever some bytes of a real model become, there is an answer, and an exact text has every convolution', () => {
  const content = fixture('shufflenet_v2_x1_0.folded.onnx');
  const changes = fc.array(fc.tuple(fc.nat(content.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(changes, (bytes) => {
      const changed = Uint8Array.from(content);
      for (const [place, byte] of bytes) changed[place] = byte;
      const inspection = inspect(source(changed));
      if (!inspection.ok) return;
      const found = recognise(inspection.value.network, 'net');
      if (!found.ok || !found.value.exact) return;
      const all = new Set(sorted(convolutionsIn(inspection.value)));
      expect(sorted(convolutionsOf(found.value.mae)).filter((one) => !all.has(one))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

/** A model without a file, so that it can be large. */
function large(nodes: readonly Pick<OnnxNode, 'op' | 'inputs' | 'outputs'>[]): OnnxModel {
  const pads = new Map([['pads', { ints: [1, 1, 1, 1] }]]);
  const last = nodes.at(-1)?.outputs[0] ?? '';
  return {
    irVersion: 8,
    producer: 'test',
    producerVersion: '',
    opset: 17,
    bytesRead: 0,
    graph: {
      nodes: nodes.map((node, offset) => ({ ...node, name: '', domain: '', attributes: pads, offset })),
      initialisers: new Map([['w', { name: 'w', dims: [8, 8, 3, 3], type: 1 }]]),
      inputs: [{ name: 'x', type: 1, dims: [1, 8, 32, 32] }],
      outputs: [{ name: last, type: 1 }],
      values: [],
    },
  };
}

describe('large models take time in proportion', () => {
  const SIZE = 20_000;
  const many = <T>(count: number, one: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => one(i));
  const conv = (from: string, to: string) => ({ op: 'Conv', inputs: [from, 'w'], outputs: [to] });

  test.each<readonly [string, () => Pick<OnnxNode, 'op' | 'inputs' | 'outputs'>[], string]>([
    [
      'a chain',
      () => many(100_000, (i) => conv(i === 0 ? 'x' : `t${i - 1}`, `t${i}`)),
      'it has more than 50000 blocks',
    ],
    [
      'a tensor that everything reads',
      () => [
        conv('x', 'a'),
        ...many(SIZE, (i) => conv('a', `t${i}`)),
        { op: 'Sum', inputs: many(SIZE, (i) => `t${i}`), outputs: ['y'] },
      ],
      'it has more than 5000 groups of blocks',
    ],
    [
      'shortcuts upon shortcuts',
      () => [
        conv('x', 's0'),
        ...many(SIZE / 2, (i) => [
          conv(`s${i}`, `t${i}`),
          { op: 'Add', inputs: [`t${i}`, `s${i}`], outputs: [`s${i + 1}`] },
        ]).flat(),
      ],
      'its layers read more of one another than a text can say',
    ],
  ])('%s', (_, nodes, why) => {
    const network = infer(large(nodes()), undefined);
    if (!network.ok) throw new Error(network.fault.message);
    expect(recognise(network.value, 'net')).toEqual({ ok: false, why });
  });

  test('a thousand blocks and more are runs of a thousand', () => {
    const network = infer(large(many(2_500, (i) => conv(i === 0 ? 'x' : `t${i - 1}`, `t${i}`))), undefined);
    if (!network.ok) throw new Error(network.fault.message);
    const { exact, backbone } = known(recognise(network.value, 'net'));
    expect(exact).toBe(true);
    expect(backbone.groups.map(({ depth }) => depth)).toEqual([1000, 1000, 500]);
  });
});
