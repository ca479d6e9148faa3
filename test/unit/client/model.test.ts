import { describe, expect, test } from 'vitest';
import { layerColumns } from '../../../client/src/model/columns.ts';
import { tableText } from '../../../client/src/model/export.ts';
import { type KeptModel, keptModels, keptPage, withModel } from '../../../client/src/model/kept.ts';
import { isFromModel } from '../../../client/src/model/messages.ts';
import { drawStages } from '../../../client/src/model/picture.ts';
import { LayerRows, type LayerView } from '../../../client/src/model/rows.ts';
import { namedStages } from '../../../client/src/model/stages.ts';
import { notesOf, summaryOf } from '../../../client/src/model/summary.ts';
import { svgText } from '../../../drawing/shape.ts';
import { inspect } from '../../../server/src/exchange/onnx/inspect.ts';
import { modelTable } from '../../../server/src/exchange/onnx/table.ts';
import type { ModelLayer } from '../../../server/src/server/protocol.ts';
import { type ModelSpec, model, type NodeSpec, source } from '../exchange/onnx/encode.ts';

function read(spec: ModelSpec) {
  const inspected = inspect(source(model(spec)));
  if (!inspected.ok) throw new Error(inspected.fault.message);
  return modelTable(inspected.value);
}

const kernel = (name: string, dims: readonly number[]) => ({ name, dims });
/** 3×32×32 → 8×16×16 → 16×8×8, a depthwise convolution among it, and an operator that nobody knows. */
const NODES: readonly NodeSpec[] = [
  { op: 'Conv', name: 'stem', in: ['x', 'w1'], out: ['a'], attributes: { strides: [2, 2], pads: [1, 1, 1, 1] } },
  { op: 'Relu', in: ['a'], out: ['b'] },
  { op: 'Conv', name: 'dw', in: ['b', 'w2'], out: ['c'], attributes: { group: 8, pads: [1, 1, 1, 1] } },
  { op: 'Conv', name: 'down', in: ['c', 'w3'], out: ['d'], attributes: { strides: [2, 2] } },
  { op: 'Odd', name: 'odd', in: ['d'], out: ['e'], domain: 'com.example' },
  { op: 'Conv', name: 'lost', in: ['e', 'w3'], out: ['f'] },
];
const MODEL = read({
  nodes: NODES,
  initialisers: [kernel('w1', [8, 3, 3, 3]), kernel('w2', [8, 1, 3, 3]), kernel('w3', [16, 8, 1, 1])],
});
const COLUMNS = layerColumns(MODEL);
const ROWS = new LayerRows(MODEL.layers);
const ALL: LayerView = { sort: undefined, filter: '', op: '' };
const names = (view: Partial<LayerView>): string[] => ROWS.of({ ...ALL, ...view }, COLUMNS).map(({ name }) => name);

describe('a model as data of a view', () => {
  test('has windows and groups, by the weights where the node says nothing', () => {
    expect(MODEL.layers.map(({ op, kernel: k, stride, groups }) => [op, k, stride, groups])).toEqual([
      ['Conv', [3, 3], [2, 2], 1],
      ['Relu', undefined, undefined, undefined],
      ['Conv', [3, 3], [1, 1], 8],
      ['Conv', [1, 1], [2, 2], 1],
      ['Odd', undefined, undefined, undefined],
      ['Conv', [1, 1], [1, 1], 1],
    ]);
    expect(MODEL.layers.map(({ macs }) => macs)).toEqual([8 * 256 * 27, 0, 8 * 256 * 9, 16 * 64 * 8, 0, 0]);
    expect(MODEL.layers[1]?.name).toBe('b');
  });

  test('says why a layer is not known, with the layers behind it', () => {
    expect(MODEL.layers.map(({ unknown }) => unknown)).toEqual([
      ...[undefined, undefined, undefined, undefined],
      'operators of the domain com.example are not known here',
      'it reads what depends on Odd',
    ]);
    expect(notesOf(MODEL)).toEqual(['Nodes that could not be counted, and are missing in every sum: 2']);
  });

  test('has names that are short and all to be seen', () => {
    const name = `\u202e${'very'.repeat(100)}end`;
    const [layer] = read({ nodes: [{ op: 'Relu', name, in: ['x'], out: ['y'] }] }).layers;
    expect(layer?.name).toHaveLength(200);
    expect(layer?.name).toMatch(/^…(very|ery|ry|y)+end$/);
    const [short] = read({ nodes: [{ op: 'Relu', name: 'a\u202eb\u0000', in: ['x'], out: ['y'] }] }).layers;
    expect(short?.name).toBe('a�b�');
  });
});

