import { expect, it } from 'vitest';
import { convolutionSpread, reluCorrelation } from '../../../server/src/entropy/relu-kernel.ts';

const STEP = 1 / 50;
const RANGE = Array.from({ length: 2 * (8 / STEP) + 1 }, (_, i) => -8 + i * STEP);
const weigh = (x: number): number => (Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)) * STEP;
const relu = (x: number): number => Math.max(0, x);

/** E[f(a, e)] for two independent standard Gaussians, by summing over a grid. */
const expectation = (f: (a: number, e: number) => number): number =>
  RANGE.reduce((sum, a) => sum + weigh(a) * RANGE.reduce((inner, e) => inner + weigh(e) * f(a, e), 0), 0);

it.each([-1, -0.9, -0.5, 0, 0.3, 0.7, 0.95, 1])('a ReLU maps the correlation %s as its expectation does', (rho) => {
  const other = Math.sqrt(1 - rho * rho);
  const product = expectation((a, e) => relu(a) * relu(rho * a + other * e));
  // Both have the second moment ½.
  expect(reluCorrelation(rho)).toBeCloseTo(product / 0.5, 3);
});

it.each([0, 0.01, 0.25, 0.5, 0.8, 0.95])('the spread between channels at ρ = %s is that of its definition', (rho) => {
  const squares = RANGE.map((a) =>
    RANGE.reduce((sum, e) => sum + weigh(e) * relu(Math.sqrt(rho) * a + Math.sqrt(1 - rho) * e) ** 2, 0),
  );
  const mean = RANGE.reduce((sum, a, i) => sum + weigh(a) * (squares[i] ?? 0), 0);
  const square = RANGE.reduce((sum, a, i) => sum + weigh(a) * (squares[i] ?? 0) ** 2, 0);
  expect(convolutionSpread(rho)).toBeCloseTo(square / mean ** 2 - 1, 3);
});

it('the spread rises from 0 to 5, steadily up to the very end', () => {
  expect(convolutionSpread(0)).toBeCloseTo(0, 9);
  expect(convolutionSpread(1)).toBeCloseTo(5, 6);
  // 1 − ρ from 1 down to 1e-8: where channels are nearly alike no step may be missing.
  const values = Array.from({ length: 81 }, (_, i) => convolutionSpread(1 - 10 ** (-i / 10)));
  for (const [i, value] of values.entries()) {
    expect(value).toBeGreaterThanOrEqual((values[i - 1] ?? 0) - 1e-12);
    expect(value).toBeLessThanOrEqual(5 + 1e-9);
  }
  expect(values.at(-1)).toBeGreaterThan(4.99);
});

it('rounding beyond 0 and 1 changes nothing', () => {
  expect(reluCorrelation(1 + 1e-12)).toBeCloseTo(reluCorrelation(1), 9);
  expect(convolutionSpread(1 + 1e-12)).toBe(convolutionSpread(1));
  expect(convolutionSpread(-1e-12)).toBe(convolutionSpread(0));
});
