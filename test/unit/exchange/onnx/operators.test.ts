import { describe, expect, test } from 'vitest';
import { inspect } from '../../../../server/src/exchange/onnx/inspect.ts';
import { type AttributeSpec, IMAGE, type ModelSpec, model, type NodeSpec, source, type TensorSpec } from './encode.ts';

type Case = {
  readonly op: string;
  readonly x?: readonly number[];
  readonly attributes?: Readonly<Record<string, AttributeSpec>>;
  readonly opset?: number;
  /** Further inputs: integers are constants, shapes are weights. */
  readonly constants?: readonly (readonly number[] | TensorSpec | undefined)[];
  readonly is: readonly (readonly number[])[];
};

const SCALES = (...values: number[]): TensorSpec => ({
  dims: [values.length],
  raw: [...new Uint8Array(new Float32Array(values).buffer)],
});
const WEIGHT = (...dims: number[]): TensorSpec => ({ dims, external: true });
const isSpec = (value: readonly number[] | TensorSpec): value is TensorSpec => 'dims' in value;

function inspected(spec: ModelSpec) {
  const outcome = inspect(source(model(spec)));
  if (!outcome.ok) throw new Error(outcome.fault.message);
  return outcome.value;
}

/** The shapes of the outputs of one operator. */
function shapesOf({ op, x = [1, 4, 8, 8], attributes = {}, constants = [], is, opset }: Case) {
  const names = constants.map((one, i) => (one === undefined ? '' : `c${i}`));
  const initialisers = constants.flatMap((one, i): TensorSpec[] => {
    if (one === undefined) return [];
    return [isSpec(one) ? { ...one, name: `c${i}` } : { name: `c${i}`, dims: [one.length], ints: one }];
  });
  const node: NodeSpec = { op, in: ['x', ...names], out: is.map((_, i) => `y${i}`), attributes };
  const { layers, unknown } = inspected({
    nodes: [node],
    initialisers,
    inputs: [{ name: 'x', dims: x }],
    ...(opset === undefined ? {} : { opset }),
  });
  expect(unknown).toEqual([]);
  return layers[0]?.step.outputs.map((output) => output?.dims);
}

