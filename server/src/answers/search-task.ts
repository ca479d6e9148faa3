import { availableParallelism } from 'node:os';
import type { CostName } from '../cost/budget.ts';
import { depthHoldsScore, depthText } from '../features/depth-problems.ts';
import { taskOf } from '../features/search-report.ts';
import {
  excessText,
  type ReadySearch,
  type Runnable,
  resolveRunnable,
  runnables,
  startExcess,
  unbounded,
} from '../features/search-targets.ts';
import type { NumberRule } from '../language/quantity.ts';
import { type Setting, type SettingName, settingOf, type WrittenValues } from '../language/search-settings.ts';
import { firstWord } from '../language/span.ts';
import type { SearchTask } from '../search/task.ts';
import { costOption, costsOption } from './cost-options.ts';
import { done, EXIT, fail, type Outcome } from './exit.ts';
import { choiceOption, numberOption } from './options.ts';
import { place, problemLine, type ReadFile, readFile, textErrorsOf } from './problems.ts';
import { searchProblemLine } from './search-problem.ts';
import { readSource, type Source } from './source.ts';

/** What the command line may set over the settings of the file. All of it arrives as text. */
export interface TaskOptions {
  readonly search?: string;
  readonly seed?: string;
  readonly evaluations?: string;
  readonly estimator?: string;
  readonly workers?: string;
  readonly algorithm?: string;
  readonly pareto?: string;
  readonly minimise?: string;
  readonly score?: string;
  readonly plateau?: string;
  readonly timeLimit?: string;
  readonly prove?: boolean;
}

const WORKERS: NumberRule = { what: 'workers', min: 1, max: 1024, whole: true };

/** The search of a file: the only one, or the one that is named. What is wrong with it is said with its place. */
function chooseSearch(file: ReadFile, name: string | undefined, written: WrittenValues = []): Outcome<ReadySearch> {
  const { snapshot, source } = file;
  const all = candidates(file, name, written);
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
    const hint = 'write a search block, or a budget and within NAME in a backbone or detector';
    return fail(EXIT.input, `${source.path}:1:1: error[file]: This file has nothing to search: ${hint}.`);
  }
  if (name === undefined && all.length > 1) {
    const known = all.flatMap((r) => names(file, r).slice(0, 1)).join(', ');
    return fail(EXIT.usage, `error: this file has several searches: choose one with --search (${known})`);
  }
  const resolved = resolveRunnable(snapshot, runnable, written, 'shrink');
  if (resolved.ok) return heldScore(resolved.search, written);
  const { fault } = resolved;
  if (fault !== undefined) {
    return fail(EXIT.input, [...errors, searchProblemLine(file, fault.search, fault.problem)].join('\n'));
  }
  const search = runnable.kind === 'search' ? snapshot.design.searches[Number(runnable.id)] : undefined;
  const at = search === undefined ? source.path : place(source, snapshot, firstWord(search.node));
  return fail(EXIT.input, [...errors, `${at}: error[search]: ${resolved.message}`].join('\n'));
}

/** A search of a file, with what the command line sets over it. */
export interface OpenSearch {
  readonly file: ReadFile;
  readonly ready: ReadySearch;
  readonly task: SearchTask;
}

/** Reads the file at a path and chooses its search, under what the command line sets. */
export async function openSearch(
  path: string,
  name: string | undefined,
  overrides: Overrides,
): Promise<Outcome<OpenSearch>> {
  const source = await readSource(path);
  return source.ok ? openSearchIn(source.value, name, overrides) : source;
}

/** The same in a text that was read already. */
export function openSearchIn(source: Source, name: string | undefined, overrides: Overrides): Outcome<OpenSearch> {
  const file = readFile(source);
  const chosen = chooseSearch(file, name, overrides.values);
  return chosen.ok ? done({ file, ready: chosen.value, task: taskWith(chosen.value, overrides) }) : chosen;
}

