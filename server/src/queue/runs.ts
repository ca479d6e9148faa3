import { type Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { SweepOutcome } from '../sweep/outcome.ts';
import { outcomeFromWire, SWEEP_VERSION, type SweepRun } from '../sweep/wire.ts';
import { connect, type NoQueue, type Place } from './connection.ts';
import { cancelledKey, jobId, KEPT_SECONDS, runKey, runsKey, SWEEPS } from './names.ts';
import { isRunCancelled, readRun } from './stored-run.ts';

/** How far a run is, as it stands in the queue. */
export interface RunState {
  readonly run: SweepRun;
  readonly cancelled: boolean;
  /** In the order of the plan; those that are not done are not there. */
  readonly outcomes: readonly SweepOutcome[];
}

/** How many jobs go to Redis at once. */
const BATCH = 1000;
/** Jobs are begun in their order: only of so many that are not done is asked at once. */
const WINDOW = 64;
/** How often what was done is asked for (ms). */
const POLL_MS = 100;

/** What coordinators do: they write down what is to be done, and read what was. Whoever dies in between loses nothing. */
export class Runs {
  private readonly place: Place;
  private readonly client: Redis;
  private readonly queue: Queue;

  private constructor(place: Place, client: Redis) {
    this.place = place;
    this.client = client;
    this.queue = new Queue(SWEEPS, { connection: client, prefix: place.prefix });
    this.queue.on('error', () => undefined);
  }

  static async open(place: Place): Promise<Runs | NoQueue> {
    const client = await connect(place);
    return 'kind' in client ? client : new Runs(place, client);
  }

  /** Writes a run down: from here on it can be resumed, whatever happens to this process. */
  async write(run: SweepRun): Promise<void> {
    await this.client.set(runKey(this.place, run.id), JSON.stringify(run), 'EX', KEPT_SECONDS);
    await this.client.zadd(runsKey(this.place), Date.parse(run.created), run.id);
    await this.client.del(cancelledKey(this.place, run.id));
  }

  /** Puts a run's jobs into the queue; jobs that are there stay as they are, so that it may be done again. */
  async enqueue(run: SweepRun): Promise<void> {
    const opts = { removeOnComplete: { age: KEPT_SECONDS }, removeOnFail: { age: KEPT_SECONDS } };
    for (let from = 0; from < run.points.length; from += BATCH)
      await this.queue.addBulk(
        run.points.slice(from, from + BATCH).map((_, i) => ({
          name: 'search',
          data: { version: SWEEP_VERSION, run: run.id, index: from + i },
          opts: { ...opts, jobId: jobId(run.id, from + i) },
        })),
      );
  }

  /** Puts back what is missing, and what failed or was cancelled. What is done stays done. */
  async resume(run: SweepRun): Promise<void> {
    await this.write(run);
    await this.enqueue(run);
    for (const index of run.points.keys()) {
      const job = await this.queue.getJob(jobId(run.id, index));
      if (job?.failedReason !== undefined && job.finishedOn !== undefined) await job.retry('failed');
    }
  }

  /** The run of an id, or of the beginning of one; undefined where there is none of this version. */
  async find(id: string): Promise<SweepRun | undefined> {
    const ids = (await this.client.zrange(runsKey(this.place), '0', '-1')).filter((known) => known.startsWith(id));
    const [only] = ids;
    if (only === undefined || ids.length > 1) return undefined;
    return readRun(this.client, this.place, only);
  }

  /** All runs, the oldest first. */
  async list(): Promise<SweepRun[]> {
    const ids = await this.client.zrange(runsKey(this.place), '0', '-1');
    const runs: SweepRun[] = [];
    for (const id of ids) {
      const run = await readRun(this.client, this.place, id);
      // It was kept for long enough, or is of another version.
      if (run !== undefined) runs.push(run);
    }
    return runs;
  }

  async state(run: SweepRun): Promise<RunState> {
    const cancelled = await isRunCancelled(this.client, this.place, run.id);
    const outcomes: SweepOutcome[] = [];
    const places = [...run.points.keys()];
    for (let from = 0; from < places.length; from += BATCH)
      outcomes.push(...(await this.outcomes(run, places.slice(from, from + BATCH))));
    return { run, cancelled, outcomes };
  }

  /** Waits until all is done, or the run is cancelled, or the signal is aborted. */
  async watch(
    run: SweepRun,
    signal: AbortSignal,
    onOutcome: (outcome: SweepOutcome) => void,
  ): Promise<readonly SweepOutcome[]> {
    const done: SweepOutcome[] = [];
    let open = [...run.points.keys()];
    for (;;) {
      const found = await this.outcomes(run, open.slice(0, WINDOW));
      for (const outcome of found) onOutcome(outcome);
      done.push(...found);
      const indices = new Set(found.map(({ index }) => index));
      if (indices.size > 0) open = open.filter((index) => !indices.has(index));
      const cancelled = await isRunCancelled(this.client, this.place, run.id);
      if (open.length === 0 || signal.aborted || cancelled) return done.toSorted((a, b) => a.index - b.index);
      // Where something was done, more may be.
      if (found.length < WINDOW) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** What is not begun is taken out of the queue; what runs is told to end. */
  async cancel(run: SweepRun): Promise<void> {
    await this.client.set(cancelledKey(this.place, run.id), '1', 'EX', KEPT_SECONDS);
    // A job that a worker has cannot be removed: the worker asks now and then.
    for (const index of run.points.keys()) await this.queue.remove(jobId(run.id, index)).catch(() => 0);
  }

  async close(): Promise<void> {
    await this.queue.close();
    this.client.disconnect();
  }

  /** Of these places those that are done, in their order. */
  private async outcomes(run: SweepRun, places: readonly number[]): Promise<SweepOutcome[]> {
    const all = await Promise.all(places.map((index) => this.outcome(run, index)));
    return all.flatMap((outcome) => outcome ?? []);
  }

  private async outcome({ id }: SweepRun, index: number): Promise<SweepOutcome | undefined> {
    const job: Job | undefined = await this.queue.getJob(jobId(id, index));
    if (job?.finishedOn === undefined) return undefined;
    const outcome = outcomeFromWire(job.returnvalue);
    if (outcome?.index === index) return outcome;
    const message = job.failedReason ?? 'a worker gave an answer that makes no sense';
    return { kind: 'none', index, code: 'worker-failed', message };
  }
}