const CASES: readonly Case[] = [
  {
    op: 'Conv',
    constants: [WEIGHT(6, 4, 3, 3)],
    attributes: { pads: [1, 1, 1, 1], strides: [2, 2] },
    is: [[1, 6, 4, 4]],
  },
  { op: 'Conv', constants: [WEIGHT(8, 1, 3, 3)], attributes: { group: 4, dilations: [2, 2] }, is: [[1, 8, 4, 4]] },
  {
    op: 'Conv',
    constants: [WEIGHT(6, 4, 3, 3)],
    attributes: { auto_pad: 'SAME_UPPER', strides: [3, 3] },
    is: [[1, 6, 3, 3]],
  },
  { op: 'Conv', constants: [WEIGHT(6, 4, 3, 3)], attributes: { auto_pad: 'VALID' }, is: [[1, 6, 6, 6]] },
  { op: 'Conv', x: [2, 4, 9], constants: [WEIGHT(6, 4, 3)], is: [[2, 6, 7]] },
  { op: 'ConvTranspose', constants: [WEIGHT(4, 3, 2, 2)], attributes: { strides: [2, 2] }, is: [[1, 3, 16, 16]] },
  {
    op: 'ConvTranspose',
    constants: [WEIGHT(4, 3, 3, 3)],
    attributes: { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1], group: 2 },
    is: [[1, 6, 16, 16]],
  },
  {
    op: 'ConvTranspose',
    constants: [WEIGHT(4, 3, 3, 3)],
    attributes: { output_shape: [17, 18] },
    is: [[1, 3, 17, 18]],
  },
  { op: 'MaxPool', attributes: { kernel_shape: [3, 3], strides: [2, 2] }, is: [[1, 4, 3, 3]] },
  { op: 'MaxPool', attributes: { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }, is: [[1, 4, 4, 4]] },
  // The fifth window would begin in the padding on the right.
  {
    op: 'AveragePool',
    attributes: { kernel_shape: [1, 1], strides: [2, 2], pads: [0, 0, 1, 1], ceil_mode: 1 },
    is: [[1, 4, 4, 4]],
  },
  {
    op: 'MaxPool',
    attributes: { kernel_shape: [2, 2], dilations: [3, 3] },
    is: [
      [1, 4, 5, 5],
      [1, 4, 5, 5],
    ],
  },
  { op: 'GlobalAveragePool', is: [[1, 4, 1, 1]] },
  { op: 'BatchNormalization', constants: [WEIGHT(4), WEIGHT(4), WEIGHT(4), WEIGHT(4)], is: [[1, 4, 8, 8], [4]] },
  { op: 'InstanceNormalization', constants: [WEIGHT(4), WEIGHT(4)], is: [[1, 4, 8, 8]] },
  { op: 'GroupNormalization', constants: [WEIGHT(4), WEIGHT(4)], is: [[1, 4, 8, 8]] },
  ...[
    'Relu',
    'LeakyRelu',
    'Clip',
    'HardSwish',
    'HardSigmoid',
    'Sigmoid',
    'Softmax',
    'Identity',
    'Elu',
    'Tanh',
    'Erf',
  ].map((op): Case => ({ op, is: [[1, 4, 8, 8]] })),
  {
    op: 'Dropout',
    is: [
      [1, 4, 8, 8],
      [1, 4, 8, 8],
    ],
  },
  { op: 'Cast', attributes: { to: 10 }, is: [[1, 4, 8, 8]] },
  { op: 'Add', constants: [WEIGHT(4, 1, 1)], is: [[1, 4, 8, 8]] },
  { op: 'Mul', x: [1, 4, 1, 1], constants: [WEIGHT(3, 1, 8, 8)], is: [[3, 4, 8, 8]] },
  { op: 'ReduceMean', attributes: { axes: [2, 3], keepdims: 0 }, opset: 13, is: [[1, 4]] },
  { op: 'ReduceMean', constants: [[-1, -2]], opset: 18, is: [[1, 4, 1, 1]] },
  { op: 'ReduceMean', is: [[1, 1, 1, 1]] },
  { op: 'ArgMax', attributes: { axis: 1, keepdims: 0 }, is: [[1, 8, 8]] },
  { op: 'Gemm', x: [5, 7], constants: [WEIGHT(9, 7), WEIGHT(9)], attributes: { transB: 1 }, is: [[5, 9]] },
  { op: 'Gemm', x: [7, 5], constants: [WEIGHT(7, 9)], attributes: { transA: 1 }, is: [[5, 9]] },
  { op: 'MatMul', x: [2, 3, 5, 7], constants: [WEIGHT(7, 9)], is: [[2, 3, 5, 9]] },
  { op: 'MatMul', x: [7], constants: [WEIGHT(7, 9)], is: [[9]] },
  { op: 'Concat', constants: [WEIGHT(1, 2, 8, 8)], attributes: { axis: 1 }, is: [[1, 6, 8, 8]] },
  { op: 'Concat', constants: [WEIGHT(1, 4, 8, 3)], attributes: { axis: -1 }, is: [[1, 4, 8, 11]] },
  {
    op: 'Split',
    attributes: { axis: 1 },
    is: [
      [1, 2, 8, 8],
      [1, 2, 8, 8],
    ],
  },
  {
    op: 'Split',
    attributes: { axis: 1, split: [1, 3] },
    opset: 11,
    is: [
      [1, 1, 8, 8],
      [1, 3, 8, 8],
    ],
  },
  {
    op: 'Split',
    attributes: { axis: 2, num_outputs: 3 },
    opset: 18,
    is: [
      [1, 4, 3, 8],
      [1, 4, 3, 8],
      [1, 4, 2, 8],
    ],
  },
  {
    op: 'Split',
    constants: [[3, 1]],
    attributes: { axis: 1 },
    is: [
      [1, 3, 8, 8],
      [1, 1, 8, 8],
    ],
  },
  { op: 'Slice', constants: [[1], [2 ** 40], [1], [2]], is: [[1, 2, 8, 8]] },
  {
    op: 'Slice',
    constants: [
      [-1, 0],
      [-9, 3],
      [3, 2],
      [-1, 1],
    ],
    is: [[1, 4, 3, 8]],
  },
  { op: 'Slice', attributes: { starts: [0], ends: [-1], axes: [2] }, opset: 9, is: [[1, 4, 7, 8]] },
  { op: 'Reshape', constants: [[0, 2, -1, 8]], is: [[1, 2, 16, 8]] },
  { op: 'Flatten', is: [[1, 256]] },
  { op: 'Flatten', attributes: { axis: -1 }, is: [[32, 8]] },
  { op: 'Transpose', attributes: { perm: [0, 2, 3, 1] }, is: [[1, 8, 8, 4]] },
  { op: 'Transpose', x: [2, 3], is: [[3, 2]] },
  { op: 'Squeeze', x: [1, 4, 1], constants: [[-1]], is: [[1, 4]] },
  { op: 'Squeeze', x: [1, 4, 1], opset: 11, is: [[4]] },
  { op: 'Unsqueeze', x: [4, 8], constants: [[0, -1]], is: [[1, 4, 8, 1]] },
  { op: 'Unsqueeze', x: [4, 8], attributes: { axes: [1] }, opset: 11, is: [[4, 1, 8]] },
  { op: 'Resize', constants: [undefined, SCALES(1, 1, 2, 1.5)], is: [[1, 4, 16, 12]] },
  { op: 'Resize', constants: [undefined, { dims: [0], raw: [] }, [1, 4, 5, 6]], is: [[1, 4, 5, 6]] },
  { op: 'Resize', constants: [SCALES(1, 1, 2, 2)], opset: 10, is: [[1, 4, 16, 16]] },
  {
    op: 'Resize',
    constants: [undefined, undefined, [5, 6]],
    attributes: { axes: [2, 3] },
    opset: 18,
    is: [[1, 4, 5, 6]],
  },
  { op: 'Upsample', constants: [SCALES(1, 1, 2, 2)], opset: 9, is: [[1, 4, 16, 16]] },
  { op: 'Pad', constants: [[0, 0, 1, 1, 0, 0, 2, 2]], is: [[1, 4, 11, 11]] },
  { op: 'Pad', attributes: { pads: [0, 0, 1, 1, 0, 0, 1, 1] }, opset: 10, is: [[1, 4, 10, 10]] },
  { op: 'Pad', constants: [[1, 2], undefined, [3]], opset: 18, is: [[1, 4, 8, 11]] },
  { op: 'Expand', x: [4, 1], constants: [[3, 1, 5]], is: [[3, 4, 5]] },
  { op: 'Tile', x: [4, 1], constants: [[2, 3]], is: [[8, 3]] },
  { op: 'Gather', constants: [[0, 2, 3]], attributes: { axis: 1 }, is: [[1, 3, 8, 8]] },
  {
    op: 'TopK',
    x: [1, 100],
    constants: [[7]],
    is: [
      [1, 7],
      [1, 7],
    ],
  },
  { op: 'DepthToSpace', attributes: { blocksize: 2 }, is: [[1, 1, 16, 16]] },
  { op: 'SpaceToDepth', attributes: { blocksize: 2 }, is: [[1, 16, 4, 4]] },
  { op: 'Shape', is: [[4]] },
];