/** What a person should know of a search before it begins, one line each. */
export function startNotes(search: ReadySearch): string[] {
  const over = startExcess(search);
  const notes: string[] = [];
  if (over !== undefined) notes.push(`${excessText(search, over)} The search shrinks it before it begins.`);
  if (depthHoldsScore(search.values, search.budget)) {
    notes.push(`warning: ${depthText(search.values.minimise)} A budget with a limit on layers prevents it.`);
  }
  return notes;
}

/** What can be run; whoever minimises a cost may mean a backbone without a budget, where there is nothing else. */
function candidates(file: ReadFile, name: string | undefined, written: WrittenValues): Runnable[] {
  const all = runnables(file.snapshot);
  const named = name !== undefined && all.some((r) => names(file, r).includes(name));
  const free =
    written.some(([setting]) => setting === 'minimise') && !named && (name !== undefined || all.length === 0);
  return free ? [...all, ...unbounded(file.snapshot)] : all;
}

/** A score to hold says nothing while the score is maximised. */
function heldScore(search: ReadySearch, written: WrittenValues): Outcome<ReadySearch> {
  const alone = search.values.minimise === undefined && written.some(([setting]) => setting === 'score');
  const message = 'error: option --score: a score is held only while a cost is minimised: add --minimise COST.';
  return alone ? fail(EXIT.usage, message) : done(search);
}

/** What a search may be called on the command line: its name, else its position from 1, and the backbone it starts from. */
function names({ snapshot }: ReadFile, { kind, id }: Runnable): string[] {
  if (kind !== 'search') return [id];
  const search = snapshot.design.searches[Number(id)];
  return [search?.name ?? String(Number(id) + 1), ...(search?.start === undefined ? [] : [search.start.name])];
}

/** The task of a search with what the command line sets over it. */
const taskWith = (search: ReadySearch, { workers, pareto }: Overrides): SearchTask => ({
  ...taskOf(search, workers ?? availableParallelism()),
  ...(pareto === undefined ? {} : { pareto }),
});

/** What the command line sets over the settings of the file. */
export interface Overrides {
  readonly values: WrittenValues;
  readonly workers?: number;
  readonly pareto?: readonly CostName[];
}

/** Options that stand for a setting, by the names under which the command line has them. */
const SETTING_OPTIONS = {
  seed: 'seed',
  evaluations: 'evaluations',
  estimator: 'estimator',
  algorithm: 'algorithm',
  minimise: 'minimise',
  score: 'score',
  plateau: 'plateau',
  timeLimit: 'time-limit',
} as const satisfies Partial<Record<Exclude<keyof TaskOptions, 'prove'>, SettingName>>;

/** @param file whose search it is: profiles of devices stand beside it */
export function readOverrides(options: TaskOptions, file: string): Outcome<Overrides> {
  const values: [SettingName, string | number][] = [];
  for (const option of Object.keys(SETTING_OPTIONS).filter(isSettingOption)) {
    const text = options[option];
    if (text === undefined) continue;
    const name = SETTING_OPTIONS[option];
    const read =
      name === 'minimise' ? costOption(`--${name}`, text, file) : settingOption(`--${name}`, text, settingOf(name));
    if (!read.ok) return read;
    values.push([name, read.value]);
  }
  if (options.prove === true) values.push(['prove', 'yes']);
  const workers = optional(options.workers, (text) => numberOption('--workers', text, WORKERS));
  if (!workers.ok) return workers;
  const pareto = optional(options.pareto, (text) => costsOption('--pareto', text, file));
  if (!pareto.ok) return pareto;
  return done({
    values,
    ...(workers.value === undefined ? {} : { workers: workers.value }),
    ...(pareto.value === undefined ? {} : { pareto: pareto.value }),
  });
}

const isSettingOption = (name: string): name is keyof typeof SETTING_OPTIONS => Object.hasOwn(SETTING_OPTIONS, name);

const settingOption = (option: string, text: string, setting: Setting): Outcome<string | number> =>
  setting.type === 'number' ? numberOption(option, text, setting.rule) : choiceOption(option, text, setting.values);

const optional = <T>(text: string | undefined, read: (text: string) => Outcome<T>): Outcome<T | undefined> =>
  text === undefined ? done(undefined) : read(text);
