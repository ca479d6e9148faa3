/**
 * How well a profile predicts networks that it has not seen, beside the noise and a straight line through macs.
 *
 * node bench/latency.ts [--profile FILE] [--threads N] [--looks N]    without a profile one is made before
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Backbone } from '../server/src/backbone/backbone.ts';
import { lower } from '../server/src/backbone/lower.ts';
import type { Graph } from '../server/src/graph/graph.ts';
import { DeviceModel } from '../server/src/latency/device-model.ts';
import { graphTime } from '../server/src/latency/graph-time.ts';
import type { Profile } from '../server/src/latency/profile.ts';
import { readProfile } from '../server/src/latency/read-profile.ts';
import { FIRST_FREE_SEED, macsOf } from '../server/src/profiling/families.ts';
import { ortTimer } from '../server/src/profiling/ort-timer.ts';
import { designOf, randomDesign } from '../server/src/profiling/random-designs.ts';
import { loadRuntime } from '../server/src/profiling/runtime.ts';
import { errorOf, median, quantile, spearman } from '../server/src/profiling/statistics.ts';

const { values } = parseArgs({
  options: {
    profile: { type: 'string' },
    threads: { type: 'string', default: '1' },
    looks: { type: 'string', default: '4' },
    verbose: { type: 'boolean', default: false },
  },
});
const threads = Number(values.threads);
const looks = Number(values.looks);

/** A design with its times, one for each look at it. */
interface Row {
  readonly name: string;
  readonly network: Graph;
  readonly macs: number;
  readonly times: number[];
}

const row = (name: string, design: Backbone): Row => {
  const network = lower(design);
  return { name, network, macs: macsOf(network), times: [] };
};

const RANDOM = 40;
/** Macs of each set, in G. */
const SETS = [0.4, 0.7, 1.1, 1.6, 2.2, 3];
const SET_SIZE = 12;

function randomRows(): Row[] {
  const rows: Row[] = [];
  for (let seed = FIRST_FREE_SEED; rows.length < RANDOM; seed++) {
    const one = row(`random ${seed}`, randomDesign(seed));
    if (one.macs > 1e8 && one.macs < 8e9) rows.push(one);
  }
  return rows;
}

function equalRows(index: number, macs: number): Row[] {
  const rows: Row[] = [];
  for (let seed = FIRST_FREE_SEED * (2 + index); rows.length < SET_SIZE; seed++) {
    const design = designOf(seed, macs * 1e9, (one) => macsOf(lower(one)));
    if (design !== undefined) rows.push(row(`${macs} G ${seed}`, design));
  }
  return rows;
}

function profileAt(file: string): Profile {
  const read = readProfile(readFileSync(file, 'utf8'));
  if (read.kind === 'fault') throw new Error(read.message);
  return read.profile;
}

function madeProfile(): Profile {
  const folder = mkdtempSync(path.join(tmpdir(), 'mae-bench-'));
  try {
    const file = path.join(folder, 'here.maeprofile.json');
    const start = performance.now();
    execFileSync(process.execPath, ['dist/cli.js', 'profile', '--threads', String(threads), '--out', file], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    console.log(`profile made in ${((performance.now() - start) / 1000).toFixed(0)} s`);
    return profileAt(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The line a + b · macs with the least squares of relative errors, fitted to the very networks that it is judged by. */
function line(rows: readonly Row[], ms: (one: Row) => number): (macs: number) => number {
  let [s1, s2, s3, r1, r2] = [0, 0, 0, 0, 0];
  for (const one of rows) {
    const [a, b] = [1 / ms(one), one.macs / ms(one)];
    [s1, s2, s3, r1, r2] = [s1 + a * a, s2 + a * b, s3 + b * b, r1 + a, r2 + b];
  }
  const slope = (s1 * r2 - s2 * r1) / (s1 * s3 - s2 * s2);
  const offset = (r1 - slope * s2) / s1;
  return (macs) => offset + slope * macs;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(7);
const least = (times: readonly number[]): number => Math.min(...times);
const half = (one: Row, which: 0 | 1): number => least(one.times.filter((_, i) => i % 2 === which));

const loaded = loadRuntime([import.meta.dirname]);
if (!loaded.ok) throw new Error(loaded.message);
const profile = values.profile === undefined ? madeProfile() : profileAt(values.profile);
const model = new DeviceModel(profile);
const random = randomRows();
const sets = SETS.map((macs, i) => equalRows(i, macs));
const timer = await ortTimer(loaded.runtime, threads);
const loads = [loadavg()[0] ?? 0];
for (let look = 0; look < looks; look++) {
  for (const one of [...random, ...sets.flat()]) {
    const timed = await timer.network(one.network);
    if (timed !== undefined) one.times.push(timed.ms);
  }
  loads.push(loadavg()[0] ?? 0);
}
await timer.close();

const ms = (one: Row): number => least(one.times);
const predicted = (one: Row): number => graphTime(model, one.network);
const straight = line(random, ms);
const models: [string, (one: Row) => number, (one: Row) => number][] = [
  ['the profile', predicted, ms],
  ['a straight line through macs', (one) => straight(one.macs), ms],
  ['noise: the same network timed twice', (one) => half(one, 0), (one) => half(one, 1)],
];
const points = profile.operators.reduce((sum, { points: own }) => sum + own.length, 0);
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${threads === 1 ? 'one thread' : `${threads} threads`}, ` +
    `${profile.runtime.name} ${profile.runtime.version}; load while timing ${loads.map((load) => load.toFixed(1)).join(', ')}`,
);
console.log(`profile: ${points} points, its own held-out networks ${JSON.stringify(profile.heldOut)}`);
console.log(
  `${RANDOM} random designs, ${quantile(random.map(ms), 0).toFixed(1)} to ${quantile(random.map(ms), 1).toFixed(1)} ms`,
);
console.log(`${''.padEnd(38)} median     95 %  rank   rank within each of ${SETS.length} sets of equal macs`);
for (const [name, a, b] of models) {
  const errors = random.map((one) => errorOf(a(one), b(one)));
  const within = sets.map((set) => spearman(set.map(a), set.map(b)));
  const ranks = name.includes('macs') ? 'none: they are equal' : within.map((rank) => rank.toFixed(2)).join(' ');
  console.log(
    name.padEnd(36),
    percent(median(errors)),
    percent(quantile(errors, 0.95)),
    spearman(random.map(a), random.map(b)).toFixed(4),
    ranks,
  );
}
if (values.verbose)
  for (const one of [...random, ...sets.flat()])
    console.log(
      one.name.padEnd(16),
      `${(one.macs / 1e9).toFixed(2)} G`.padStart(7),
      one.times.map((t) => t.toFixed(2)).join(' '),
      predicted(one).toFixed(2),
      percent(predicted(one) / ms(one) - 1),
    );