describe('the shapes of what operators make', () => {
  test.each(
    CASES.map((one) => [`${one.op} of ${one.x ?? '1,4,8,8'} ${JSON.stringify(one.attributes ?? {})}`, one] as const),
  )('%s', (_, one) => expect(shapesOf(one)).toEqual(one.is));
});

describe('shapes that are computed in the graph', () => {
  const constant = (name: string, ...values: number[]): NodeSpec => ({
    op: 'Constant',
    in: [],
    out: [name],
    attributes: { value: { dims: [values.length], ints: values } },
  });

  test('half of the channels, by Shape, Gather, Div, Cast, Concat and Slice', () => {
    const { layers, unknown } = inspected({
      nodes: [
        { op: 'Shape', in: ['x'], out: ['shape'] },
        constant('one', 1),
        { op: 'Gather', in: ['shape', 'one'], out: ['channels'] },
        constant('two', 2),
        { op: 'Div', in: ['channels', 'two'], out: ['half'] },
        { op: 'Cast', in: ['half'], out: ['int'], attributes: { to: 7 } },
        constant('zero', 0),
        { op: 'Slice', in: ['x', 'zero', 'int', 'one'], out: ['y'] },
        constant('rest', -1),
        { op: 'Concat', in: ['zero', 'int', 'rest'], out: ['to'], attributes: { axis: 0 } },
        { op: 'Reshape', in: ['y', 'to'], out: ['z'] },
      ],
      inputs: [{ name: 'x', dims: [1, 5, 4, 6] }],
    });
    expect(unknown).toEqual([]);
    expect(layers.at(-1)?.step.outputs[0]?.dims).toEqual([1, 2, 24]);
  });

  test('a pad as PyTorch exports it: axes from behind, in pairs, turned round', () => {
    const { layers, unknown } = inspected({
      nodes: [
        constant('given', 1, 2),
        constant('six', 6),
        { op: 'ConstantOfShape', in: ['six'], out: ['zeros'], attributes: { value: { dims: [1], ints: [0] } } },
        { op: 'Concat', in: ['given', 'zeros'], out: ['all'], attributes: { axis: 0 } },
        constant('pairs', -1, 2),
        { op: 'Reshape', in: ['all', 'pairs'], out: ['table'] },
        constant('last', -1),
        constant('first', -1e6),
        constant('axis', 0),
        { op: 'Slice', in: ['table', 'last', 'first', 'axis', 'last'], out: ['turned'] },
        { op: 'Transpose', in: ['turned'], out: ['ends'], attributes: { perm: [1, 0] } },
        { op: 'Reshape', in: ['ends', 'last'], out: ['pads'] },
        { op: 'Pad', in: ['x', 'pads'], out: ['y'] },
      ],
      inputs: [{ name: 'x', dims: [1, 2, 5, 5] }],
    });
    expect(unknown).toEqual([]);
    expect(layers.at(-1)?.step.inputs[1]?.values).toEqual([0, 0, 0, 1, 0, 0, 0, 2]);
    expect(layers.at(-1)?.step.outputs[0]?.dims).toEqual([1, 2, 5, 8]);
  });

  test('Expand to what Where and Equal make of a shape', () => {
    const { layers } = inspected({
      nodes: [
        constant('wanted', -1, 3),
        constant('open', -1),
        { op: 'Equal', in: ['wanted', 'open'], out: ['isOpen'] },
        constant('one', 1),
        { op: 'Where', in: ['isOpen', 'one', 'wanted'], out: ['to'] },
        { op: 'Expand', in: ['x', 'to'], out: ['y'] },
      ],
      inputs: [{ name: 'x', dims: [7, 1] }],
    });
    expect(layers.at(-1)?.step.outputs[0]?.dims).toEqual([7, 3]);
  });
});

