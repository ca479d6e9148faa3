import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { EpochJob, Executor, IslandState } from '../../server/src/search/executor.ts';
import { localExecutor } from '../../server/src/search/local-executor.ts';
import { nodeHost } from '../../server/src/search/node/host.ts';
import { runSearch, search } from '../../server/src/search/node/run-search.ts';
import { WorkerPool } from '../../server/src/search/node/worker-pool.ts';
import type { SearchTask } from '../../server/src/search/task.ts';
import { PoolExecutor } from '../../server/src/search/workers/pool-executor.ts';
import type { PoolOptions } from '../../server/src/search/workers/worker-pool.ts';
import { r50Task } from './search-arbitrary.ts';

const WORKER = new URL('../../server/src/search/node/worker.ts', import.meta.url);
const quick: SearchTask = { ...r50Task, evaluations: 8_000 };
const endless: SearchTask = { ...r50Task, evaluations: 1e9, workers: 2 };

const pools: WorkerPool[] = [];
function poolOf(worker: URL | string = WORKER, options: Partial<PoolOptions> = {}): WorkerPool {
  const pool = new WorkerPool(worker, options);
  pools.push(pool);
  return pool;
}
const folders: string[] = [];
afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A program that stands in for a worker. */
function program(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mae-worker-'));
  folders.push(folder);
  const file = join(folder, 'worker.mjs');
  writeFileSync(file, text);
  return file;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Looks again and again, as the end of another process is told to nobody but its parent. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(10);
}

describe('workers', () => {
  it('of a search that ended: one is kept for the next, the others end', async () => {
    const pool = poolOf();
    expect(await runSearch({ ...quick, workers: 3 }, { pool })).toMatchObject({ kind: 'result' });
    await until(() => pool.pids.length === 1);
    const [kept] = pool.pids;
    expect(await runSearch(quick, { pool })).toMatchObject({ kind: 'result' });
    expect(pool.pids).toEqual([kept]);
    pool.close();
    await until(() => !isAlive(kept ?? 0));
  });

  it('that nobody needs are not kept for ever', async () => {
    const pool = poolOf(WORKER, { idleMs: 1 });
    await runSearch(quick, { pool });
    await until(() => pool.pids.length === 0);
  });

  it('of a search that is cancelled are free for the next, however often', async () => {
    const pool = poolOf();
    for (let i = 0; i < 10; i++) {
      const abort = new AbortController();
      const cancelled = runSearch(endless, { pool, signal: abort.signal });
      await delay(10 * i);
      abort.abort();
      expect(await cancelled).toMatchObject({ kind: 'result', stopped: 'cancelled' });
    }
    await until(() => pool.pids.length <= 1);
    const here = await runSearch(quick);
    expect(await runSearch(quick, { pool })).toMatchObject({ backbone: here.kind === 'result' ? here.backbone : '' });
  });

  it('that do not answer keep no cancellation waiting', async () => {
    const pool = poolOf(program("process.on('message', () => { for (;;); });"), { graceMs: 20 });
    const abort = new AbortController();
    const running = runSearch(endless, { pool, signal: abort.signal });
    await until(() => pool.pids.length === 2);
    const asked = performance.now();
    abort.abort();
    expect(await running).toMatchObject({ kind: 'result', stopped: 'cancelled', evaluations: 4 });
    expect(performance.now() - asked).toBeLessThan(3000);
    await until(() => pool.pids.length === 0);
  });

  it('that do not come to an end after a cancellation are ended', async () => {
    const pool = poolOf(program("process.on('message', () => { for (;;); });"), { graceMs: 20 });
    const executor = new PoolExecutor(pool, 1);
    const asked = executor.certify(quick);
    await until(() => pool.pids.length === 1);
    const [pid] = pool.pids;
    const refused = expect(asked).rejects.toThrow('the search was closed');
    await executor.close();
    await refused;
    await until(() => pool.pids.length === 0 && !isAlive(pid ?? 0));
  });

  it.each([
    ['talk nonsense', "process.on('message', () => process.send({ version: 0 }));", 'makes no sense'],
    ['end by themselves', "process.on('message', () => process.exit(7));", 'ended with code 7'],
    ['say nothing and end', '', 'ended with code 0'],
    [
      'report a fault',
      "process.on('message', ({ id }) => process.send({ version: 3, id, kind: 'failed', message: 'no such block' }));",
      'no such block',
    ],
  ])('that %s end the search with a reason', async (_, text, reason) => {
    const outcome = await runSearch(quick, { pool: poolOf(program(text)) });
    expect(outcome).toMatchObject({ kind: 'problem', code: 'worker-failed', message: expect.stringContaining(reason) });
  });

  it.runIf(process.platform !== 'win32')('end with their parent, also when that is killed', async () => {
    const parent = spawn(process.execPath, [fileURLToPath(new URL('search-parent.ts', import.meta.url))]);
    const pids: number[] = [];
    parent.stdout.on('data', (text: Buffer) => void pids.push(...text.toString().trim().split(/\s+/).map(Number)));
    await until(() => pids.length >= 2);
    expect(pids.every(isAlive)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !pids.some(isAlive));
  });
});

describe('islands that go ahead of the others', () => {
  /** Jobs end in an order of their own, as on workers of different speed. */
  function unevenExecutor(seed: number): Executor & { readonly begun: EpochJob[] } {
    const local = localExecutor(nodeHost().clock);
    const begun: EpochJob[] = [];
    const evolve = async (job: EpochJob): Promise<IslandState> => {
      begun.push(job);
      const done = await local.evolve(job);
      await delay((seed * (job.state.index + 1) * 7) % 5);
      return done;
    };
    return { ...local, parallel: true, begun, evolve };
  }

  it.each<[string, Partial<SearchTask>]>([
    ['to its end', {}],
    ['on a plateau', { evaluations: 1e9, plateau: 20_000 }],
    ['with a front', { pareto: ['macs', 'params'] }],
    ['of one island', { algorithm: 'exact' }],
  ])('lead to the same answer: %s', async (_, fields) => {
    const task = { ...quick, ...fields };
    const alone = await search(task);
    for (const seed of [1, 2, 3]) {
      const states: number[] = [];
      const executor = unevenExecutor(seed);
      const outcome = await search(task, { executor, onState: ({ epoch }) => void states.push(epoch) });
      expect({ ...outcome, seconds: 0, evaluationsPerSecond: 0 }).toEqual({
        ...alone,
        seconds: 0,
        evaluationsPerSecond: 0,
      });
      expect(states).toEqual(states.map((__, i) => i + 1));
    }
  });

  it('begin no epoch while the search is paused', async () => {
    const executor = unevenExecutor(1);
    const gate = Promise.withResolvers<void>();
    let epochs = 0;
    const onState = (): void => {
      epochs += 1;
    };
    const running = search(
      { ...quick, evaluations: 40_000 },
      { executor, gate: () => (epochs >= 2 ? gate.promise : undefined), onState },
    );
    await until(() => epochs >= 2);
    await delay(50);
    const begun = executor.begun.length;
    await delay(50);
    expect(executor.begun.length).toBe(begun);
    gate.resolve();
    epochs = -1000;
    expect(await running).toMatchObject({ stopped: 'done' });
  });
});
