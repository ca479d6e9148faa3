import { availableParallelism } from 'node:os';
import path from 'node:path';
import { costOption } from '../answers/cost-options.ts';
import { done, EXIT, fail, type Outcome } from '../answers/exit.ts';
import { numberOption } from '../answers/options.ts';
import { openSearch } from '../answers/search-task.ts';
import type { NumberRule } from '../language/quantity.ts';
import type { SearchTask } from '../search/task.ts';
import { type Axis, readAxis } from '../sweep/axis.ts';
import { type Point, pointsOf, pointText, seedAxis } from '../sweep/plan.ts';
import { runnableOf } from '../sweep/resolve-run.ts';
import { taskAt } from '../sweep/task-at.ts';
import type { SweepRun } from '../sweep/wire.ts';

export interface SweepPlanOptions {
  readonly search?: string;
  readonly over: readonly string[];
  readonly seeds?: string;
}

/** A sweep that was read and found possible. */
export interface SweepPlan {
  readonly axes: readonly Axis[];
  readonly points: readonly Point[];
  /** One for each point. */
  readonly tasks: readonly SearchTask[];
  /** What is sent to a queue, but for its id and date. */
  readonly sent: Pick<SweepRun, 'name' | 'text' | 'search' | 'points'>;
}

const SEEDS: NumberRule = { what: 'seeds', min: 1, max: 100_000, whole: true };
export const SWEEP_WORKERS: NumberRule = { what: 'workers', min: 1, max: 256, whole: true };

/** As many searches at once as there are cores, where nothing else is said. */
export const workersOption = (text: string | undefined): Outcome<number> =>
  text === undefined ? done(availableParallelism()) : numberOption('--workers', text, SWEEP_WORKERS);

/** Reads what is varied, and makes every task before the first is searched: a mistake costs no hour. */
export async function planSweep(file: string, options: SweepPlanOptions): Promise<Outcome<SweepPlan>> {
  const axes: Axis[] = [];
  for (const text of options.over) {
    const axis = readAxis(text, (name) => {
      const cost = costOption('--over', name, file);
      return cost.ok ? cost : { ok: false, message: cost.message.replace(/^error: option --over: /, '') };
    });
    if (!axis.ok) return usage(axis.message);
    axes.push(axis.value);
  }
  const seeds = options.seeds === undefined ? undefined : numberOption('--seeds', options.seeds, SEEDS);
  if (seeds !== undefined && !seeds.ok) return seeds;
  if (axes.length === 0 && seeds === undefined)
    return fail(EXIT.usage, 'error: say what is varied: --over budget.macs=2G,4G, or --seeds 10');
  const opened = await openSearch(file, options.search, { values: [] });
  if (!opened.ok) return opened;
  const { ready, file: read } = opened.value;
  if (seeds !== undefined) {
    if (axes.some(({ name }) => name === 'seed'))
      return fail(EXIT.usage, 'error: options --over seed and --seeds: choose one of them');
    axes.push(seedAxis(ready.values.seed, seeds.value));
  }
  const points = pointsOf(axes);
  if (!points.ok) return usage(points.message);
  const { design } = read.snapshot;
  const tasks: SearchTask[] = [];
  for (const point of points.value) {
    const task = taskAt(ready, design, point);
    if (!task.ok) return usage(`${pointText(point)}: ${task.message}`);
    tasks.push(task.value);
  }
  const name = `${path.basename(file)} ${ready.name}`;
  const sent = { name, text: read.source.text, search: runnableOf(ready, design.searches), points: points.value };
  return done({ axes, points: points.value, tasks, sent });
}

const usage = (message: string) => fail(EXIT.usage, `error: option --over: ${message}`);
