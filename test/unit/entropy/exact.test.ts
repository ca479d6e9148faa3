import fc from 'fast-check';
import { expect, it } from 'vitest';
import { analyse } from '../../../server/src/analysis/analyse.ts';
import { group } from '../../../server/src/backbone/backbone.ts';
import { differences } from '../support/close.ts';

type Map2 = readonly (readonly number[])[];

/** One window of a plain convolution or max-pool with padding (k − 1)/2. */
interface Window {
  readonly pool: boolean;
  readonly out: number;
  readonly kernel: number;
  readonly stride: number;
}

const sizes = (length: number, stride: number): number[] =>
  Array.from({ length: Math.ceil(length / stride) }, (_, i) => i * stride);

/** Σ over the k×k positions that are inside, position by position, as a forward pass with zero padding meets them. */
function summed(map: Map2, { kernel, stride }: Window): Map2 {
  const reach = (kernel - 1) / 2;
  const taps = Array.from({ length: kernel }, (_, t) => t - reach);
  return sizes(map.length, stride).map((y) =>
    sizes(map[0]?.length ?? 0, stride).map((x) =>
      taps.reduce((sum, dy) => sum + taps.reduce((row, dx) => row + (map[y + dy]?.[x + dx] ?? 0), 0), 0),
    ),
  );
}

/** A max-pool keeps the scale: each position has the moment of the one that its window is centred on. */
const thinned = (map: Map2, { stride }: Window): Map2 =>
  sizes(map.length, stride).map((y) => sizes(map[0]?.length ?? 0, stride).map((x) => map[y]?.[x] ?? Number.NaN));

/** log σ of the last convolution of a linear network, by the second moment of every position (docs/method.md 2.1). */
function logStd(height: number, width: number, windows: readonly Window[]): number {
  let map: Map2 = Array.from({ length: height }, () => Array.from({ length: width }, () => 1));
  let channels = 3;
  let last = 0;
  for (const window of windows) {
    if (window.pool) map = thinned(map, window);
    else {
      map = summed(map, window).map((row) => row.map((moment) => moment * channels));
      channels = window.out;
      const all = map.flat();
      last = 0.5 * Math.log(all.reduce((sum, moment) => sum + moment, 0) / all.length);
    }
  }
  return last;
}

const window: fc.Arbitrary<Window> = fc.record({
  pool: fc.boolean(),
  out: fc.integer({ min: 1, max: 9 }),
  kernel: fc.constantFrom(1, 3, 5),
  stride: fc.constantFrom(1, 2),
});

/** Max-pool is no part of the theory: what a pointwise convolution right behind one reads is left open. */
const readsPool = (windows: readonly Window[]): boolean =>
  windows.some((w, i) => !w.pool && w.kernel === 1 && w.stride === 1 && behindPool(windows.slice(0, i)));

/** Whether no window has summed over positions since a max-pool picked some. */
function behindPool(before: readonly Window[]): boolean {
  const last = before.findLast((w) => w.pool || w.kernel > 1 || w.stride > 1);
  return last?.pool === true;
}

it('the exact estimator is the mean over all positions of a map that is computed in full', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 12, max: 40 }),
      fc.integer({ min: 12, max: 40 }),
      fc.array(window, { minLength: 1, maxLength: 5 }),
      (height, width, others) => {
        const windows = [{ pool: false, out: 4, kernel: 3, stride: 2 }, ...others];
        fc.pre(!readsPool(windows));
        const groups = windows.map(({ pool, out, ...fields }) =>
          group(pool ? { block: 'maxpool', ...fields } : { block: 'conv', out, ...fields }),
        );
        const { stages } = analyse({ name: 'plain', input: { channels: 3, height, width }, groups, weights: {} });
        const last = stages.at(-1)?.logStd.exact.linear;
        expect(differences(last, logStd(height, width, windows))).toEqual([]);
      },
    ),
  );
});

it.each([
  // 9 → 9 positions a side with 2, 3, 3 … 3, 2 neighbours. A stride of 2 picks 2, 3, 3, 3, 2; a 3×3 sums them to 5, 8, 9, 8, 5.
  ['a 1×1 with stride picks positions', [group({ block: 'conv', out: 1, kernel: 1, stride: 2 })], (2 + 3 * 3 + 2) / 5],
  [
    'a max-pool thins what padding made uneven',
    [group({ block: 'maxpool', kernel: 3, stride: 2 }), group({ block: 'conv', out: 1, kernel: 3, stride: 1 })],
    (5 + 8 + 9 + 8 + 5) / 5,
  ],
] as const)('%s', (_, others, mean) => {
  const input = { channels: 1, height: 9, width: 9 };
  const groups = [group({ block: 'conv', out: 1, kernel: 3, stride: 1 }), ...others];
  const { stages } = analyse({ name: 'uneven', input, groups, weights: {} });
  // The same along both axes, and half of the logarithm of the variance.
  expect(stages.at(-1)?.logStd.exact.linear).toBeCloseTo(Math.log(mean), 12);
});
