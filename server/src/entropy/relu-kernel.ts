/**
 * How a ReLU maps the correlation ρ of two standard Gaussians to that of the next layer's pre-activations (the
 * arc-cosine kernel of degree 1, without units): (√(1−ρ²) + ρ(π − arccos ρ)) / π.
 */
export const reluCorrelation = (rho: number): number =>
  (Math.sqrt(Math.max(0, 1 - rho * rho)) + rho * (Math.PI - Math.acos(Math.min(1, rho)))) / Math.PI;

const SQRT_2PI = Math.sqrt(2 * Math.PI);
const density = (x: number): number => Math.exp(-0.5 * x * x) / SQRT_2PI;

/** Φ(x) by Marsaglia's series (2004): Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …), to double precision for |x| ≤ 8. */
function distribution(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  let sum = x;
  let term = x;
  for (let i = 3; sum + term !== sum; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * density(x);
}

/** f(a) = E_e[relu(√ρ·a + √(1−ρ)·e)²] with e ~ N(0,1), in closed form: (μ² + s²)Φ(μ/s) + μ s φ(μ/s). */
function conditionalSecondMoment(rho: number, a: number): number {
  const mean = Math.sqrt(rho) * a;
  const sd = Math.sqrt(1 - rho);
  if (sd === 0) return mean > 0 ? mean * mean : 0;
  const t = mean / sd;
  return (mean * mean + sd * sd) * distribution(t) + mean * sd * density(t);
}

/**
 * g(ρ) = E_a[f(a)²] / E_a[f(a)]² − 1, the relative variance between channels of the second moment that a ReLU hands on
 * when distant positions correlate by ρ. g(0) = 0 and g(1) = 5. E_a[f] is ½ exactly; E_a[f²] is integrated by the
 * trapezium rule on [−9, 9], which is spectrally accurate for a smooth integrand that decays like a Gaussian.
 */
function integrateSpread(rho: number): number {
  const steps = 720;
  const h = 18 / steps;
  let second = 0;
  for (let i = 0; i <= steps; i++) {
    const a = -9 + i * h;
    second += conditionalSecondMoment(rho, a) ** 2 * density(a) * h;
  }
  return 4 * second - 1;
}

/** g is tabulated once in √(1−ρ), where it is smooth up to ρ = 1, and interpolated linearly. */
const TABLE_SIZE = 512;
let table: Float64Array | undefined;

export function convolutionSpread(rho: number): number {
  table ??= Float64Array.from({ length: TABLE_SIZE + 1 }, (_, i) => integrateSpread(1 - (i / TABLE_SIZE) ** 2));
  const position = Math.sqrt(Math.min(1, Math.max(0, 1 - rho))) * TABLE_SIZE;
  const low = Math.min(TABLE_SIZE - 1, Math.floor(position));
  const at = (i: number): number => table?.[i] ?? Number.NaN;
  return at(low) + (position - low) * (at(low + 1) - at(low));
}
