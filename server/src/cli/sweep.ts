import { EXIT, type ExitCode, fail } from '../answers/exit.ts';
import { writeFile } from '../answers/write.ts';
import { isSameFile } from '../files/paths.ts';
import type { SweepOutcome } from '../sweep/outcome.ts';
import { type Point, pointText } from '../sweep/plan.ts';
import { interruptibly } from './interruptible.ts';
import { print, printJson, report, say } from './output.ts';
import { sweepHere } from './sweep-local.ts';
import { planSweep, type SweepPlan, type SweepPlanOptions, workersOption } from './sweep-plan.ts';
import { sweepOn } from './sweep-queue.ts';
import { frontFile, type Swept, sweepJson, sweepLines, swept } from './sweep-result.ts';

export interface SweepOutput {
  readonly json?: boolean;
  readonly front?: string;
}

export interface SweepOptions extends SweepPlanOptions, SweepOutput {
  readonly workers?: string;
  readonly redis?: string;
  readonly prefix: string;
}

/** `mae sweep FILE`: many searches of one file, in one table with one front. */
export async function sweep(file: string, options: SweepOptions): Promise<ExitCode> {
  if (options.front !== undefined && isSameFile(file, options.front))
    return report(fail(EXIT.usage, 'error: option --front: it is the design file: name another file'));
  const workers = workersOption(options.workers);
  if (!workers.ok) return report(workers);
  const planned = await planSweep(file, options);
  if (!planned.ok) return report(planned);
  const plan = planned.value;
  if (options.redis !== undefined) return sweepOn({ url: options.redis, prefix: options.prefix }, plan, options);
  const outcomes = await interruptibly((signal) => sweepHere(plan.tasks, workers.value, signal, teller(plan.points)));
  return finish(plan, outcomes, options);
}

/** Says now and then how far a sweep is. */
export function teller(points: readonly Point[]): (outcome: SweepOutcome) => void {
  const searches = points.length;
  let done = 0;
  let last = Number.NEGATIVE_INFINITY;
  return (outcome) => {
    done += 1;
    if (performance.now() - last < 1000 && done < searches) return;
    last = performance.now();
    const what = outcome.kind === 'found' ? `score ${outcome.score.toFixed(1)}` : outcome.message;
    say(`${done} of ${searches}: ${pointText(points[outcome.index] ?? [])}: ${what}`);
  };
}

/** The table, or the line of JSON, and the front; with what there is where not all was searched. */
export function finish(
  { points, tasks }: Pick<SweepPlan, 'points' | 'tasks'>,
  outcomes: readonly SweepOutcome[],
  options: SweepOutput,
): Promise<ExitCode> {
  return show(swept(points, outcomes, tasks), options);
}

async function show(whole: Swept, { json, front }: SweepOutput): Promise<ExitCode> {
  if (json === true) printJson(sweepJson(whole));
  else print(sweepLines(whole).join('\n'));
  if (front !== undefined) {
    const written = await writeFile(front, frontFile(whole));
    if (!written.ok) return report(written);
    say(`${front}: ${whole.front.length} designs of the front written`);
  }
  const { outcomes, points } = whole;
  if (outcomes.length < points.length) {
    say(`Interrupted after ${outcomes.length} of ${points.length} searches.`);
    return EXIT.interrupted;
  }
  if (outcomes.some((o) => o.kind === 'none' && o.code === 'worker-failed')) return EXIT.environment;
  // A point that no design meets is an answer; a sweep without any design is not.
  return outcomes.some(({ kind }) => kind === 'found') ? EXIT.done : EXIT.input;
}
