import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inputRef } from '../../../server/src/graph/cell.ts';
import { CellBuilder } from '../../../server/src/graph/cell-builder.ts';
import { DeviceModel } from '../../../server/src/latency/device-model.ts';
import { runAs } from '../../../server/src/latency/layout.ts';
import type { Operation } from '../../../server/src/latency/operation.ts';
import type { Profile } from '../../../server/src/latency/profile.ts';
import { readProfile } from '../../../server/src/latency/read-profile.ts';

const FILE = new URL('../../fixtures/latency/toy.maeprofile.json', import.meta.url);

function toy(): Profile {
  const read = readProfile(readFileSync(FILE, 'utf8'));
  if (read.kind === 'fault') throw new Error(read.message);
  return read.profile;
}

const conv = (fields: Partial<Operation>): Operation => ({
  ...{ op: 'conv', kernel: 1, stride: 1, grouping: 'one', groups: 1, in: 256, out: 256, height: 40, width: 40 },
  ...fields,
});

test('a point of the profile takes its time by the factor', () => {
  expect(new DeviceModel(toy()).of(conv({}))).toEqual({ ms: expect.closeTo(3.497 * 0.95, 6), outside: false });
});

test.each([
  [68, 80],
  [80, 80],
  [1, 1],
  [3, 3],
  [5, 16],
])('%d channels cost what %d do', (channels, aligned) => {
  const model = new DeviceModel(toy());
  expect(model.alignedWidth(channels)).toBe(aligned);
  if (aligned >= 16) expect(model.of(conv({ out: channels })).ms).toBe(model.of(conv({ out: aligned })).ms);
});

test('what lies beyond the points is told', () => {
  expect(new DeviceModel(toy()).of(conv({ out: 8192 })).outside).toBe(true);
});

test('calls and weights cost what the profile says beside', () => {
  const cell = new CellBuilder({ channels: 256, height: 40, width: 40, halvings: 0 });
  cell.add({ op: 'conv', out: 256, kernel: 1, stride: 1, groups: 1, dilation: 1, bias: false }, [cell.input()]);
  const built = cell.build(0);
  const [node] = built.nodes;
  if (node === undefined) throw new Error('no node');
  const counted = { cell: built, node, image: cell.shape(inputRef(0)) };
  const bare = new DeviceModel(toy()).ofNode(counted).ms;
  const dear = new DeviceModel({ ...toy(), overhead: 0.01, perMillionWeights: 10 }).ofNode(counted).ms;
  expect(dear - bare).toBeCloseTo(0.01 + 10 * 0.065536, 9);
});

const RULES = {
  channelBlock: 16,
  fused: ['batchnorm', 'relu', 'relu6', 'sum', 'sum relu'],
  layout: { plain: ['product', 'split'] },
};

/** A convolution, its norm, a sum with what the cell reads, and an activation. */
function residual(act: 'relu' | 'relu6', channels = 32) {
  const cell = new CellBuilder({ channels, height: 8, width: 8, halvings: 0 });
  const main = cell.conv(cell.input(), { out: channels, kernel: 3 });
  return cell.build(cell.act(cell.add({ op: 'sum', residual: true }, [main, cell.input()]), act));
}

test.each([
  ['relu', [false, true, true, true]],
  ['relu6', [false, true, true, false]],
] as const)('behind a convolution norm, sum and then only what is fused behind a sum: %s', (act, fused) => {
  expect(runAs(residual(act), RULES).map((run) => run.fused)).toEqual(fused);
});

test('a norm between a convolution and what is fused counts for nothing', () => {
  const cell = new CellBuilder({ channels: 16, height: 8, width: 8, halvings: 0 });
  const built = cell.build(cell.conv(cell.input(), { out: 16, kernel: 1, act: 'relu6' }));
  expect(runAs(built, RULES).map((run) => run.fused)).toEqual([false, true, true]);
});

test('an operator that cannot read blocks has its map brought out of them before it, and into them behind it', () => {
  const cell = new CellBuilder({ channels: 32, height: 8, width: 8, halvings: 0 });
  const conv = (x: number, out: number) =>
    cell.add({ op: 'conv', out, kernel: 1, stride: 1, groups: 1, dilation: 1, bias: true }, [x]);
  const half = cell.add({ op: 'split', from: 0, to: 16 }, [conv(cell.input(), 32)]);
  const end = cell.add({ op: 'avgpool', kernel: 2, stride: 2 }, [cell.add({ op: 'split', from: 0, to: 8 }, [half])]);
  const runs = runAs(cell.build(conv(end, 16)), RULES);
  expect(runs.map(({ plain }) => plain)).toEqual([false, true, true, false, false]);
  expect(runs.flatMap(({ moves }) => moves.map(({ op }) => op))).toEqual(['leave', 'enter']);
});
