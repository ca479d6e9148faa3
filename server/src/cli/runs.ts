import { EXIT, type ExitCode, fail } from '../answers/exit.ts';
import { choiceOption } from '../answers/options.ts';
import type { SearchTask } from '../search/task.ts';
import { tasksOf } from '../sweep/resolve-run.ts';
import type { SweepRun } from '../sweep/wire.ts';
import { interruptibly } from './interruptible.ts';
import { print, printJson, report } from './output.ts';
import { withRuns } from './queue.ts';
import { finish, type SweepOutput, teller } from './sweep.ts';
import { table } from './table.ts';

export interface RunsOptions extends SweepOutput {
  readonly redis: string;
  readonly prefix: string;
}

const ACTIONS = ['list', 'watch', 'cancel', 'resume', 'fetch'] as const;

/** `mae runs ACTION [RUN]`: the sweeps of a queue, whoever began them. */
export async function runs(wanted: string, id: string | undefined, options: RunsOptions): Promise<ExitCode> {
  const action = choiceOption('ACTION', wanted, ACTIONS);
  if (!action.ok) return report(action);
  const place = { url: options.redis, prefix: options.prefix };
  if (action.value !== 'list' && id === undefined)
    return report(fail(EXIT.usage, `error: say which run: mae runs ${wanted} RUN; mae runs list names them`));
  return withRuns(place, async (known) => {
    if (action.value === 'list') {
      const states = [];
      for (const run of await known.list()) states.push(await known.state(run));
      const rows = states.map(({ run, cancelled, outcomes }) => ({
        id: run.id,
        name: run.name,
        created: run.created,
        searches: run.points.length,
        done: outcomes.length,
        cancelled,
      }));
      if (options.json === true) printJson({ type: 'runs', runs: rows });
      else print(listLines(rows).join('\n'));
      return EXIT.done;
    }
    const run = await known.find(id ?? '');
    if (run === undefined) return report(fail(EXIT.usage, `error: there is no run '${id}' there, or several`));
    if (action.value === 'cancel') {
      await known.cancel(run);
      return EXIT.done;
    }
    if (action.value === 'fetch') return finish(planOf(run), (await known.state(run)).outcomes, options);
    if (action.value === 'resume') await known.resume(run);
    const outcomes = await interruptibly((signal) => known.watch(run, signal, teller(run.points)));
    return finish(planOf(run), outcomes, options);
  });
}

/** The tasks of a run, by the same text as its workers read. */
function planOf(run: SweepRun): { readonly points: SweepRun['points']; readonly tasks: readonly SearchTask[] } {
  const taskOf = tasksOf(run);
  const tasks = run.points.flatMap((point) => {
    const task = taskOf(point);
    return task.ok ? [task.value] : [];
  });
  return { points: run.points, tasks };
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly created: string;
  readonly searches: number;
  readonly done: number;
  readonly cancelled: boolean;
}

function listLines(rows: readonly Row[]): string[] {
  if (rows.length === 0) return ['There are no runs.'];
  const columns = ['run', 'begun', 'done', 'sweep'].map((title) => ({ title, align: 'left' }) as const);
  return table(
    columns,
    rows.map(({ id, name, created, searches, done, cancelled }) => [
      id,
      created,
      `${done} of ${searches}${cancelled ? ', cancelled' : ''}`,
      name,
    ]),
  );
}
