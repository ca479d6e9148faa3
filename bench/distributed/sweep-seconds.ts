import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { OwnRedis } from '../../test/queue/redis.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const EXAMPLE = fileURLToPath(new URL('../../examples/r50_search.mae', import.meta.url));

export interface Wanted {
  readonly searches: number;
  readonly evaluations: number;
  /** Processes of `mae worker`, with one search at once each. */
  readonly workers: number;
}

/** Seconds of `mae sweep --redis`, from its start to its table, with workers that wait already. */
export async function sweepSeconds(redis: OwnRedis, { searches, evaluations, workers }: Wanted): Promise<number> {
  const queue = ['--redis', redis.url, '--prefix', `bench-${workers}-${Date.now()}`];
  const waiting = await Promise.all(Array.from({ length: workers }, () => startWorker(queue)));
  try {
    const began = performance.now();
    const over = ['--over', `evaluations=${evaluations}`, '--seeds', String(searches)];
    const sweep = spawn(process.execPath, [CLI, 'sweep', EXAMPLE, ...over, '--json', ...queue], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [exit] = await once(sweep, 'exit');
    if (exit !== 0) throw new Error(`mae sweep ended with ${exit}`);
    return (performance.now() - began) / 1000;
  } finally {
    for (const worker of waiting) worker.kill();
    await Promise.all(waiting.map((worker) => once(worker, 'exit')));
  }
}

async function startWorker(queue: readonly string[]): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [CLI, 'worker', '--workers', '1', ...queue], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    worker.once('exit', () => reject(new Error(`mae worker ended: ${said}`)));
    worker.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('waiting for jobs')) resolve();
    });
  });
  return worker;
}
