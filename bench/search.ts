import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { analyse } from '../server/src/analysis/analyse.ts';
import { costOf } from '../server/src/cost/budget.ts';
import { readDesign } from '../server/src/language/design.ts';
import { registerProfile } from '../server/src/latency/latency-cost.ts';
import { readProfile } from '../server/src/latency/read-profile.ts';
import { founded, Island } from '../server/src/search/evolve/island.ts';
import { planOf } from '../server/src/search/evolve/plan.ts';
import { evaluatorFor } from '../server/src/search/model/evaluator-for.ts';
import { prepare } from '../server/src/search/model/prepare.ts';
import { runSearch } from '../server/src/search/node/run-search.ts';
import { WorkerPool } from '../server/src/search/node/worker-pool.ts';
import { DEFAULT_TASK, ESTIMATORS, type SearchResult, type SearchTask } from '../server/src/search/task.ts';
import { PRESETS } from '../server/src/space/presets.ts';
import { publishedTask, r50Task, withDetector } from './tasks.ts';

/**
 * Speed, time, quality and memory of the search on the R50 task (docs/method.md 4). Speeds are given by the clock and by
 * processor time: on a machine that does other things too, the second is the one to compare.
 */
const SEEDS = 10;
const PROVEN_SEEDS = 5;
const millions = (rate: number): string =>
  rate < 1e5 ? `${(rate / 1e3).toFixed(2)} k/s` : `${(rate / 1e6).toFixed(2)} M/s`;
const line = (what: string, ...values: string[]): void => console.log(what.padEnd(58), ...values);

interface Rate {
  readonly clock: number;
  readonly cpu: number;
}

const rateText = ({ clock, cpu }: Rate): string =>
  `${millions(clock)} by the clock, ${millions(cpu)} by processor time`;

/** Candidates per second of one island, mutation, budget, score and insertion included; the best of some runs. */
function oneCore(task: SearchTask, runs = 5): Rate {
  const prepared = prepare(task);
  if (prepared.kind === 'problem') throw new Error(prepared.message);
  const plan = planOf(task);
  const evaluator = evaluatorFor(prepared.model, plan.capacity + 1);
  const rates = Array.from({ length: runs }, (_, seed) => {
    const island = new Island(evaluator, plan, founded({ ...task, seed }, prepared.genes, 0));
    const cpu = process.cpuUsage();
    const clock = performance.now();
    island.run(plan.quota);
    const seconds = (performance.now() - clock) / 1000;
    return { clock: plan.quota / seconds, cpu: plan.quota / (process.cpuUsage(cpu).user / 1e6) };
  });
  return { clock: Math.max(...rates.map((r) => r.clock)), cpu: Math.max(...rates.map((r) => r.cpu)) };
}

/** Designs per second of the readable reference that the fast path is held equal to: all costs and scores, afresh. */
function reference({ start }: SearchTask, designs = 3_000): number {
  const begun = performance.now();
  for (let i = 0; i < designs; i++) {
    const groups = start.groups.map((g) => ({ ...g, btn: g.btn === 0 ? 0 : g.btn + 8 * (i % 8) }));
    analyse({ ...start, groups });
  }
  return designs / ((performance.now() - begun) / 1000);
}

/** Milliseconds on the made-up device of the tests: one of the costs from here on. */
function toyCost(): string {
  const read = readProfile(
    readFileSync(new URL('../test/fixtures/latency/toy.maeprofile.json', import.meta.url), 'utf8'),
  );
  if (read.kind === 'fault') throw new Error(read.message);
  return registerProfile('toy', read.profile, 'bench');
}

/** The search of a published network within its own macs, params and layers. */
function exampleTask(name: string, evaluations: number): SearchTask {
  const text = readFileSync(new URL(`../examples/${name}.mae`, import.meta.url), 'utf8');
  const start = readDesign(text).backbones[0]?.backbone;
  if (start === undefined) throw new Error(`${name} cannot be read`);
  const { costs } = analyse(start);
  const limits = ['macs', 'params', 'layers'].map((cost) => ({ cost, amount: costOf(costs, cost) }));
  return { ...DEFAULT_TASK, start, budget: { name: 'own', limits }, space: PRESETS.paper, evaluations };
}

