/** Blocks of channels that kernels work in, on processors and GPUs. */
const BLOCKS = [1, 4, 8, 16, 32, 64];
/** A larger block is believed where the times fit it as well as the best, but for so much. */
const SLACK = 1.15;

/**
 * The block of channels that times of one convolution at several widths w show: those of a block b grow as ⌈w / b⌉². Of the
 * blocks that fit about as well as the best one, the greatest; 1 where too few times are known.
 */
export function channelBlockOf(times: readonly { readonly width: number; readonly ms: number | undefined }[]): number {
  const known = times.flatMap(({ width, ms }) => (ms === undefined ? [] : [{ width, ms }]));
  if (known.length < 6) return 1;
  const errors = BLOCKS.map((block) => misfit(known, block));
  const best = Math.min(...errors);
  return BLOCKS.findLast((_, i) => (errors[i] ?? Infinity) <= SLACK * best + 1e-6) ?? 1;
}

/** Σ (log ms − a − b log of the rounded width)², with the a and b that fit best. */
function misfit(times: readonly { readonly width: number; readonly ms: number }[], block: number): number {
  const x = times.map(({ width }) => Math.log(Math.ceil(width / block) * block));
  const y = times.map(({ ms }) => Math.log(ms));
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const slope =
    x.reduce((sum, v, i) => sum + (v - mx) * ((y[i] ?? 0) - my), 0) / x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
  return x.reduce((sum, v, i) => sum + ((y[i] ?? 0) - my - slope * (v - mx)) ** 2, 0);
}
