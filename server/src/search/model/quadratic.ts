/**
 * A polynomial of degree two found from its values: c + Σ_i linear_i x_i + Σ_{i≤j} square_ij x_i x_j.
 */
export interface Quadratic {
  readonly constant: number;
  readonly linear: readonly number[];
  /** square[i][j] for i ≤ j. */
  readonly square: readonly (readonly number[])[];
}

/**
 * Interpolates f around a point by unit steps. f has to be a polynomial of degree two in its whole-number arguments.
 * Costs are whole or dyadic (TinyNAS's sizes are res / 2ⁿ), so the differences, and with them the coefficients, are
 * exact in floating point.
 */
export function interpolateQuadratic(f: (x: readonly number[]) => number, at: readonly number[]): Quadratic {
  const n = at.length;
  const stepped = (...steps: readonly number[]): number => f(at.map((x, i) => x + steps.filter((s) => s === i).length));
  const base = f(at);
  const once = at.map((_, i) => stepped(i));
  const square = at.map((_, i) =>
    at.map((_, j) => {
      const both = stepped(i, j) - (once[i] ?? 0) - (once[j] ?? 0) + base;
      return i === j ? both / 2 : both;
    }),
  );
  const s = (i: number, j: number): number => square[Math.min(i, j)]?.[Math.max(i, j)] ?? 0;
  const linear = at.map((x, i) => {
    let slope = (once[i] ?? 0) - base - s(i, i) * (2 * x + 1);
    for (let j = 0; j < n; j++) if (j !== i) slope -= s(i, j) * (at[j] ?? 0);
    return slope;
  });
  let constant = base;
  at.forEach((x, i) => {
    constant -= (linear[i] ?? 0) * x;
    for (let j = i; j < n; j++) constant -= s(i, j) * x * (at[j] ?? 0);
  });
  return { constant, linear, square };
}

export const linearOf = (q: Quadratic, i: number): number => q.linear[i] ?? 0;
export const squareOf = (q: Quadratic, i: number, j: number): number => q.square[Math.min(i, j)]?.[Math.max(i, j)] ?? 0;