describe('what is not known is named, and the rest has numbers', () => {
  const conv = (from: string, to: string, weight: string): NodeSpec => ({ op: 'Conv', in: [from, weight], out: [to] });
  const initialisers: TensorSpec[] = [
    { ...WEIGHT(8, 3, 1, 1), name: 'w' },
    { ...WEIGHT(4, 8, 1, 1), name: 'v' },
  ];

  test('an operator of another domain, and the convolutions behind it', () => {
    const found = inspected({
      nodes: [
        conv('x', 'a', 'w'),
        { op: 'Magic', in: ['a'], out: ['b'], domain: 'com.example' },
        { op: 'Relu', in: ['b'], out: ['c'] },
        conv('c', 'd', 'v'),
        conv('a', 'e', 'v'),
      ],
      initialisers,
    });
    expect(found.macs.conv).toBe(32 * 32 * (8 * 3 + 4 * 8));
    expect(found.unknown).toEqual([
      { op: 'Magic', count: 1, why: 'operators of the domain com.example are not known here' },
      { op: 'Conv', count: 1, why: 'it reads what depends on Magic' },
    ]);
    expect(found.params).toEqual({ conv: 24 + 32, total: 24 + 32 });
  });

  test('a shape that the file tells goes on where an operator is not known', () => {
    const found = inspected({
      nodes: [{ op: 'Magic', in: ['x'], out: ['b'] }, conv('b', 'c', 'w')],
      initialisers,
      values: [{ name: 'b', dims: [1, 3, 10, 10] }],
    });
    expect(found.macs.conv).toBe(10 * 10 * 24);
    expect(found.unknown).toEqual([{ op: 'Magic', count: 1, why: 'this operator is not known here' }]);
  });

  test.each<[string, NodeSpec, string]>([
    ['channels that do not fit', conv('x', 'y', 'v'), 'its input has 3 channels, and its weight is for 8 × 1'],
    [
      'a stride of nothing',
      { ...conv('x', 'y', 'w'), attributes: { strides: [0, 0] } },
      'its window is none: kernel, stride and dilation begin at 1, pads at 0',
    ],
    [
      'a window larger than the image',
      { op: 'MaxPool', in: ['x'], out: ['y'], attributes: { kernel_shape: [99, 99] } },
      'its window is larger than its input',
    ],
    [
      'a shape that does not hold as many numbers',
      { op: 'Upsample', in: ['x'], out: ['y'] },
      'its shape depends on numbers that are not constant',
    ],
    ['boxes', { op: 'NonMaxSuppression', in: ['x'], out: ['y'] }, 'the size of its output depends on the image'],
  ])('%s', (_, node, why) => {
    expect(inspected({ nodes: [node], initialisers }).unknown).toEqual([{ op: node.op, count: 1, why }]);
  });
});

