import type { Widths } from './space.ts';

/** Channels of the presets live on a grid of multiples of 8, as tensor cores and TinyNAS like them. */
export const CHANNEL_STEP = 8;

/**
 * The multiple of a step nearest to numerator / denominator, ties down (112 × 1.25 = 140 → 136), at least one step. The
 * fraction is kept whole until the one division, so that a tie is a tie whatever the factor.
 */
export function roundToGrid(numerator: number, denominator = 1, step = CHANNEL_STEP): number {
  const steps = Math.ceil((2 * numerator - step * denominator) / (2 * step * denominator));
  return step * Math.max(1, steps);
}

/** The smallest and largest multiples of a step in [low, high], the smallest at least one step. */
export const gridCeil = (low: number, step = CHANNEL_STEP): number => step * Math.max(1, Math.ceil(low / step));
export const gridFloor = (high: number, step = CHANNEL_STEP): number => step * Math.floor(high / step);

/** The first and the last width of a range that lie on its grid; the last is below the first where there is none. */
export const onGrid = ({ least, most, step }: Widths): Widths => ({
  least: gridCeil(least, step),
  most: gridFloor(most, step),
  step,
});

/** The largest odd kernel that fits `margin` times into a side, at least 1. */
export function largestKernel(side: number, margin = 1): number {
  const most = Math.floor(side / margin);
  return Math.max(1, most % 2 === 1 ? most : most - 1);
}
