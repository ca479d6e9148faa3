import { describe, expect, test } from 'vitest';
import { inspect } from '../../../../server/src/exchange/onnx/inspect.ts';
import { model, source } from './encode.ts';
import { Net } from './net.ts';

function stagesOf(net: Net): readonly (readonly [number, number])[] {
  const outcome = inspect(net.source());
  if (!outcome.ok) throw new Error(outcome.fault.message);
  expect(outcome.value.unknown).toEqual([]);
  return outcome.value.stages.map(({ channels, height }) => [channels, height]);
}

describe('stages are what the next strided operator reads', () => {
  test('behind the 1×1 convolution that widens, and not behind the linear end of a block', () => {
    const net = new Net();
    const stem = net.relu(net.norm(net.conv('x', [3, 8], 3, 2), 8));
    const end = net.norm(net.conv(net.relu(net.conv(stem, [8, 8], 3, 1, 8)), [8, 4], 1), 4);
    const wide = net.relu(net.norm(net.conv(end, [4, 24], 1), 24));
    net.relu(net.conv(wide, [24, 24], 3, 2, 24));
    expect(stagesOf(net)).toEqual([
      [4, 16],
      [24, 8],
    ]);
  });

  test('a linear end that a strided convolution reads by itself stays', () => {
    const net = new Net();
    const end = net.norm(net.conv(net.relu(net.conv('x', [3, 32], 3, 2)), [32, 4], 1), 4);
    net.conv(end, [4, 16], 3, 2);
    expect(stagesOf(net)[0]).toEqual([4, 16]);
  });

  test('activations in parts: x · sigmoid(x), and the padding of other frameworks', () => {
    const net = new Net();
    const block = net.relu(net.conv('x', [3, 6], 3, 2));
    const wide = net.conv(block, [6, 24], 1);
    const act = net.add('Mul', [wide, net.add('Sigmoid', [wide])]);
    const padded = net.add('Pad', [act], { pads: [0, 0, 0, 0, 0, 0, 1, 1] });
    const spec = net.weight(24, 1, 3, 3);
    net.add('Conv', [padded, spec], { strides: [2, 2], group: 24 });
    const outcome = inspect(source(model({ ...net, opset: 9 })));
    expect(outcome.ok && outcome.value.stages.map(({ channels, height }) => [channels, height])).toEqual([
      [6, 16],
      [24, 8],
    ]);
  });

  test('of branches that read different tensors, the one that all come from', () => {
    const net = new Net();
    const block = net.relu(net.conv('x', [3, 8], 3, 2));
    const inner = net.relu(net.conv(net.relu(net.conv(block, [8, 4], 1)), [4, 5], 3));
    const branches = [net.conv(inner, [5, 6], 3, 2), net.conv(block, [8, 6], 3, 2)];
    net.add('Concat', branches, { axis: 1 });
    expect(stagesOf(net)).toEqual([
      [8, 16],
      [12, 8],
    ]);
  });

  test('the gate of a squeeze and what follows a global pool are none', () => {
    const net = new Net();
    const block = net.relu(net.conv('x', [3, 8], 3, 2));
    const gate = net.add('Sigmoid', [net.conv(net.add('GlobalAveragePool', [block]), [8, 8], 1)]);
    const scaled = net.add('Mul', [block, gate]);
    const pooled = net.add('ReduceMean', [net.conv(scaled, [8, 12], 3, 2)], { axes: [2, 3] });
    net.conv(pooled, [12, 100], 1);
    expect(stagesOf(net)).toEqual([
      [8, 16],
      [12, 8],
    ]);
  });
});

/** C2 to C5, a top-down path, and a stride more, as detectors have it. */
function pyramid(lateral: boolean) {
  const net = new Net();
  const c3 = net.relu(net.conv(net.relu(net.conv('x', [3, 8], 3, 2)), [8, 16], 3, 2));
  const c4 = net.relu(net.conv(c3, [16, 32], 3, 2));
  const c5 = net.relu(net.conv(c4, [32, 64], 3, 2));
  const top = net.conv(c5, [64, 32], 1);
  const side = lateral ? net.conv(c4, [32, 32], 1) : c4;
  const sum = net.add(lateral ? 'Add' : 'Concat', [side, net.upsample(top)], lateral ? {} : { axis: 1 });
  net.conv(sum, [lateral ? 32 : 64, 32], 3);
  net.conv(net.relu(net.conv(top, [32, 32], 3, 2)), [32, 32], 3);
  return net;
}

test.each([
  ['added', true],
  ['put beside the map', false],
])('with a pyramid whose maps are %s, stages end with what its lateral convolutions read', (_, lateral) => {
  expect(stagesOf(pyramid(lateral))).toEqual([
    [8, 16],
    [16, 8],
    [32, 4],
    [64, 2],
  ]);
});

test('of two levels of one size the end of the network is the stage, and what is pooled behind them is none', () => {
  const net = new Net();
  const stem = net.relu(net.conv('x', [3, 8], 3, 2));
  const low = net.relu(net.conv(stem, [8, 16], 3, 2));
  const high = net.relu(net.conv(low, [16, 24], 3));
  const top = net.conv(high, [24, 8], 1);
  net.add('Add', [net.conv(low, [16, 8], 1), net.upsample(top, 1)]);
  net.add('MaxPool', [top], { kernel_shape: [1, 1], strides: [2, 2] });
  expect(stagesOf(net)).toEqual([
    [8, 16],
    [24, 8],
  ]);
});

test('a map that is put beside its own average at its size is no pyramid', () => {
  const net = new Net();
  const map = net.relu(net.conv(net.relu(net.conv('x', [3, 8], 3, 2)), [8, 16], 3, 2));
  const average = net.upsample(net.conv(net.add('GlobalAveragePool', [map]), [16, 16], 1), 8);
  net.conv(net.add('Concat', [net.conv(map, [16, 16], 1), average], { axis: 1 }), [32, 20], 1);
  expect(stagesOf(net)).toEqual([
    [8, 16],
    [20, 8],
  ]);
});

test('what each stage costs is what no earlier one needs, and adds up', () => {
  const net = new Net();
  const stem = net.relu(net.conv('x', [3, 8], 3, 2));
  net.conv(net.relu(net.conv(net.relu(stem), [8, 8], 3, 2)), [8, 8], 3);
  const outcome = inspect(source(model(net)));
  if (!outcome.ok) throw new Error(outcome.fault.message);
  expect(outcome.value.stages.map(({ macs, params }) => [macs, params])).toEqual([
    [16 * 16 * 8 * 27, 8 * 27],
    [2 * 8 * 8 * 8 * 72, 2 * 8 * 72],
  ]);
});
