/** Channels live on a grid of multiples of 8, as tensor cores and TinyNAS like them. */
export const CHANNEL_STEP = 8;

/**
 * The multiple of 8 nearest to numerator / denominator, ties down (112 × 1.25 = 140 → 136), at least 8. The fraction is
 * kept whole until the one division, so that a tie is a tie whatever the factor.
 */
export function roundToGrid(numerator: number, denominator = 1): number {
  const steps = Math.ceil((2 * numerator - CHANNEL_STEP * denominator) / (2 * CHANNEL_STEP * denominator));
  return CHANNEL_STEP * Math.max(1, steps);
}

/** The smallest and largest multiples of 8 in [low, high], at least 8. */
export const gridCeil = (low: number): number => CHANNEL_STEP * Math.max(1, Math.ceil(low / CHANNEL_STEP));
export const gridFloor = (high: number): number => CHANNEL_STEP * Math.floor(high / CHANNEL_STEP);

/** The largest odd kernel that fits `margin` times into a side, at least 1. */
export function largestKernel(side: number, margin = 1): number {
  const most = Math.floor(side / margin);
  return Math.max(1, most % 2 === 1 ? most : most - 1);
}
