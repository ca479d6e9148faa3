/**
 * What a queue adds to a sweep, and what two workers gain: on a Redis of its own, at this machine's loopback.
 *
 * node bench/distributed.ts [--searches 200] [--evaluations 1000000] [--rounds 2]
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { OwnRedis } from '../test/queue/redis.ts';
import { queueFigures } from './distributed/queue-figures.ts';
import { sweepSeconds } from './distributed/sweep-seconds.ts';
import { line, ms } from './figures.ts';

const { values } = parseArgs({
  options: {
    searches: { type: 'string', default: '200' },
    evaluations: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '2' },
  },
});
/** Queued jobs that must not slow the queue, and those that it is compared with. */
const MANY = 10_000;
const FEW = 1000;

console.log(
  `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`,
);

const redis = await OwnRedis.start('everysec');
try {
  for (const jobs of [FEW, MANY]) {
    const { medianMs, scripts, networkBytes, memoryBytes, redisCpuMs, taskBytes } = await queueFigures(redis, jobs);
    line(`${jobs} queued jobs: overhead a job, median`, ms(medianMs), '(2.00 ms asked)');
    line('  a job: scripts that Redis ran, bytes over the wire', scripts.toFixed(1), networkBytes.toFixed(0));
    line("  a job: Redis's memory in bytes, its processor in ms", memoryBytes.toFixed(0), redisCpuMs.toFixed(3));
    line('  what names the job, in bytes', String(taskBytes));
  }
  const wanted = { searches: Number(values.searches), evaluations: Number(values.evaluations) };
  const ratios: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const one = await sweepSeconds(redis, { ...wanted, workers: 1 });
    const two = await sweepSeconds(redis, { ...wanted, workers: 2 });
    ratios.push(one / two);
    line(
      `${wanted.searches} searches of ${wanted.evaluations} evaluations: one, two workers`,
      `${one.toFixed(1)} s`,
      `${two.toFixed(1)} s`,
      `${(one / two).toFixed(2)} ×`,
    );
  }
  line(
    'two workers against one',
    `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)} ×`,
    '(1.70 × asked)',
  );
} finally {
  await redis.remove();
}
