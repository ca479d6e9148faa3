import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { type Backbone, type Group, group } from '../../../server/src/backbone/backbone.ts';
import { convolutionSpread, reluCorrelation } from '../../../server/src/entropy/relu-kernel.ts';

/** The recursion of METHOD section 2.1 (estimator 3), with the layers written out by hand. */
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

describe('the finite width of', () => {
  it.each([
    [
      'ordinary convolutions',
      [group({ block: 'basic', out: 24, btn: 8, kernel: 3, stride: 2 })],
      [8, 24].map(ordinary),
    ],
    [
      'one depthwise convolution',
      [group({ block: 'inverted', out: 24, btn: 48, kernel: 3, stride: 2 })],
      [ordinary(48), depthwise(48), ordinary(24)],
    ],
    [
      // Without expansion the second depthwise convolution reads what the first one left unmixed.
      'depthwise convolutions again and again',
      [group({ block: 'inverted', out: 16, btn: 0, kernel: 3, stride: 2, depth: 3 })],
      [1, 2, 3].flatMap(() => [depthwise(16), ordinary(16)]),
    ],
  ] as const)('%s', (_, groups, layers) => {
    const { stages } = analyse(network(...groups));
    const stage = stages.at(-1);
    const { bias, sd } = predicted([ordinary(16), ...layers]).at(-1) ?? {};
    expect(stage?.logStd.finiteWidth.sd).toBeCloseTo(sd ?? Number.NaN, 12);
    expect((stage?.logStd.finiteWidth.mean ?? 0) - (stage?.logStd.exact.relu ?? 0)).toBeCloseTo(bias ?? Number.NaN, 12);
    expect(sd).toBeGreaterThan(0);
  });
});
