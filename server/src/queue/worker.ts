import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { SweepOutcome } from '../sweep/outcome.ts';
import { jobFromWire, SWEEP_VERSION, type SweepRun, versionOf } from '../sweep/wire.ts';
import { connect, type NoQueue, type Place } from './connection.ts';
import { SWEEPS } from './names.ts';
import { isRunCancelled, readRun } from './stored-run.ts';

export interface WorkerSettings {
  /** Jobs at once. */
  readonly workers: number;
  /** After how long without a sign of life another worker takes a job over (ms). */
  readonly lockMs: number;
}

/** Does one search of a run; undefined when the signal was aborted. */
export type Perform = (run: SweepRun, index: number, signal: AbortSignal) => Promise<SweepOutcome | undefined>;

/** Why a worker ended: it was told to, or meets jobs that it does not understand. */
export type Ended = { readonly kind: 'stopped' } | { readonly kind: 'other-version'; readonly version: number };

/** How often a running job asks whether its run was cancelled (ms). */
const CANCEL_MS = 1000;
/** How often a job may lose its worker. */
const MOST_STALLED = 5;

/** Takes jobs until the signal is aborted. A job is done again by another worker when this one dies. */
export async function work(
  place: Place,
  { workers, lockMs }: WorkerSettings,
  perform: Perform,
  signal: AbortSignal,
  onNews: (text: string) => void,
): Promise<Ended | NoQueue> {
  const client = await connect(place);
  if ('kind' in client) return client;
  const ended = Promise.withResolvers<Ended>();
  let known: SweepRun | undefined;
  const stop = (): void => ended.resolve({ kind: 'stopped' });
  const process = async (job: Job, token?: string): Promise<SweepOutcome> => {
    const version = versionOf(job.data);
    if (version !== undefined && version !== SWEEP_VERSION) {
      // It goes back for a worker of its version, and this one ends: it would meet it again.
      await job.moveToDelayed(Date.now() + 100, token);
      ended.resolve({ kind: 'other-version', version });
      throw new DelayedError();
    }
    const asked = jobFromWire(job.data);
    if (asked === undefined) throw refused(`job ${job.id} was refused: it is no job of a sweep`);
    const run = known?.id === asked.run ? known : await readRun(client, place, asked.run);
    if (run === undefined || asked.index >= run.points.length)
      throw refused(`job ${job.id} was refused: its run is gone or none`);
    known = run;
    const outcome = await cancellable(client, place, run, signal, (own) => perform(run, asked.index, own));
    if (outcome !== undefined) return outcome;
    if (signal.aborted) {
      await job.moveToDelayed(Date.now(), token);
      throw new DelayedError();
    }
    throw new UnrecoverableError('the run was cancelled');
  };
  const refused = (message: string): UnrecoverableError => {
    onNews(message);
    return new UnrecoverableError(message);
  };
  const worker = new Worker(SWEEPS, process, {
    connection: client,
    prefix: place.prefix,
    concurrency: workers,
    lockDuration: lockMs,
    stalledInterval: lockMs / 2,
    maxStalledCount: MOST_STALLED,
    drainDelay: 1,
  });
  worker.on('error', () => undefined);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  await worker.waitUntilReady();
  onNews('waiting for jobs');
  const why = await ended.promise;
  await worker.close();
  client.disconnect();
  return why;
}

/** Work that ends when its worker is told to, or its run is cancelled. */
async function cancellable<T>(
  client: Redis,
  place: Place,
  run: SweepRun,
  signal: AbortSignal,
  doIt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const cancel = new AbortController();
  const timer = setInterval(() => {
    void isRunCancelled(client, place, run.id).then(
      (cancelled) => cancelled && cancel.abort(),
      () => undefined,
    );
  }, CANCEL_MS);
  try {
    return await doIt(AbortSignal.any([signal, cancel.signal]));
  } finally {
    clearInterval(timer);
  }
}
