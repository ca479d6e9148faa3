import { describe, expect, it, test } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { scoreOf } from '../../../server/src/analysis/score-of.ts';
import { type Group, group } from '../../../server/src/backbone/backbone.ts';
import { RELU_WORTH, robust, shareOfWeights } from '../../../server/src/entropy/objectives/robust.ts';
import { search } from '../../../server/src/search/node/run-search.ts';
import { r50Task } from '../search-arbitrary.ts';

const conv = (out: number, fields: Partial<Group> = {}) =>
  group({ block: 'conv', out, kernel: 3, stride: 2, ...fields });
const design = (groups: readonly Group[], weights = { C3: 1, C4: 1, C5: 6 }) => ({
  name: 'net',
  input: { channels: 3, height: 64, width: 64 },
  groups,
  weights,
});

describe('ReLU elements', () => {
  test.each([
    ['of a convolution', [conv(8)], 8 * 32 ** 2],
    ['none without an activation', [conv(8, { act: 'none' })], 0],
    // 1×1 and 3×3 of the bottleneck; the last one is activated behind the sum only.
    [
      'of a bottleneck with a shortcut',
      [conv(8), group({ block: 'bottleneck', out: 16, btn: 4, kernel: 3, stride: 2 })],
      8 * 32 ** 2 + 4 * 32 ** 2 + 4 * 16 ** 2,
    ],
    // Expanded and depthwise, and what squeeze-and-excitation is squeezed to: gates are no activations.
    [
      'of an inverted block with squeeze-and-excitation',
      [conv(8), group({ block: 'inverted', out: 8, btn: 24, kernel: 3, stride: 1, squeeze: 4, se: true })],
      8 * 32 ** 2 + 2 * 24 * 32 ** 2 + 4,
    ],
  ])('%s', (_, groups, elements) => expect(analyse(design(groups)).costs.relus).toBe(elements));
});

it('is the mean entropy of the stages by α and 16 ln of the ReLU elements', () => {
  const analysis = analyse(design([conv(8), conv(16), conv(32), conv(64)]));
  // C5 is missing: C3 and C4 weigh one each.
  const [c3 = 0, c4 = 0] = analysis.stages.slice(2).map(({ entropy }) => entropy.fanIn);
  const elements = 8 * 32 ** 2 + 16 * 16 ** 2 + 32 * 8 ** 2 + 64 * 4 ** 2;
  expect(scoreOf(analysis, { objective: robust, estimator: 'fan-in' })).toBeCloseTo(
    (c3 + c4) / 2 + RELU_WORTH * Math.log(elements),
    9,
  );
});

test.each([
  ['all there', ['C3', 'C4', 'C5'], { C3: 0.125, C4: 0.125, C5: 0.75 }],
  ['one missing', ['C2', 'C3', 'C4'], { C3: 0.5, C4: 0.5, C5: 3 }],
  ['none there', ['C1'], { C3: 1, C4: 1, C5: 6 }],
])('α is a share of the stages there are: %s', (_, stages, shares) =>
  expect(shareOfWeights(stages, { C3: 1, C4: 1, C5: 6 })).toEqual(shares),
);

it('is searched without a bound, and its best is worth what analyse() says', async () => {
  const result = await search({ ...r50Task, evaluations: 5_000, objective: 'robust' });
  if (result.kind === 'problem') throw new Error(result.message);
  expect(result.bound).toBeUndefined();
  expect(result.score).toBeGreaterThan(result.start.score);
  expect(scoreOf(analyse(result.backbone), { objective: robust, estimator: 'fan-in' })).toBeCloseTo(result.score, 6);
});
