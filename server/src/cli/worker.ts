import { EXIT, type ExitCode } from '../answers/exit.ts';
import { numberOption } from '../answers/options.ts';
import { SEARCH_WORKER } from '../answers/search-workers.ts';
import type { NumberRule } from '../language/quantity.ts';
import { runSearch } from '../search/node/run-search.ts';
import { WorkerPool } from '../search/node/worker-pool.ts';
import { isCancelled } from '../search/task.ts';
import { outcomeOf, type SweepOutcome } from '../sweep/outcome.ts';
import { tasksOf } from '../sweep/resolve-run.ts';
import { SWEEP_VERSION, type SweepRun } from '../sweep/wire.ts';
import { interruptibly } from './interruptible.ts';
import { report, say } from './output.ts';
import { queueProgram } from './queue.ts';
import { workersOption } from './sweep-plan.ts';

export interface WorkerOptions {
  readonly redis: string;
  readonly prefix: string;
  readonly workers?: string;
  readonly lock: string;
}

const LOCK: NumberRule = { what: 'lock', min: 200, max: 3_600_000, whole: true };

/** `mae worker`: does searches of sweeps, each by a process of its own, so that this one is always awake to say that it lives. */
export async function worker(options: WorkerOptions): Promise<ExitCode> {
  const workers = workersOption(options.workers);
  if (!workers.ok) return report(workers);
  const lock = numberOption('--lock', options.lock, LOCK);
  if (!lock.ok) return report(lock);
  const { work } = await queueProgram();
  const place = { url: options.redis, prefix: options.prefix };
  const settings = { workers: workers.value, lockMs: lock.value };
  const pool = new WorkerPool(SEARCH_WORKER, { warm: workers.value });
  try {
    const ended = await interruptibly((signal) => work(place, settings, performer(pool), signal, say));
    if (ended.kind === 'no-queue') say(`error: option --redis: ${ended.message}`);
    if (ended.kind === 'other-version')
      say(
        `error: the queue has jobs of version ${ended.version}, and this worker knows version ${SWEEP_VERSION}: ` +
          'install the same release on both sides.',
      );
    return ended.kind === 'stopped' ? EXIT.done : EXIT.environment;
  } finally {
    pool.close();
  }
}

/** Reads a run's text once for all of its searches. */
function performer(pool: WorkerPool) {
  let read: { readonly id: string; readonly taskOf: ReturnType<typeof tasksOf> } | undefined;
  return async (run: SweepRun, index: number, signal: AbortSignal): Promise<SweepOutcome | undefined> => {
    if (read?.id !== run.id) read = { id: run.id, taskOf: tasksOf(run) };
    const task = read.taskOf(run.points[index] ?? []);
    if (!task.ok) return { kind: 'none', index, code: 'bad-task', message: task.message };
    const found = await runSearch(task.value, { pool, signal });
    return isCancelled(found) ? undefined : outcomeOf(index, found);
  };
}
