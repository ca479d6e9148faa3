import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inspect } from '../../../../server/src/exchange/onnx/inspect.ts';
import { readOnnx } from '../../../../server/src/exchange/onnx/read-model.ts';
import { bytes, type ModelSpec, model, type NodeSpec, node, number, source, text, varint } from './encode.ts';

const read = (content: Uint8Array) => readOnnx(source(content));
const relu = (from: string, to: string): NodeSpec => ({ op: 'Relu', in: [from], out: [to] });

/** Why a model is refused. */
function faultOf(spec: ModelSpec): string {
  const inspected = inspect(source(model(spec)));
  if (inspected.ok) throw new Error('it was not refused');
  return inspected.fault.message;
}

const words = fc.string({ unit: 'grapheme', maxLength: 12 });
const sizes = fc.array(fc.integer({ min: 1, max: 1 << 26 }), { maxLength: 2 });
const specs: fc.Arbitrary<ModelSpec> = fc.record({
  nodes: fc.array(
    fc.record({
      op: fc.string({ minLength: 1, maxLength: 8 }),
      in: fc.array(words, { maxLength: 3 }),
      out: fc.array(words, { maxLength: 2 }),
      name: words,
      domain: words,
      attributes: fc.dictionary(
        fc.stringMatching(/^[a-z]{1,6}$/),
        fc.oneof(fc.maxSafeInteger(), words, fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 5 })),
      ),
    }),
    { maxLength: 6 },
  ),
  initialisers: fc.uniqueArray(fc.record({ name: words, dims: sizes }), { selector: ({ name }) => name, maxLength: 4 }),
  inputs: fc.array(fc.record({ name: words, dims: sizes }), { maxLength: 3 }),
  values: fc.array(fc.record({ name: words, dims: sizes }), { maxLength: 3 }),
  opset: fc.integer({ min: 1, max: 30 }),
  ir: fc.integer({ min: 3, max: 10 }),
});

describe('what was written is read', () => {
  test('names, attributes, shapes and versions', () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const outcome = read(model(spec));
        if (!outcome.ok) throw new Error(outcome.fault.message);
        const { graph, opset, irVersion } = outcome.value;
        expect([opset, irVersion]).toEqual([spec.opset, spec.ir]);
        expect(graph.inputs.map(({ name, dims }) => ({ name, dims }))).toEqual(spec.inputs);
        expect([...graph.initialisers.values()].map(({ name, dims }) => ({ name, dims }))).toEqual(spec.initialisers);
        expect(graph.nodes).toHaveLength(spec.nodes.length);
        for (const [i, found] of graph.nodes.entries()) {
          const { op, name, domain, in: inputs, out: outputs, attributes = {} } = spec.nodes[i] ?? relu('', '');
          expect(found).toMatchObject({ op, name, domain, inputs, outputs });
          const values = [...found.attributes].map(([key, { int, text: word, ints }]) => [key, int ?? word ?? ints]);
          expect(Object.fromEntries(values)).toEqual({ ...attributes });
        }
      }),
    );
  });

  test('small integers are kept, in typed fields and as raw data before the type; weights are not', () => {
    const raw = [...new Uint8Array(new BigInt64Array([-1n, 25088n]).buffer)];
    const late = [...bytes(9, raw), ...number(1, 2), ...number(2, 7), ...text(8, 'late')];
    const weights = { name: 'w', dims: [64, 64, 3, 3], raw: Array.from({ length: 147_456 }, () => 1) };
    const outcome = read(Uint8Array.from(bytes(7, bytes(5, late))));
    expect(outcome.ok && outcome.value.graph.initialisers.get('late')?.values).toEqual([-1, 25088]);
    const other = read(model({ nodes: [], initialisers: [weights, { name: 'shape', dims: [2], ints: [0, -1] }] }));
    expect(other.ok && other.value.graph.initialisers.get('shape')?.values).toEqual([0, -1]);
    expect(other.ok && other.value.graph.initialisers.get('w')?.values).toBeUndefined();
    expect(other.ok && other.value.bytesRead).toBeLessThan(40_000);
  });
});