describe('layers', () => {
  const texts = (place: number): Readonly<Record<string, string>> => {
    const layer = ROWS.all[place];
    return layer === undefined ? {} : Object.fromEntries(COLUMNS.map(({ id, text }) => [id, text(layer)]));
  };

  test('are written as people read them', () => {
    expect(texts(0)).toEqual({
      group: '1',
      op: 'Conv',
      name: 'stem',
      output: '1×8×16×16',
      kernel: '3×3',
      stride: '2',
      groups: '1',
      macs: '55.3 k',
      'macs share': '68 %',
      params: '216',
      'params share': '52 %',
    });
    expect(texts(1)).toMatchObject({ macs: '–', 'macs share': '', params: '–', 'params share': '', groups: '' });
    expect(texts(5)).toMatchObject({ output: '?', macs: '?' });
  });

  test('a share that is next to nothing is said to be', () => {
    const layer: ModelLayer = { op: 'Add', name: 'a', macs: 1, params: 0 };
    const columns = layerColumns({ ...MODEL, macs: { conv: 1e9, linear: 0, other: 1 }, layers: [layer] });
    expect(columns.find(({ id }) => id === 'macs share')?.text({ ...layer, place: 0 })).toBe('< 0.01 %');
  });

  test('a bar is full at the costliest', () => {
    const bars = COLUMNS.find(({ id }) => id === 'macs share')?.bar;
    expect(ROWS.all.map((layer) => bars?.(layer))).toEqual([1, 0, 1 / 3, 4 / 27, 0, 0]);
  });

  const FILE = ['stem', 'b', 'dw', 'down', 'odd', 'lost'];
  test.each<[string, Partial<LayerView>, string[]]>([
    ['as in the file', {}, FILE],
    [
      'what is not known comes last',
      { sort: { column: 'macs', descending: true } },
      ['stem', 'dw', 'down', 'b', 'odd', 'lost'],
    ],
    [
      'also from the smallest on',
      { sort: { column: 'macs', descending: false } },
      ['b', 'down', 'dw', 'stem', 'odd', 'lost'],
    ],
    ['by a word', { sort: { column: 'name', descending: false } }, ['b', 'down', 'dw', 'lost', 'odd', 'stem']],
    [
      'equal ones as in the file',
      { sort: { column: 'op', descending: true } },
      ['b', 'odd', 'stem', 'dw', 'down', 'lost'],
    ],
    ['by what is no column', { sort: { column: 'colour', descending: true } }, FILE],
    ['of one operator', { op: 'Conv' }, ['stem', 'dw', 'down', 'lost']],
    ['by words that all stand in them', { filter: ' CONV  8x16 ' }, ['stem', 'dw']],
    ['by a shape as it is written', { filter: '16×8×8' }, ['down']],
    ['none', { filter: 'nothing' }, []],
    ['all of it at once', { filter: 'd', op: 'Conv', sort: { column: 'group', descending: true } }, ['down', 'dw']],
  ])('%s', (_, view, expected) => expect(names(view)).toEqual(expected));

  test('numbers in names are numbers', () => {
    const layers = ['layer10', 'layer9'].map((name) => ({ op: 'Relu', name, macs: 0, params: 0 }));
    const view = { ...ALL, sort: { column: 'name', descending: false } };
    expect(new LayerRows(layers).of(view, COLUMNS).map(({ name }) => name)).toEqual(['layer9', 'layer10']);
  });
});

describe('a copy', () => {
  test('has exact numbers, and nothing where nothing is known', () => {
    const rows = ROWS.of({ ...ALL, filter: 'l' }, COLUMNS).filter(({ name }) => name === 'b' || name === 'lost');
    expect(tableText(rows, 'tsv').split('\n')).toEqual([
      'number\toperator\tname\toutput\tkernel\tstride\tgroups\tmacs\tparams',
      '2\tRelu\tb\t1x8x16x16\t\t\t\t0\t0',
      '6\tConv\tlost\t\t1x1\t1x1\t1\t\t128',
      '',
    ]);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['@a', "'@a"],
    ['a,"b"', '"a,""b"""'],
    ['a\tb\nc', 'a b c'],
  ])('a name that a spreadsheet would run, %j, is text: %j', (name, expected) => {
    const layer = { op: 'Relu', name, macs: 0, params: 0, place: 0 };
    expect(tableText([layer], 'csv')).toContain(`1,Relu,${expected},,,,,0,0\r\n`);
  });
});

