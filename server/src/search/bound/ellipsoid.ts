/** A convex function at one point: its value and a subgradient. */
export interface Cut {
  readonly value: number;
  readonly gradient: readonly number[];
}

/**
 * Minimises a convex function over y ≥ 0 by the ellipsoid method with deep cuts (Shor; Nemirovski and Yudin): the
 * minimum stays inside an ellipsoid, which every subgradient cuts. It needs no step sizes, and few variables suit it.
 *
 * @param size the minimum is looked for in 0 ≤ y_i ≤ size_i, or about `near` so far away
 * @param precision ends when the ellipsoid promises no more than this below the best value seen
 */
export function minimiseConvex(
  f: (y: readonly number[]) => Cut,
  size: readonly number[],
  precision: number,
  steps: number,
  near?: readonly number[],
): { readonly y: readonly number[]; readonly value: number } {
  const n = size.length;
  let y: readonly number[] = near ?? size.map((s) => s / 2);
  const radius = (s: number): number => (near === undefined ? s / 2 : s);
  let best = { y, value: Infinity };
  let shape = size.map((s, i) => size.map((_, j) => (i === j ? n * radius(s) ** 2 : 0)));
  for (let step = 0; step < steps; step++) {
    const outside = y.findIndex((v) => v < 0);
    const cut = outside < 0 ? f(y) : { value: 0, gradient: y.map((_, i) => (i === outside ? -1 : 0)) };
    if (outside < 0 && cut.value < best.value) best = { y, value: cut.value };
    const along = shape.map((row) => row.reduce((sum, s, j) => sum + s * (cut.gradient[j] ?? 0), 0));
    const reach = Math.sqrt(along.reduce((sum, v, i) => sum + v * (cut.gradient[i] ?? 0), 0));
    if (!(reach > 0) || (outside < 0 && reach - (cut.value - best.value) < precision)) break;
    // How deep the cut goes, as a share of the half-axis: from the best value, or from the border.
    const depth = Math.min(0.9, outside < 0 ? (cut.value - best.value) / reach : -(y[outside] ?? 0) / reach);
    const shift = n === 1 ? (1 + depth) / 2 : (1 + n * depth) / (n + 1);
    const unit = along.map((v) => v / reach);
    y = y.map((v, i) => v - shift * (unit[i] ?? 0));
    const scale = n === 1 ? ((1 - depth) / 2) ** 2 : ((n * n) / (n * n - 1)) * (1 - depth * depth);
    const pull = n === 1 ? 0 : (2 * (1 + n * depth)) / ((n + 1) * (1 + depth));
    shape = shape.map((row, i) => row.map((s, j) => scale * (s - pull * (unit[i] ?? 0) * (unit[j] ?? 0))));
  }
  return best;
}