describe('whatever the bytes are, there is a model or a fault with its place', () => {
  const whole = readFileSync(new URL('../../../fixtures/onnx/mobilenet_v2.folded.onnx', import.meta.url));

  test('noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (content) => {
        const outcome = inspect(source(content));
        if (!outcome.ok) expect(outcome.fault.offset).toBeLessThanOrEqual(content.length);
      }),
    );
  });

  test('a real model, cut anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        const outcome = inspect(source(new Uint8Array(whole.subarray(0, length))));
        // What follows the graph may be missing, and is the operator set.
        if (length < whole.length - 20) expect(outcome.ok).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  test('a real model, cut at every tenth byte', () => {
    const small = new Uint8Array(readFileSync(new URL('../../../fixtures/onnx/resnet18.folded.onnx', import.meta.url)));
    let refused = 0;
    for (let length = 0; length < small.length; length += 10) {
      const outcome = inspect(source(small.subarray(0, length)));
      if (!outcome.ok && outcome.fault.offset <= length) refused += 1;
    }
    // What stands behind the graph may be missing.
    expect(refused).toBeGreaterThan(small.length / 10 - 4);
  });

  test('a real model with some bytes changed', () => {
    const change = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const content = new Uint8Array(whole);
        for (const [at, byte] of changes) content[at] = byte;
        const outcome = inspect(source(content));
        if (outcome.ok) expect(Number.isSafeInteger(outcome.value.macs.conv)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('models that are none', () => {
  test.each<[string, ModelSpec, string]>([
    ['a circle', { nodes: [relu('b', 'a'), relu('a', 'b')] }, 'a node (Relu) reads what comes of itself'],
    ['a node that reads itself', { nodes: [relu('a', 'a')] }, 'a node (Relu) reads what comes of itself'],
    ['what nothing makes', { nodes: [relu('nowhere', 'a')] }, "a node (Relu) reads 'nowhere', which nothing makes"],
    ['two makers', { nodes: [relu('x', 'a'), relu('x', 'a')] }, "two nodes make the tensor 'a'"],
    [
      'an axis below zero',
      { nodes: [], initialisers: [{ name: 'w', dims: [4, -1] }] },
      "tensor 'w' has an axis of size -1",
    ],
    [
      'a tensor that overflows',
      { nodes: [], initialisers: [{ name: 'w', dims: [2 ** 40, 2 ** 40] }] },
      `tensor 'w' (${2 ** 40} × ${2 ** 40}) is larger than a number can say`,
    ],
    [
      'more axes than there are',
      { nodes: [], initialisers: [{ name: 'w', dims: Array.from({ length: 65 }, () => 1) }] },
      "tensor 'w' has more than 64 axes",
    ],
    ['a node without an operator', { nodes: [{ op: '', in: [], out: [], name: 'n' }] }, "node 'n' has no operator"],
  ])('%s', (_, spec, message) => expect(faultOf(spec)).toBe(message));

  test('nothing at all, and no graph', () => {
    expect(read(new Uint8Array(0))).toEqual({ ok: false, fault: { message: 'there is no graph in it', offset: 0 } });
    expect(read(Uint8Array.from(number(1, 8))).ok).toBe(false);
  });

  test('a text', () => {
    const outcome = read(new TextEncoder().encode('backbone small {\n}'));
    expect(outcome.ok).toBe(false);
  });

  test('more nodes than any network has', () => {
    const one = bytes(1, node(relu('x', '')));
    const count = 100_001;
    const head = [0x3a, ...varint(one.length * count)];
    const content = new Uint8Array(head.length + one.length * count);
    content.set(head);
    for (let i = 0; i < count; i++) content.set(one, head.length + i * one.length);
    const outcome = read(content);
    expect(outcome.ok ? '' : outcome.fault.message).toBe('there are more than 60000 nodes');
  });

  test('graphs inside graphs, however deep, are stepped over', () => {
    let inner: number[] = [];
    for (let depth = 0; depth < 300; depth++)
      inner = bytes(1, [...text(4, 'If'), ...bytes(5, [...text(1, 'body'), ...bytes(6, inner)])]);
    const outcome = read(Uint8Array.from(bytes(7, inner)));
    expect(outcome.ok && outcome.value.graph.nodes.map(({ op }) => op)).toEqual(['If']);
  });

  test('nodes in another order are put into theirs', () => {
    const inspected = inspect(source(model({ nodes: [relu('b', 'c'), relu('a', 'b'), relu('x', 'a')] })));
    expect(inspected.ok && inspected.value.layers.map(({ step }) => step.node.outputs[0])).toEqual(['a', 'b', 'c']);
  });
});
