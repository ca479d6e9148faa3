import { Redis } from 'ioredis';
import { Runs } from '../../server/src/queue/runs.ts';
import { work } from '../../server/src/queue/worker.ts';
import { SWEEP_VERSION, type SweepJob, type SweepRun } from '../../server/src/sweep/wire.ts';
import type { OwnRedis } from '../../test/queue/redis.ts';
import { median } from '../figures.ts';

export interface QueueFigures {
  /** From the beginning of one job to that of the next, where a job does nothing (ms). */
  readonly medianMs: number;
  /** Scripts of BullMQ that Redis ran for one job, from its being queued to its being taken off: all but a few of its messages. */
  readonly scripts: number;
  readonly networkBytes: number;
  /** What Redis keeps of one job that waits (bytes). */
  readonly memoryBytes: number;
  readonly redisCpuMs: number;
  /** What a job itself says: the text of its run is kept once. */
  readonly taskBytes: number;
}

/** How many jobs at the end are timed: those that the whole queue was before. */
const TIMED = 500;

/** Puts jobs that do nothing into a queue, and has one worker take them off. */
export async function queueFigures(redis: OwnRedis, jobs: number): Promise<QueueFigures> {
  const place = { url: redis.url, prefix: `bench-${jobs}` };
  const runs = await Runs.open(place);
  if ('kind' in runs) throw new Error(runs.message);
  const client = new Redis(redis.url);
  const run: SweepRun = {
    version: SWEEP_VERSION,
    id: jobs.toString(16).padStart(12, '0'),
    name: 'bench',
    created: new Date().toISOString(),
    text: '',
    search: { kind: 'search', id: '0' },
    points: Array.from({ length: jobs }, () => []),
  };
  const before = await infoOf(client);
  await runs.write(run);
  await runs.enqueue(run);
  const queued = await infoOf(client);
  const begun: number[] = [];
  const stop = new AbortController();
  const ended = await work(
    place,
    { workers: 1, lockMs: 30_000 },
    async (_, index) => {
      begun.push(performance.now());
      if (begun.length === jobs) setImmediate(() => stop.abort());
      return { kind: 'none', index, code: 'cancelled', message: 'nothing was searched' };
    },
    stop.signal,
    () => undefined,
  );
  if (ended.kind !== 'stopped') throw new Error(`The worker ended: ${ended.kind}`);
  const after = await infoOf(client);
  await runs.close();
  client.disconnect();
  const gaps = begun.slice(1).map((at, i) => at - (begun[i] ?? at));
  const each = (of: (info: Info) => number): number => (of(after) - of(before)) / jobs;
  const job: SweepJob = { version: SWEEP_VERSION, run: run.id, index: jobs - 1 };
  return {
    medianMs: median(gaps.slice(0, TIMED)),
    scripts: each(({ scripts }) => scripts),
    networkBytes: each(({ networkBytes }) => networkBytes),
    memoryBytes: (queued.memoryBytes - before.memoryBytes) / jobs,
    redisCpuMs: each(({ cpuMs }) => cpuMs),
    taskBytes: JSON.stringify(job).length,
  };
}

interface Info {
  readonly scripts: number;
  readonly networkBytes: number;
  readonly memoryBytes: number;
  readonly cpuMs: number;
}

async function infoOf(client: Redis): Promise<Info> {
  const text = `${await client.info()}\n${await client.info('commandstats')}`;
  const field = (name: string): number => Number(new RegExp(`^${name}[:=]([\\d.]+)`, 'm').exec(text)?.[1] ?? 0);
  return {
    scripts: field('cmdstat_evalsha:calls'),
    networkBytes: field('total_net_input_bytes') + field('total_net_output_bytes'),
    memoryBytes: field('used_memory'),
    cpuMs: 1000 * (field('used_cpu_user') + field('used_cpu_sys')),
  };
}