describe('stages', () => {
  test('are named by how small they are, and drawn', () => {
    const stages = namedStages(MODEL);
    expect(stages.map(({ name, channels, height }) => [name, channels, height])).toEqual([
      ['C1', 8, 16],
      ['C2', 16, 8],
    ]);
    const drawn = svgText(drawStages(stages));
    expect(drawn).toContain('C1 8×16×16');
    expect(drawn.match(/<rect/g)).toHaveLength(2);
  });

  const stage = (height: number) => ({ channels: 1, height, width: height, macs: 1, params: 1 });
  test.each([
    ['a stem of stride 4', [1, 3, 224, 224], [56, 28], ['C2', 'C3']],
    ['sizes that do not divide', [1, 3, 299, 299], [149, 73, 35], ['C1', 'C2', 'C3']],
    ['channels last', [1, 224, 224, 3], [112], ['C1']],
    ['no halves', [1, 3, 100, 100], [50, 45], ['C1', 'C2']],
    ['no image', [1, 128], [8, 4], ['C1', 'C2']],
  ])('%s', (_, shape, heights, expected) => {
    const table = { ...MODEL, inputs: [{ name: 'x', shape }], stages: heights.map(stage) };
    expect(namedStages(table).map(({ name }) => name)).toEqual(expected);
  });
});

test('the summary has what the model is, and names some of what may be many', () => {
  const many = Array.from({ length: 15 }, (_, i) => ({ op: `Op${i}`, count: 15 - i }));
  const said = Object.fromEntries(summaryOf({ ...MODEL, operators: many }));
  expect(said).toMatchObject({
    'Made by': 'test, operator set 17, IR 8',
    Input: 'x 1×3×32×32',
    params: '416, 416 of them in the kernels of convolutions',
    Layers: '6, 4 of them convolutions',
  });
  expect(said['Operators']).toMatch(/^Op0 15, .*Op11 4 and 3 more$/);
  const notes = notesOf({
    ...MODEL,
    unknown: [],
    assumed: { height: 224, width: 320 },
    known: { ir: [3, 10], opsets: [9, 21] },
  });
  expect(notes).toEqual([
    expect.stringContaining('these are the numbers at 224×320'),
    expect.stringContaining('known here are IR 3–10 and operator sets 9–21'),
  ]);
});

test('what was kept, and what the page says, is read with care', () => {
  const view = { sort: { column: 'macs', descending: true }, filter: 'a', op: 'Conv' };
  const page = { view, top: 7, size: '1x2' };
  expect(keptPage(page)).toEqual(page);
  for (const wrong of [undefined, null, 'x', {}, { view: 1, size: 2, top: '3' }, { view: { filter: 1, op: null } }])
    expect(keptPage(wrong)).toEqual({ view: ALL, top: 0 });
  expect(keptModels([{ uri: 'file:///a.onnx', page }, { uri: 1 }, null])).toEqual([{ uri: 'file:///a.onnx', page }]);
  expect(keptModels({})).toEqual([]);
  for (const right of [
    { type: 'ready' },
    { type: 'looked', view, top: 0 },
    { type: 'size', size: '1x2' },
    { type: 'size' },
    { type: 'retry' },
    { type: 'import' },
    { type: 'copy', text: 'a', said: 'b' },
  ])
    expect(isFromModel(right)).toBe(true);
  for (const wrong of [
    null,
    'ready',
    {},
    { type: 'size', size: 1 },
    { type: 'looked', view },
    { type: 'copy', text: 'a' },
    { type: 'other' },
  ])
    expect(isFromModel(wrong)).toBe(false);
});

test('the models that were looked at longest ago are forgotten', () => {
  let models: readonly KeptModel[] = [];
  const page = keptPage(undefined);
  for (let i = 0; i < 60; i++) models = withModel(models, `file:///${i}.onnx`, page);
  models = withModel(models, 'file:///30.onnx', { ...page, top: 9 });
  expect(models).toHaveLength(50);
  expect(models.slice(0, 2)).toEqual([
    { uri: 'file:///30.onnx', page: { ...page, top: 9 } },
    { uri: 'file:///59.onnx', page },
  ]);
  expect(models.at(-1)?.uri).toBe('file:///10.onnx');
});
