/** Mean and sample standard deviation of the draws, in nats. */
export interface Summary {
  readonly mean: number;
  /** With n − 1; 0 for a single draw, which has no spread to tell. */
  readonly sd: number;
}

export function summarise(values: readonly number[]): Summary {
  const n = values.length;
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 };
}