/** Seconds of 12,000,000 evaluations in so many processes, the best of three; they are started each time. */
async function inProcesses(worker: string, workers: number): Promise<number> {
  const seconds: number[] = [];
  for (let run = 0; run < 3; run++) {
    const pool = new WorkerPool(worker);
    const result = await runSearch({ ...r50Task, evaluations: LONG, workers, prove: false }, { pool });
    pool.close();
    if (result.kind === 'problem') throw new Error(result.message);
    seconds.push(result.seconds);
  }
  return Math.min(...seconds);
}

const LONG = 12_000_000;

/**
 * Seconds until so many searches are done that know nothing of one another, each of 12,000,000 evaluations in a process of its
 * own, the best of three. More than that no division of one search can reach: they share caches, memory and heat too.
 */
async function sideBySide(worker: string, searches: number): Promise<number> {
  const seconds: number[] = [];
  for (let run = 0; run < 3; run++) {
    const each = Array.from({ length: searches }, async (_, seed) => {
      const pool = new WorkerPool(worker);
      const result = await runSearch({ ...r50Task, evaluations: LONG, seed, workers: 1 }, { pool });
      pool.close();
      if (result.kind === 'problem') throw new Error(result.message);
      return result.seconds;
    });
    seconds.push(Math.max(...(await Promise.all(each))));
  }
  return Math.min(...seconds);
}

/** Only a machine that does nothing else tells this: the processes want every core. */
async function scaling(worker: string): Promise<string> {
  const one = await inProcesses(worker, 1);
  const counts = [2, availableParallelism()].filter((count, i, all) => all.indexOf(count) === i);
  const shown = [`${millions(LONG / one)} in one process`];
  for (const count of counts) {
    const many = await inProcesses(worker, count);
    const most = (count * one) / (await sideBySide(worker, count));
    const share = `${(one / many).toFixed(2)} times as fast, where ${count} separate searches reach ${most.toFixed(2)} times`;
    shown.push(`${millions(LONG / many)} in ${count}, ${share}`);
  }
  return shown.join('; ');
}

/** The same search in a process of its own, as the command line runs it: from a bundle. */
function wholeProcess(script: string): { seconds: number; megabytes: number } {
  const begun = performance.now();
  const output = execFileSync(process.execPath, [script], { encoding: 'utf8' });
  return { seconds: (performance.now() - begun) / 1000, megabytes: Number(output.trim()) / 1024 };
}

/** Of evolution alone: the proof that follows would make all of them the best there is. */
async function quality(task: SearchTask): Promise<string> {
  const shares: number[] = [];
  for (let seed = 0; seed < SEEDS; seed++) {
    const result = await runSearch({ ...task, seed, prove: false });
    if (result.kind === 'problem') throw new Error(result.message);
    shares.push(result.score / (result.bound ?? Number.NaN));
  }
  shares.sort((a, b) => a - b);
  const middle = ((shares[SEEDS / 2 - 1] ?? 0) + (shares[SEEDS / 2] ?? 0)) / 2;
  return [shares[0] ?? 0, middle, shares[SEEDS - 1] ?? 0].map((s) => `${(100 * s).toFixed(3)} %`).join('  ');
}

/** How long a search takes from its start to the proof of its best design, over seeds: the least, and the most. */
async function proofs(task: SearchTask): Promise<string> {
  const all: SearchResult[] = [];
  for (let seed = 0; seed < PROVEN_SEEDS; seed++) {
    const result = await runSearch({ ...task, seed });
    if (result.kind === 'problem') throw new Error(result.message);
    all.push(result);
  }
  const seconds = all.map((result) => result.seconds);
  const proven = all.filter((result) => result.proven).length;
  const gap = Math.max(...all.map((result) => result.gap ?? 1));
  const times = `${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)} s`;
  return `${times}, ${proven} of ${PROVEN_SEEDS} proven, at most ${(100 * gap).toFixed(4)} % off, score ${all[0]?.score}`;
}

