import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SWEEP_VERSION } from '../../server/src/sweep/wire.ts';
import { ended, Folder, SMALL } from '../cli/mae.ts';
import { hasRedis, OwnRedis } from './redis.ts';

/** A lock as short as this is for tests: a killed worker's job is taken over within a second or two. */
const LOCK = '1000';
/** Some tenths of a second each, so that something can be killed in the middle. */
const LONG = ['--over', 'evaluations=300000', '--seeds', '6'];
const SHORT = ['--over', 'budget.macs=18M,20M', '--over', 'algorithm=default,paper', '--seeds', '2'];

describe.skipIf(!hasRedis)('a sweep on a queue', () => {
  let redis: OwnRedis;
  let folder: Folder;
  let children: ChildProcessWithoutNullStreams[];

  beforeEach(async () => {
    redis = await OwnRedis.start();
    folder = new Folder({ 'a.mae': SMALL });
    children = [];
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    await redis.remove();
  });

  const on = (...args: string[]): string[] => [...args, '--redis', redis.url];
  const start = (...args: string[]): ChildProcessWithoutNullStreams => {
    const child = folder.start(...on(...args));
    children.push(child);
    return child;
  };
  const startWorker = async (): Promise<ChildProcessWithoutNullStreams> => {
    const child = start('worker', '--workers', '1', '--lock', LOCK);
    await said(child, /waiting for jobs/);
    return child;
  };
  const here = async (args: readonly string[]): Promise<string> =>
    (await folder.mae('sweep', 'a.mae', ...args, '--json')).stdout;
  const sweep = (args: readonly string[]) => start('sweep', 'a.mae', ...args, '--json');

  test.each([1, 2, 4])('%i workers give the answer of one process, to the last digit', async (workers) => {
    const [local] = await Promise.all([here(SHORT), ...Array.from({ length: workers }, startWorker)]);
    expect(await ended(sweep(SHORT))).toMatchObject({ exit: 0, stdout: local });
  });

  test('a worker that is killed in the middle loses nothing: another does its job again', async () => {
    const first = await startWorker();
    const running = sweep(LONG);
    await said(running, /1 of 6/);
    first.kill('SIGKILL');
    await startWorker();
    expect(await ended(running)).toMatchObject({ exit: 0, stdout: await here(LONG) });
  });

  test('a Redis that is restarted with its append-only file: the run goes on', async () => {
    await startWorker();
    const running = sweep(LONG);
    await said(running, /1 of 6/);
    await redis.down('SIGKILL');
    await redis.up();
    expect(await ended(running)).toMatchObject({ exit: 0, stdout: await here(LONG) });
  });

  test('a coordinator that is killed: mae runs resume goes on', async () => {
    const running = sweep(LONG);
    const [, id = ''] = await said(running, /run ([0-9a-f]{12})/);
    running.kill('SIGKILL');
    await startWorker();
    const resumed = await ended(start('runs', 'resume', id, '--json'));
    expect(resumed).toMatchObject({ exit: 0, stdout: await here(LONG) });
    expect(await ended(start('runs', 'fetch', id, '--json'))).toMatchObject({ exit: 0, stdout: resumed.stdout });
    const listed = await ended(start('runs', 'list'));
    expect(listed.stdout).toMatch(new RegExp(`${id} .*6 of 6 +a\\.mae small`));
  });

  test('two runs side by side do not disturb each other', async () => {
    await Promise.all([startWorker(), startWorker()]);
    const other = ['--over', 'input=160x160,192x192', '--seeds', '2'];
    const both = await Promise.all([SHORT, other].map((args) => ended(sweep(args))));
    expect(both.map(({ stdout }) => stdout)).toEqual([await here(SHORT), await here(other)]);
  });

  test('what is cancelled ends, and can be taken up again', async () => {
    const running = sweep(LONG);
    const [, id = ''] = await said(running, /run ([0-9a-f]{12})/);
    expect(await ended(start('runs', 'cancel', id))).toMatchObject({ exit: 0 });
    expect(await ended(running)).toMatchObject({ exit: 130 });
    await startWorker();
    expect(await ended(start('runs', 'resume', id, '--json'))).toMatchObject({ exit: 0, stdout: await here(LONG) });
  });

  test('a job of another version is left for others: the worker says so and ends', async () => {
    const worker = await startWorker();
    await inQueue(redis.url, async (queue) => {
      const job = await queue.add('search', { version: SWEEP_VERSION + 1, run: '0123456789ab', index: 0 });
      const { exit, stderr } = await ended(worker);
      expect(exit).toBe(3);
      expect(stderr).toContain(`jobs of version ${SWEEP_VERSION + 1}, and this worker knows version ${SWEEP_VERSION}`);
      expect(await job.isFailed()).toBe(false);
    });
  });

  test('a poisoned job is refused by its schema, and the worker lives on', async () => {
    const worker = await startWorker();
    await inQueue(redis.url, async (queue) => {
      const poison = { version: SWEEP_VERSION, run: '../../../etc/passwd', index: 1e300, script: 'x' };
      const job = await queue.add('search', poison);
      await said(worker, /was refused: it is no job of a sweep/);
      // The worker has said it before Redis knows it.
      await expect.poll(() => job.isFailed()).toBe(true);
    });
    expect(await ended(sweep(SHORT))).toMatchObject({ exit: 0 });
  });
});

describe.skipIf(!hasRedis)('no queue', () => {
  test.each([
    [
      'redis://127.0.0.1:1',
      'there is no queue at redis://127.0.0.1:1 (connect ECONNREFUSED 127.0.0.1:1): start redis-server',
    ],
    ['redis://me:secret@127.0.0.1:1', 'there is no queue at redis://127.0.0.1:1 '],
    ['http://127.0.0.1', 'http://127.0.0.1 is no address of a Redis'],
  ])('%s', async (url, message) => {
    const folder = new Folder({ 'a.mae': SMALL });
    for (const args of [['sweep', 'a.mae', '--seeds', '2'], ['worker'], ['runs', 'list']]) {
      const { exit, stdout, stderr } = await folder.mae(...args, '--redis', url);
      expect({ exit, stdout }).toEqual({ exit: 3, stdout: '' });
      expect(stderr).toContain(message);
      expect(stderr).not.toContain('secret');
    }
  });
});

/** What a process says on standard error, as soon as it says it. */
function said(child: ChildProcessWithoutNullStreams, pattern: RegExp): Promise<RegExpExecArray> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const match = pattern.exec(text);
      if (match !== null) resolve(match);
    });
    child.once('close', (code) => reject(new Error(`it ended with ${code} and said only: ${text}`)));
  });
}

async function inQueue(url: string, use: (queue: Queue) => Promise<void>): Promise<void> {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  const queue = new Queue('sweep', { connection, prefix: 'mae' });
  try {
    await use(queue);
  } finally {
    await queue.close();
    connection.disconnect();
  }
}
