import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../../../server/src/analysis/analyse.ts';
import type { Backbone } from '../../../../server/src/backbone/backbone.ts';
import { lower } from '../../../../server/src/backbone/lower.ts';
import type { Weights } from '../../../../server/src/exchange/export-format.ts';
import { ONNX } from '../../../../server/src/exchange/formats/onnx.ts';
import { type Inspection, inspect } from '../../../../server/src/exchange/onnx/inspect.ts';
import { readOnnx } from '../../../../server/src/exchange/onnx/read-model.ts';
import { repeatsOf } from '../../../../server/src/graph/graph.ts';
import { readDesign } from '../../../../server/src/language/design.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const EXAMPLES = globSync('examples/*.mae', { cwd: ROOT }).flatMap((file) =>
  readDesign(readFileSync(join(ROOT, file), 'utf8')).backbones.flatMap(({ backbone }): [string, Backbone][] =>
    backbone === undefined ? [] : [[`${basename(file)} ${backbone.name}`, backbone]],
  ),
);

function bytesOf(backbone: Backbone, weights: Weights, seed = 0): Buffer {
  const outcome = ONNX.export({ backbone, detector: undefined }, { weights, seed, file: 'net.onnx' });
  if (!outcome.ok || typeof outcome.content === 'string') throw new Error(JSON.stringify(outcome));
  return Buffer.concat([...outcome.content]);
}

const sourceOf = (bytes: Buffer) => ({
  size: bytes.length,
  read: (offset: number, length: number) => bytes.subarray(offset, offset + length),
});

function inspected(bytes: Buffer): Inspection {
  const outcome = inspect(sourceOf(bytes));
  if (!outcome.ok) throw new Error(outcome.fault.message);
  return outcome.value;
}

/** Convolutions of a lowered backbone, all roles. */
const convolutions = (backbone: Backbone): number =>
  lower(backbone)
    .sections.flatMap(repeatsOf)
    .reduce(
      (sum, { cell, times }) => sum + times * cell.nodes.filter(({ operator }) => operator.op === 'conv').length,
      0,
    );

test('there are examples', () => expect(EXAMPLES.length).toBeGreaterThan(18));

describe.each(EXAMPLES)('%s', (_, backbone) => {
  test('costs what the backbone costs, and hands on what it hands on', () => {
    const { costs } = analyse(backbone);
    const model = inspected(bytesOf(backbone, 'none'));
    expect(model.unknown).toEqual([]);
    expect(model.macs).toMatchObject({ conv: costs['macs'], linear: 0 });
    expect(model.params).toEqual({ conv: costs['weights'], total: costs['params'] });
    expect(model.convolutions).toBe(convolutions(backbone));
    expect(model.assumed).toBeUndefined();
  });

  test('runs in ONNX Runtime with random weights', async () => {
    const small = { ...backbone, input: { ...backbone.input, height: 70, width: 64 } };
    const session = await InferenceSession.create(bytesOf(small, 'random'), { logSeverityLevel: 3 });
    const { channels, height, width } = small.input;
    const image = new Tensor('float32', new Float32Array(channels * height * width).fill(1), [
      1,
      channels,
      height,
      width,
    ]);
    const made = await session.run({ images: image });
    const network = lower(small);
    const expected = network.outputs.map(({ name, section }) => {
      const to = network.sections[section]?.to;
      return [name, [1, to?.channels, to?.height, to?.width]];
    });
    expect(Object.entries(made).map(([name, { dims }]) => [name, dims])).toEqual(expected);
    for (const { data } of Object.values(made)) expect(Number.isFinite(data[0])).toBe(true);
    await session.release();
  });
});

const NET: Backbone = (() => {
  const text = `backbone net {
  input 3 x 32 x 32
  stem     conv(out: 16, k: 3, s: 2)
  stage C2 bottleneck(out: 32, btn: 16, k: 3, s: 2, se: yes) x 2
           + bottleneck(out: 32, btn: 16, k: 3, s: 1) x 1
}`;
  const backbone = readDesign(text).backbones[0]?.backbone;
  if (backbone === undefined) throw new Error('the text is right');
  return backbone;
})();

test('names are those of the text, block by block', () => {
  const outcome = readOnnx(sourceOf(bytesOf(NET, 'none')));
  if (!outcome.ok) throw new Error(outcome.fault.message);
  const { graph, producer, irVersion, opset } = outcome.value;
  expect({ producer, irVersion, opset }).toEqual({ producer: 'mae-det', irVersion: 8, opset: 17 });
  const names = graph.nodes.map(({ name }) => name);
  expect(names.slice(0, 6)).toEqual([
    'C1/block1/conv1',
    'C1/block1/bn1',
    'C1/block1/act1',
    'C2/block1/conv1',
    'C2/block1/bn1',
    'C2/block1/act1',
  ]);
  expect(names).toContain('C2/block1/se/conv2');
  expect(names).toContain('C2/block1/shortcut/conv1');
  expect(names.at(-1)).toBe('C2/block3/act3');
  expect(graph.outputs.map(({ name, dims }) => [name, dims])).toEqual([
    ['C1', [1, 16, 16, 16]],
    ['C2', [1, 32, 8, 8]],
  ]);
  expect([...graph.initialisers.keys()].slice(0, 2)).toEqual(['C1/block1/conv1.weight', 'C1/block1/bn1.weight']);
  expect(new Set(names).size).toBe(names.length);
});

test('the seed decides the weights, and without them the file is small', () => {
  expect(bytesOf(NET, 'random', 1)).toEqual(bytesOf(NET, 'random', 1));
  expect(bytesOf(NET, 'random', 1)).not.toEqual(bytesOf(NET, 'random', 2));
  expect(bytesOf(NET, 'random').length).toBeGreaterThan(4 * (analyse(NET).costs['params'] ?? 0));
  const none = bytesOf(NET, 'none');
  expect(none.length).toBeLessThan(20_000);
  expect(none.includes('net.onnx.data')).toBe(true);
});

test('every kind of operator a block may have has its place', () => {
  const blocks = `backbone all {
  input 3 x 48 x 48
  stem     conv(out: 16, k: 3, s: 2, act: gelu)
           + maxpool(k: 3, s: 2)
  stage C3 inverted(out: 24, btn: 48, k: 5, s: 2, se: yes, act: hardswish) x 2
  stage C4 bottleneck(out: 32, btn: 16, k: 3, s: 2, act: silu, groups: 4) x 2
           + basic(out: 32, btn: 32, k: 3, s: 1, act: leaky)
           + k1kx(out: 32, btn: 16, k: 3, s: 1, act: relu6)
           + shuffle(out: 32, k: 3, s: 1)
           + xception(out: 48, k: 3, s: 2)
}`;
  const backbone = readDesign(blocks).backbones[0]?.backbone;
  expect(backbone).toBeDefined();
  if (backbone === undefined) return;
  const { operators, unknown, params } = inspected(bytesOf(backbone, 'none'));
  expect(unknown).toEqual([]);
  expect(params.total).toBe(analyse(backbone).costs['params']);
  for (const op of ['Erf', 'HardSwish', 'Sigmoid', 'LeakyRelu', 'Clip', 'MaxPool', 'AveragePool', 'Slice', 'Concat'])
    expect(operators.get(op), op).toBeGreaterThan(0);
});
