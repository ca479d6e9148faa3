import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { type Backbone, type Group, group } from '../../../server/src/backbone/backbone.ts';
import { lower } from '../../../server/src/backbone/lower.ts';
import { NO_SPREAD, passLayer, predict } from '../../../server/src/entropy/finite-width.ts';
import { convolutionSpread, reluCorrelation } from '../../../server/src/entropy/relu-kernel.ts';
import { scoredConvs } from '../../../server/src/entropy/scored.ts';
import { layerLogStds } from '../support/by-layer.ts';
import { differences } from '../support/close.ts';

/** The recursion of docs/method.md 2.1 (estimator 3), with the layers written out by hand. */
function predicted(layers: readonly { readonly out: number; readonly depthwise: boolean }[]) {
  let [rho, G, V] = [0, 0, 0];
  return layers.map(({ out, depthwise }) => {
    const own = (2 * rho ** 2 * (depthwise ? 1 + G : 1)) / out;
    const prediction = { bias: -V / 4, sd: Math.sqrt(V + own) / 2 };
    const g = convolutionSpread(rho);
    V += (depthwise ? g * (1 + G) : g) / out;
    G = depthwise ? (1 + G) * (1 + g) - 1 : g;
    rho = reluCorrelation(rho);
    return prediction;
  });
}

const stem = group({ block: 'conv', out: 16, kernel: 3, stride: 2 });
const network = (...groups: Group[]): Backbone => ({
  name: 'narrow',
  input: { channels: 3, height: 64, width: 64 },
  groups: [stem, ...groups],
  weights: { C2: 1 },
});

const ordinary = (out: number) => ({ out, depthwise: false });
const depthwise = (out: number) => ({ out, depthwise: true });

const inverted = (out: number, btn: number, depth = 1) =>
  group({ block: 'inverted', out, btn, kernel: 3, stride: 2, depth });

describe('the finite width of', () => {
  it.each([
    [
      'ordinary convolutions',
      [group({ block: 'basic', out: 24, btn: 8, kernel: 3, stride: 2 })],
      [8, 24].map(ordinary),
    ],
    ['one depthwise convolution', [inverted(24, 48)], [ordinary(48), depthwise(48), ordinary(24)]],
    [
      'depthwise convolutions again and again',
      [inverted(16, 0, 3)],
      [1, 2, 3].flatMap(() => [depthwise(16), ordinary(16)]),
    ],
  ] as const)('%s, layer by layer', (_, groups, others) => {
    const expected = predicted([ordinary(16), ...others]);
    const layers = layerLogStds(lower(network(...groups)));
    expect(layers).toHaveLength(expected.length);
    for (const [i, { exact, finiteWidth }] of layers.entries()) {
      expect(finiteWidth?.sd).toBeCloseTo(expected[i]?.sd ?? Number.NaN, 12);
      expect((finiteWidth?.mean ?? Number.NaN) - exact.relu).toBeCloseTo(expected[i]?.bias ?? Number.NaN, 12);
    }
    // What a stage shows is what its last layer has.
    const { stages } = analyse(network(...groups));
    expect(differences(stages.at(-1)?.logStd.finiteWidth, layers.at(-1)?.finiteWidth)).toEqual([]);
  });

  it('depthwise convolutions with nothing between them that mixes channels: spreads multiply', () => {
    const convs = lower(network(inverted(16, 0, 4))).groups.flatMap(({ cells }) =>
      cells.flatMap(({ cell, times }) => Array.from({ length: times }, () => scoredConvs(cell)).flat()),
    );
    const layers = convs.filter(({ operator }) => operator.groups > 1);
    const expected = predicted(layers.map(() => depthwise(16)));
    let spread = NO_SPREAD;
    for (const [i, conv] of layers.entries()) {
      const { mean, sd } = predict(spread, conv, 0);
      spread = passLayer(spread, conv);
      expect(mean).toBeCloseTo(expected[i]?.bias ?? Number.NaN, 12);
      expect(sd).toBeCloseTo(expected[i]?.sd ?? Number.NaN, 12);
    }
    expect(layers).toHaveLength(4);
  });
});
