import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { describe, expect, test } from 'vitest';
import { ONNX } from '../../../../server/src/exchange/formats/onnx.ts';
import type { Attribute, OnnxModel, TensorData, ValueInfo } from '../../../../server/src/exchange/onnx/model.ts';
import { readOnnx } from '../../../../server/src/exchange/onnx/read-model.ts';
import { readDesign } from '../../../../server/src/language/design.ts';
import { source } from './encode.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/onnx');
/** The format as its makers describe it, read by protobufjs: nothing of ours. */
const Model = protobuf.parse(readFileSync(join(FOLDER, 'onnx.proto'), 'utf8')).root.lookupType('onnx.ModelProto');

interface LibraryTensor {
  readonly name?: string;
  readonly dims?: readonly number[];
  readonly dataType?: number;
  readonly floatData?: readonly number[];
  readonly int64Data?: readonly number[];
  readonly int32Data?: readonly number[];
  readonly rawData?: Uint8Array;
  readonly dataLocation?: number;
}
interface LibraryAttribute {
  readonly name: string;
  readonly type: number;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly t?: LibraryTensor;
  readonly floats?: readonly number[];
  readonly ints?: readonly number[];
}
interface LibraryValue {
  readonly name: string;
  readonly type?: {
    readonly tensorType?: {
      readonly elemType?: number;
      readonly shape?: { readonly dim?: readonly { readonly dimValue?: number; readonly dimParam?: string }[] };
    };
  };
}
interface LibraryModel {
  readonly irVersion: number;
  readonly producerName?: string;
  readonly producerVersion?: string;
  readonly opsetImport: readonly { readonly domain?: string; readonly version: number }[];
  readonly graph: {
    readonly node: readonly {
      readonly opType: string;
      readonly name?: string;
      readonly domain?: string;
      readonly input?: readonly string[];
      readonly output?: readonly string[];
      readonly attribute?: readonly LibraryAttribute[];
    }[];
    readonly initializer?: readonly LibraryTensor[];
    readonly input?: readonly LibraryValue[];
    readonly output?: readonly LibraryValue[];
    readonly valueInfo?: readonly LibraryValue[];
  };
}

const [FLOAT, INT32, INT64] = [1, 6, 7];

/** Numbers that a tensor of up to 1,024 of them has inside the file. */
function numbersOf({ rawData, dataType, floatData = [], int32Data = [], int64Data = [] }: LibraryTensor): number[] {
  if (rawData === undefined) return [...floatData, ...int32Data, ...int64Data];
  const view = new DataView(Uint8Array.from(rawData).buffer);
  const width = dataType === INT64 ? 8 : 4;
  return Array.from({ length: rawData.length / width }, (_, i) =>
    dataType === INT64
      ? Number(view.getBigInt64(i * 8, true))
      : dataType === INT32
        ? view.getInt32(i * 4, true)
        : view.getFloat32(i * 4, true),
  );
}

function tensorOf(tensor: LibraryTensor): TensorData {
  const { name = '', dims = [], dataType: type = 0, dataLocation = 0 } = tensor;
  const count = dims.reduce((all, size) => all * size, 1);
  const known = dataLocation === 0 && count <= 1024 && [FLOAT, INT32, INT64].includes(type);
  return { name, dims, type, ...(known ? { values: numbersOf(tensor) } : {}) };
}

function attributeOf({ f, i, s, t, floats, ints }: LibraryAttribute): Attribute {
  return {
    ...(f === undefined ? {} : { float: f }),
    ...(i === undefined ? {} : { int: i }),
    ...(s === undefined ? {} : { text: Buffer.from(s).toString() }),
    ...(t === undefined ? {} : { tensor: tensorOf(t) }),
    ...(floats === undefined ? {} : { floats }),
    ...(ints === undefined ? {} : { ints }),
  };
}

function infoOf({ name, type: { tensorType: { elemType = 0, shape } = {} } = {} }: LibraryValue): ValueInfo {
  const dims = shape && (shape.dim ?? []).map(({ dimValue, dimParam }) => (dimValue ?? 0) || dimParam);
  return { name, type: elemType, ...(dims === undefined ? {} : { dims }) };
}

/** What the library says, in our words. */
function byLibrary(bytes: Uint8Array): Omit<OnnxModel, 'bytesRead'> {
  const { graph, ...head } = Model.toObject(Model.decode(bytes), { longs: Number }) as LibraryModel;
  return {
    irVersion: head.irVersion,
    producer: head.producerName ?? '',
    producerVersion: head.producerVersion ?? '',
    opset: head.opsetImport.find(({ domain = '' }) => domain === '')?.version ?? 0,
    graph: {
      nodes: graph.node.map(({ opType: op, name = '', domain = '', input = [], output = [], attribute = [] }) => ({
        op,
        name,
        domain,
        inputs: input,
        outputs: output,
        attributes: new Map(attribute.map((one) => [one.name, attributeOf(one)])),
        offset: 0,
      })),
      initialisers: new Map((graph.initializer ?? []).map((tensor) => [tensor.name ?? '', tensorOf(tensor)])),
      inputs: (graph.input ?? []).map(infoOf),
      outputs: (graph.output ?? []).map(infoOf),
      values: (graph.valueInfo ?? []).map(infoOf),
    },
  };
}

function byUs(bytes: Uint8Array): Omit<OnnxModel, 'bytesRead'> {
  const outcome = readOnnx(source(bytes));
  if (!outcome.ok) throw new Error(outcome.fault.message);
  const { bytesRead: _, graph, ...head } = outcome.value;
  return { ...head, graph: { ...graph, nodes: graph.nodes.map((node) => ({ ...node, offset: 0 })) } };
}

const FILES = globSync('*.onnx', { cwd: FOLDER });

describe('the reader says what a library for the wire format says', () => {
  test('of some models', () => expect(FILES.length).toBeGreaterThan(20));

  test.each(FILES)('%s', (file) => {
    const bytes = readFileSync(join(FOLDER, file));
    expect(byUs(bytes)).toEqual(byLibrary(bytes));
  });

  test.each(['random', 'none'] as const)('an export of ours, with weights: %s', (weights) => {
    const text = readFileSync(join(FOLDER, '../../../examples/shufflenetv2.mae'), 'utf8');
    const backbone = readDesign(text).backbones[0]?.backbone;
    if (backbone === undefined) throw new Error('the example has no backbone');
    const outcome = ONNX.export({ backbone, detector: undefined }, { weights, seed: 1, file: 'net.onnx' });
    if (!outcome.ok || typeof outcome.content === 'string') throw new Error('it was not written');
    const bytes = Buffer.concat([...outcome.content]);
    expect(byUs(bytes)).toEqual(byLibrary(bytes));
    expect(Model.verify(Model.toObject(Model.decode(bytes)))).toBeNull();
  });
});