const folder = mkdtempSync(join(tmpdir(), 'mae-bench-'));
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const bundled = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  outdir: folder,
  outExtension: { '.js': '.mjs' },
} as const;
await build({
  ...bundled,
  entryPoints: { process: here('search-process.ts'), worker: here('../server/src/search/node/worker.ts') },
});

const long = { ...r50Task, evaluations: 8_000_000 };
const fast = oneCore(long);
line('evaluations/s on one core, fan-in', rateText(fast));
line('evaluations/s on one core, exact', rateText(oneCore({ ...long, estimator: 'exact' })));
line(
  "evaluations/s on one core, the paper's rules",
  rateText(oneCore({ ...long, evaluations: 2_000_000, algorithm: 'paper' })),
);
const published = { ...publishedTask('M'), evaluations: 8_000_000 };
const detector = withDetector(published, [2, 3, 4]);
const memory = { ...detector.budget, limits: [...detector.budget.limits, { cost: 'memory', amount: 60e6 }] };
line("evaluations/s on one core, MAE-DET-M's budget", rateText(oneCore(published)));
line('the same, with a neck and heads behind', rateText(oneCore(detector)));
line('the same, with a limit on memory', rateText(oneCore({ ...detector, budget: memory })));
const toy = toyCost();
const limits = [...r50Task.budget.limits, { cost: toy, amount: costOf(analyse(r50Task.start).costs, toy) }];
line(
  'evaluations/s on one core, with a time on a device',
  rateText(oneCore({ ...long, budget: { name: 'ms', limits } })),
);
const graph = exampleTask('spinenet49', 400_000);
const branching = oneCore(graph);
line('evaluations/s on one core, a graph (SpineNet-49)', rateText(branching));
line('the same, blocks that branch (DetNAS)', rateText(oneCore(exampleTask('detnas_3_8g', 400_000))));
line('the same graph, exact', rateText(oneCore({ ...graph, evaluations: 4_000, estimator: 'exact' }, 2)));
const whole = reference(graph, 200);
line(
  'designs/s of the readable reference on the graph',
  `${whole.toFixed(0)}/s; a search makes ${(branching.clock / whole).toFixed(0)} times as many evaluations`,
);
const readable = reference(long);
line(
  'designs/s of the readable reference, analyse()',
  `${(readable / 1000).toFixed(1)} k/s; the fast path makes ${(fast.clock / readable).toFixed(0)} times as many evaluations`,
);
line('evaluations/s of 12,000,000, start included', await scaling(join(folder, 'worker.mjs')));
const runs = Array.from({ length: 7 }, () => wholeProcess(join(folder, 'process.mjs'))).sort(
  (a, b) => a.seconds - b.seconds,
);
const range = `${runs[0]?.seconds.toFixed(3)} s at best, ${runs[3]?.seconds.toFixed(3)} s in the middle`;
line(
  '96,000 evaluations and the proof, process start included',
  `${range}, ${runs[3]?.megabytes.toFixed(0)} MB at most`,
);
line('found / bound over 10 seeds, 96,000 evaluations', `${await quality(r50Task)}  (least, middle, most)`);
line('found / bound over 10 seeds, about 5 s', `${await quality({ ...r50Task, evaluations: 5_000_000 })}`);
for (const estimator of ESTIMATORS) {
  line(`R50 to its proof, ${estimator}`, await proofs({ ...r50Task, estimator }));
  for (const name of ['S', 'M', 'L'] as const)
    line(
      `MAE-DET-${name}'s budget to its proof, ${estimator}`,
      await proofs({ ...publishedTask(name), estimator, prove: true }),
    );
}
rmSync(folder, { recursive: true });
