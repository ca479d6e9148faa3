import { availableParallelism } from 'node:os';
import { COST_NAMES } from '../cost/budget.ts';
import { taskOf } from '../features/search-report.ts';
import { type ReadySearch, type Runnable, resolveRunnable, runnables } from '../features/search-targets.ts';
import type { NumberRule } from '../language/quantity.ts';
import { SEARCH_SETTINGS } from '../language/read-search.ts';
import { firstWord } from '../language/span.ts';
import { ALGORITHMS, ESTIMATORS, type SearchTask } from '../search/task.ts';
import { done, EXIT, fail, type Outcome } from './exit.ts';
import { choiceOption, listOption, numberOption } from './options.ts';
import { place, problemLine, type ReadFile, textErrorsOf } from './problems.ts';
import { searchProblemLine } from './search-problem.ts';

/** What the command line may set over the settings of the file. All of it arrives as text. */
export interface TaskOptions {
  readonly search?: string;
  readonly seed?: string;
  readonly evaluations?: string;
  readonly estimator?: string;
  readonly workers?: string;
  readonly algorithm?: string;
  readonly pareto?: string;
}

const WORKERS: NumberRule = { what: 'workers', min: 1, max: 1024, whole: true };

/** The search of a file: the only one, or the one that is named. What is wrong with it is said with its place. */
export function chooseSearch(file: ReadFile, name: string | undefined): Outcome<ReadySearch> {
  const { snapshot, source } = file;
  const all = runnables(snapshot);
  const runnable = name === undefined ? all[0] : all.find((r) => names(file, r).includes(name));
  const errors = textErrorsOf(file).map((problem) => problemLine(file, problem));
  // Whoever does not say which one means the file as a whole, and not what is left of it.
  if (errors.length > 0 && name === undefined) return fail(EXIT.input, errors.join('\n'));
  if (runnable === undefined) {
    if (name !== undefined && all.length > 0) {
      const known = all.flatMap((r) => names(file, r)).join(', ');
      return fail(EXIT.usage, `error: option --search: there is no search '${name}' here, only ${known}`);
    }
    if (errors.length > 0) return fail(EXIT.input, errors.join('\n'));
    const hint = 'write a search block, or a budget and within NAME in a backbone';
    return fail(EXIT.input, `${source.path}:1:1: error[file]: This file has nothing to search: ${hint}.`);
  }
  if (name === undefined && all.length > 1) {
    const known = all.flatMap((r) => names(file, r).slice(0, 1)).join(', ');
    return fail(EXIT.usage, `error: this file has several searches: choose one with --search (${known})`);
  }
  const resolved = resolveRunnable(snapshot, runnable);
  if (resolved.ok) return done(resolved.search);
  const { fault } = resolved;
  if (fault !== undefined) {
    return fail(EXIT.input, [...errors, searchProblemLine(file, fault.search, fault.problem)].join('\n'));
  }
  const search = runnable.kind === 'search' ? snapshot.design.searches[Number(runnable.id)] : undefined;
  const at = search === undefined ? source.path : place(source, snapshot, firstWord(search.node));
  return fail(EXIT.input, [...errors, `${at}: error[search]: ${resolved.message}`].join('\n'));
}

/** What a search may be called on the command line: its name, else its position from 1, and the backbone it starts from. */
function names({ snapshot }: ReadFile, { kind, id }: Runnable): string[] {
  if (kind === 'backbone') return [id];
  const search = snapshot.design.searches[Number(id)];
  return [search?.name ?? String(Number(id) + 1), ...(search?.start === undefined ? [] : [search.start.name])];
}

/** The task of a search with what the command line sets over it. */
export const taskWith = (search: ReadySearch, overrides: Partial<SearchTask>): SearchTask => ({
  ...taskOf(search, availableParallelism()),
  ...overrides,
});

/** Reads what the command line sets over the settings of the file. */
export function readOverrides(options: TaskOptions): Outcome<Partial<SearchTask>> {
  const { seed, evaluations, estimator, algorithm, workers, pareto } = options;
  const parts: Outcome<Partial<SearchTask>>[] = [
    part(
      seed,
      (text) => numberOption('--seed', text, SEARCH_SETTINGS.seed.rule),
      (value) => ({ seed: value }),
    ),
    part(
      evaluations,
      (text) => numberOption('--evaluations', text, SEARCH_SETTINGS.evaluations.rule),
      (value) => ({ evaluations: value }),
    ),
    part(
      estimator,
      (text) => choiceOption('--estimator', text, ESTIMATORS),
      (value) => ({ estimator: value }),
    ),
    part(
      algorithm,
      (text) => choiceOption('--algorithm', text, ALGORITHMS),
      (value) => ({ algorithm: value }),
    ),
    part(
      workers,
      (text) => numberOption('--workers', text, WORKERS),
      (value) => ({ workers: value }),
    ),
    part(
      pareto,
      (text) => listOption('--pareto', text, COST_NAMES),
      (value) => ({ pareto: value }),
    ),
  ];
  let overrides: Partial<SearchTask> = {};
  for (const read of parts) {
    if (!read.ok) return read;
    overrides = { ...overrides, ...read.value };
  }
  return done(overrides);
}

function part<T>(
  text: string | undefined,
  read: (text: string) => Outcome<T>,
  set: (value: T) => Partial<SearchTask>,
): Outcome<Partial<SearchTask>> {
  if (text === undefined) return done({});
  const value = read(text);
  return value.ok ? done(set(value.value)) : value;
}
