import type { Graph } from '../graph/graph.ts';
import { DeviceModel, millionWeights } from '../latency/device-model.ts';
import { graphTime } from '../latency/graph-time.ts';
import type { HeldOut, Profile } from '../latency/profile.ts';
import { runOf } from './kinds.ts';
import { errorOf, median, quantile, spearman } from './statistics.ts';

/** A network that was run, and its time in ms. */
export interface TimedNetwork {
  readonly network: Graph;
  readonly ms: number;
}

type Coefficients = Pick<Profile, 'factor' | 'overhead' | 'perMillionWeights'>;

/**
 * What whole networks take against the sums over their operators:
 * ms ≈ factor · Σ work / rate + overhead · operators + perMillionWeights · weights. The coefficients are not negative and make the
 * mean of |predicted / measured − 1| small, in which single networks that were disturbed count for little.
 */
export function calibrated(profile: Profile, networks: readonly TimedNetwork[]): Profile {
  const bare: Profile = { ...profile, factor: 1, overhead: 0, perMillionWeights: 0 };
  const model = new DeviceModel(bare);
  const { channelBlock, fused, layout } = profile;
  const rows = networks.map(({ network, ms }) => {
    const run = runOf(network, { channelBlock, fused, layout }).filter(({ operation: { op } }) => !isMove(op));
    const operators = run.reduce((sum, { times }) => sum + times, 0);
    const weights = run.reduce(
      (sum, { operation, times }) => sum + times * millionWeights(model.aligned(operation)),
      0,
    );
    return [graphTime(model, network) / ms, operators / ms, weights / ms];
  });
  const [factor = 1, overhead = 0, perMillionWeights = 0] = leastDeviations(rows);
  const found: Coefficients = { factor: factor > 0 ? factor : 1, overhead, perMillionWeights };
  return { ...profile, ...found };
}

const isMove = (op: string): boolean => op === 'enter' || op === 'leave';

const ROUNDS = 30;
/** Differences below this share count as this one. */
const FLOOR = 0.003;

/** x ≥ 0 with Σ |row · x − 1| small: least squares again and again, each row weighed by 1 / its last deviation. */
function leastDeviations(rows: readonly (readonly number[])[]): number[] {
  let weights = rows.map(() => 1);
  let best: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    best = leastSquares(rows, weights);
    weights = rows.map((row) => 1 / Math.max(FLOOR, Math.abs(dot(row, best) - 1)));
  }
  return best;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

/** x ≥ 0 with the least Σ w (row · x − 1)²: the best of all choices of which coefficients are not 0. */
function leastSquares(rows: readonly (readonly number[])[], weights: readonly number[]): number[] {
  const columns = rows[0]?.length ?? 0;
  let [least, best] = [Number.POSITIVE_INFINITY, new Array<number>(columns).fill(0)];
  for (let choice = 1; choice < 1 << columns; choice++) {
    const used = Array.from({ length: columns }, (_, i) => i).filter((i) => (choice >> i) & 1);
    if (used.length > rows.length) continue;
    const solved = solve(
      used.map((i) => used.map((j) => sumOf(rows, weights, (row) => (row[i] ?? 0) * (row[j] ?? 0)))),
      used.map((i) => sumOf(rows, weights, (row) => row[i] ?? 0)),
    );
    if (solved.some((value) => !(value >= 0))) continue;
    const x = new Array<number>(columns).fill(0);
    for (const [at, i] of used.entries()) x[i] = solved[at] ?? 0;
    const error = sumOf(rows, weights, (row) => (dot(row, x) - 1) ** 2);
    if (error < least) [least, best] = [error, x];
  }
  return best;
}

const sumOf = (
  rows: readonly (readonly number[])[],
  weights: readonly number[],
  of: (row: readonly number[]) => number,
): number => rows.reduce((sum, row, i) => sum + (weights[i] ?? 0) * of(row), 0);

/** Gauss and Jordan; NaN where the equations say too little. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (const [i, pivotRow] of rows.entries()) {
    const pivot = pivotRow[i] ?? 0;
    for (let k = i; k < pivotRow.length; k++) pivotRow[k] = (pivotRow[k] ?? 0) / pivot;
    for (const [j, row] of rows.entries()) {
      if (j === i) continue;
      const times = row[i] ?? 0;
      for (let k = i; k < row.length; k++) row[k] = (row[k] ?? 0) - times * (pivotRow[k] ?? 0);
    }
  }
  return rows.map((row) => row.at(-1) ?? Number.NaN);
}

/** How well a profile predicts networks that it has not seen. */
export function heldOutErrors(profile: Profile, networks: readonly TimedNetwork[]): HeldOut | undefined {
  if (networks.length === 0) return undefined;
  const model = new DeviceModel(profile);
  const predicted = networks.map(({ network }) => graphTime(model, network));
  const measured = networks.map(({ ms }) => ms);
  const errors = predicted.map((ms, i) => errorOf(ms, measured[i] ?? ms));
  return {
    networks: networks.length,
    medianError: median(errors),
    error95: quantile(errors, 0.95),
    rank: spearman(predicted, measured),
  };
}
