import { expect, it } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { group } from '../../../server/src/backbone/backbone.ts';

/** DeepMAD by hand (docs/method.md 2.2): Σ w_i · log(r_i² C_i) · Σ_{l ≤ i} ½ log(in k²), w = (1, 1, 1, 1, 8), then 1. */
const score = (...stages: readonly { readonly positions: number; readonly out: number; readonly logStd: number }[]) =>
  stages.reduce((sum, s, i) => sum + (i === 4 ? 8 : 1) * Math.log(s.positions * s.out) * s.logStd, 0);

const conv = (out: number) => group({ block: 'conv', out, kernel: 3, stride: 2 });

it('weighs the fifth stage eight times, and a sixth once', () => {
  const widths = [4, 6, 8, 10, 12, 14];
  let [inputs, logStd] = [3, 0];
  const stages = widths.map((out, i) => {
    logStd += 0.5 * Math.log(inputs * 9);
    inputs = out;
    return { positions: (128 / 2 ** (i + 1)) ** 2, out, logStd };
  });
  const { score: scores } = analyse({
    name: 'six stages',
    input: { channels: 3, height: 128, width: 128 },
    groups: widths.map(conv),
    weights: {},
  });
  expect(scores.deepmad).toBeCloseTo(score(...stages), 9);
});

it('reads the feature map as one position from a squeeze-and-excitation on, as the authors do', () => {
  const squeezed = group({ block: 'inverted', out: 8, btn: 16, kernel: 3, stride: 2, se: true });
  const { score: scores } = analyse({
    name: 'squeezed',
    input: { channels: 3, height: 32, width: 32 },
    groups: [conv(4), squeezed, conv(12)],
    weights: {},
  });
  const first = 0.5 * Math.log(3 * 9);
  const second = first + 0.5 * (Math.log(4) + Math.log(9) + Math.log(16));
  const third = second + 0.5 * Math.log(8 * 9);
  expect(scores.deepmad).toBeCloseTo(
    score(
      { positions: 256, out: 4, logStd: first },
      { positions: 1, out: 8, logStd: second },
      { positions: 1, out: 12, logStd: third },
    ),
    9,
  );
});