test('a weight that is shared, passed on, or listed as an input counts once', () => {
  const shared = inspected({
    nodes: [
      { op: 'Identity', in: ['w'], out: ['w1'] },
      { op: 'Conv', in: ['x', 'w', 'b'], out: ['y'] },
      { op: 'Conv', in: ['y', 'w1', 'b'], out: ['z'] },
      { op: 'Mul', in: ['z', 'gamma'], out: ['o'] },
    ],
    initialisers: [
      { ...WEIGHT(3, 3, 1, 1), name: 'w' },
      { ...WEIGHT(3), name: 'b' },
      { ...WEIGHT(3, 1, 1), name: 'gamma' },
    ],
    inputs: [IMAGE, { name: 'w', dims: [3, 3, 1, 1] }],
  });
  expect(shared.params).toEqual({ conv: 9, total: 9 + 3 + 3 });
  expect(shared.macs.conv).toBe(2 * 32 * 32 * 9);
  expect(shared.inputs.map(({ name }) => name)).toEqual(['x']);
});

test('a frozen norm, exported as its arithmetic, has scale and shift, and no statistics', () => {
  const names = ['bn.weight', 'bn.bias', 'bn.running_mean', 'bn.running_var'];
  const [weight = '', bias = '', mean = '', variance = ''] = names;
  const frozen = inspected({
    nodes: [
      { op: 'Sqrt', in: [variance], out: ['deviation'] },
      { op: 'Div', in: [weight, 'deviation'], out: ['scale'] },
      { op: 'Mul', in: [mean, 'scale'], out: ['moved'] },
      { op: 'Sub', in: [bias, 'moved'], out: ['shift'] },
      { op: 'Mul', in: ['x', 'scale'], out: ['scaled'] },
      { op: 'Add', in: ['scaled', 'shift'], out: ['y'] },
    ],
    initialisers: names.map((name) => ({ ...WEIGHT(1, 3, 1, 1), name })),
  });
  expect(frozen.params).toEqual({ conv: 0, total: 6 });
});

test.each([
  [['N', 3, 'H', 'W'], undefined, [1, 3, 224, 224], { height: 224, width: 224 }],
  [['N', 3, 320, 'W'], undefined, [1, 3, 320, 320], { height: 320, width: 320 }],
  [['N', 3, 'H', 'W'], { height: 64, width: 96 }, [1, 3, 64, 96], undefined],
  [['N', 'H', 'W', 3], undefined, [1, 224, 224, 3], { height: 224, width: 224 }],
  [[2, 3, 32, 32], { height: 64, width: 64 }, [2, 3, 64, 64], undefined],
  [[2, 3, 32, 32], undefined, [2, 3, 32, 32], undefined],
])('an image of %j at %j is %j', (dims, size, shape, assumed) => {
  const outcome = inspect(source(model({ nodes: [], inputs: [{ name: 'x', dims }] })), size);
  expect(outcome.ok && outcome.value.inputs[0]?.shape).toEqual(shape);
  expect(outcome.ok && outcome.value.assumed).toEqual(assumed);
});
