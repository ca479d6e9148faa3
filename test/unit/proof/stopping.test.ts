import { afterEach, describe, expect, it } from 'vitest';
import { publishedTask } from '../../../bench/tasks.ts';
import { certify } from '../../../server/src/search/bound/bound.ts';
import type { Executor, Proof, ProofJob } from '../../../server/src/search/executor.ts';
import type { Clock } from '../../../server/src/search/host.ts';
import { localExecutor } from '../../../server/src/search/local-executor.ts';
import { nodeHost } from '../../../server/src/search/node/host.ts';
import { runSearch, search } from '../../../server/src/search/node/run-search.ts';
import { WorkerPool } from '../../../server/src/search/node/worker-pool.ts';
import type { SearchState } from '../../../server/src/search/run.ts';
import type { SearchTask } from '../../../server/src/search/task.ts';
import { r50Task } from '../search-arbitrary.ts';
import { proofFrom, startOf } from './proofs.ts';

const WORKER = new URL('../../../server/src/search/node/worker.ts', import.meta.url);
const { clock } = nodeHost();
const large = publishedTask('L');

/** A proof that needs many steps: it begins with a design that is far from the best. */
function jobOf(task: SearchTask, seconds?: number): ProofJob {
  const [certificate, best] = [certify(task), startOf(task)];
  if (certificate === undefined || best === undefined) throw new Error('the task can be searched');
  return { task, certificate, best, effort: 5e7, ...(seconds === undefined ? {} : { seconds }) };
}

/** What nobody can say of the design that a proof ended with. */
function expectOpen(found: Proof, { certificate }: ProofJob): void {
  expect(found.proven).toBe(false);
  expect(found.bound).toBeLessThanOrEqual(certificate.bound);
  expect(found.bound).toBeGreaterThan(2906.7121);
}

/** The executor of this thread, but for its proofs. */
const provingBy = (prove: Executor['prove'], parallel = false): Executor => ({
  ...localExecutor(clock),
  parallel,
  prove,
});

describe('a proof', () => {
  const pools: WorkerPool[] = [];
  afterEach(() => {
    for (const pool of pools.splice(0)) pool.close();
  });

  it('is the same for one, two and four workers, and in this thread', async () => {
    const task = { ...publishedTask('M'), seed: 3, evaluations: 20_000 };
    const { seconds: _, evaluationsPerSecond: _rate, ...alone } = Object(await search(task));
    expect(alone).toMatchObject({ proven: true });
    for (const workers of [1, 2, 4]) {
      const pool = new WorkerPool(WORKER);
      pools.push(pool);
      expect(await runSearch({ ...task, workers }, { pool })).toMatchObject(alone);
    }
  });

  it('of a resumed search is that of one that was never interrupted', async () => {
    const states: SearchState[] = [];
    const whole = await search(r50Task, { onState: (state) => void states.push(state) });
    const [first] = states;
    const resumed = await search(r50Task, first === undefined ? {} : { resume: first });
    if (whole.kind === 'problem' || resumed.kind === 'problem') throw new Error('no result');
    expect(resumed).toMatchObject({ proven: true, score: whole.score, backbone: whole.backbone });
  });

  it('ends when it is told to, between two of its steps', async () => {
    const job = jobOf(large);
    const controller = new AbortController();
    let turns = 0;
    const counting: Clock = {
      ...clock,
      later: (run, ms) => {
        turns += 1;
        if (turns === 3) controller.abort();
        clock.later(run, ms);
      },
    };
    expectOpen(await localExecutor(counting).prove(job, controller.signal), job);
    expect(turns).toBe(3);
  });

  it('ends when its time is up', async () => {
    const job = jobOf(large, 5);
    let now = 0;
    const hasty: Clock = { ...clock, now: () => (now += 2000) };
    expectOpen(await localExecutor(hasty).prove(job), job);
  });

  it('that hangs is not waited for once the search is told to stop', async () => {
    const controller = new AbortController();
    const executor = provingBy(() => {
      controller.abort();
      return new Promise(() => {});
    }, true);
    const task = { ...r50Task, evaluations: 5_000, prove: true };
    const result = await search(task, { executor, signal: controller.signal });
    expect(result).toMatchObject({ kind: 'result', stopped: 'done', proven: false, bound: certify(task)?.bound });
  });

  it.each([
    ['asked for', true, 3],
    ['left to the search', undefined, 1],
    ['not wanted', false, 0],
  ] as const)('that is %s is tried with growing effort, from what is known', async (_, prove, attempts) => {
    const jobs: ProofJob[] = [];
    const executor = provingBy((job) => {
      jobs.push(job);
      const better = { ...job.certificate, bound: job.certificate.bound - 1e-3, best: job.best, proven: false };
      return Promise.resolve(better);
    });
    const task = { ...r50Task, evaluations: 5_000, ...(prove === undefined ? {} : { prove }) };
    const result = await search(task, { executor });
    expect(jobs).toHaveLength(attempts);
    jobs.slice(1).forEach((job, i) => {
      expect(job.effort).toBeGreaterThan(jobs[i]?.effort ?? Number.NaN);
      expect(job.certificate.bound).toBeLessThan(jobs[i]?.certificate.bound ?? Number.NaN);
    });
    expect(result).toMatchObject({ proven: false });
  });

  it("leaves the paper's rules their own design, and says how far it is from the best", async () => {
    const task = { ...r50Task, algorithm: 'paper' as const };
    const [own, alone, asked] = [
      await search(task),
      await search({ ...task, prove: false }),
      await search({ ...task, prove: true }),
    ];
    if (alone.kind === 'problem') throw new Error(alone.message);
    const { backbone, score } = alone;
    expect(own).toMatchObject({ backbone, score, proven: false, bound: expect.closeTo(2095.199397417, 9) });
    expect(asked).toMatchObject({ proven: true, score: expect.closeTo(2095.199397417, 9) });
  });

  it('within its effort has a bound that is no farther than before', () => {
    const start = startOf(large) ?? Int32Array.of();
    const bounds = [1e6, 1e7, 5e7].map((effort) => proofFrom(large, start, effort)?.bound ?? Number.NaN);
    expect(bounds[0]).toBeLessThanOrEqual(certify(large)?.bound ?? Number.NaN);
    expect(bounds).toEqual(bounds.toSorted((a, b) => b - a));
    expect(bounds[2]).toBeGreaterThanOrEqual(2906.7121799);
  });
});
