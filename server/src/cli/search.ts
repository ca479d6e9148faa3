import { existsSync } from 'node:fs';
import { done, EXIT, type ExitCode, fail } from '../answers/exit.ts';
import { numberOption } from '../answers/options.ts';
import type { ReadFile } from '../answers/problems.ts';
import { resultJson } from '../answers/search-json.ts';
import { ENVIRONMENT, searchProblemLine } from '../answers/search-problem.ts';
import { SEARCH_BACKEND, withScorer } from '../answers/search-scorer.ts';
import { type OpenSearch, openSearch, readOverrides, startNotes, type TaskOptions } from '../answers/search-task.ts';
import { withWorkers } from '../answers/search-workers.ts';
import { STDIN } from '../answers/source.ts';
import type { ReadySearch } from '../features/search-targets.ts';
import { printBackbone } from '../language/print.ts';
import type { BackendChoice } from '../measure/backends/backend.ts';
import { runSearch } from '../search/node/run-search.ts';
import { isMeasured, isResult, type SearchProblem, type SearchResult, type SearchTask } from '../search/task.ts';
import {
  type ConfirmOptions,
  type ConfirmPlan,
  candidates,
  confirm,
  confirmable,
  readBackend,
  readConfirm,
} from './confirm.ts';
import { confirmJson, confirmLines } from './confirm-report.ts';
import { interruptibly } from './interruptible.ts';
import { reportFailure } from './measure-client.ts';
import { print, printJson, printProgressJson, report, say } from './output.ts';
import { withProvenFront } from './prove-front.ts';
import { distinctPlaces } from './search-places.ts';
import { progressSink } from './search-progress.ts';
import { resultLines, TOP } from './search-result.ts';
import { type WriteOptions, writeResult } from './search-write.ts';
import { searchVaried, type Varied } from './variants.ts';
import { variantsJson, variantsLines } from './variants-result.ts';

export interface SearchOptions extends TaskOptions, ConfirmOptions, WriteOptions {
  readonly json?: boolean;
  readonly checkpoint?: string;
  readonly resume?: string;
  readonly frontier?: string;
  readonly top?: string;
}

/** `mae search FILE`: runs a search, and gives the best design to standard output, to another file or to the file itself. */
export async function search(path: string, options: SearchOptions): Promise<ExitCode> {
  if (options.inPlace === true && path === STDIN)
    return report(
      fail(EXIT.usage, 'error: option --in-place: standard input cannot be written into, name a file with --out'),
    );
  if (options.out !== undefined && options.inPlace === true) {
    return report(fail(EXIT.usage, 'error: options --out and --in-place: choose one of them'));
  }
  for (const name of ['front', 'top'] as const)
    if (options[name] !== undefined && options.pareto === undefined)
      return report(
        fail(EXIT.usage, `error: option --${name}: say with --pareto against which costs, such as macs,params`),
      );
  const top = numberOption('--top', options.top ?? String(TOP), { what: 'top', min: 0, max: 1e6, whole: true });
  if (!top.ok) return report(top);
  if (options.frontier !== undefined)
    return (await import('./frontier.ts')).searchFrontier(path, options.frontier, options);
  const places = distinctPlaces(path, options);
  if (!places.ok) return report(places);
  const overrides = readOverrides(options, path);
  if (!overrides.ok) return report(overrides);
  const confirming = readConfirm(options);
  if (!confirming.ok) return report(confirming);
  const named = readBackend(options);
  if (!named.ok) return report(named);
  const opened = await openSearch(path, options.search, overrides.value);
  if (!opened.ok) return report(opened);
  const { file, ready, task } = opened.value;
  for (const note of startNotes(ready)) say(note);
  const confirms = confirming.value !== undefined;
  if (named.value !== undefined && !confirms && !isMeasured(task)) return report(NOTHING_MEASURED);
  const able = confirms ? confirmable(task) : done(undefined);
  if (!able.ok) return report(able);
  const backend = named.value ?? (isMeasured(task) ? SEARCH_BACKEND : 'auto');
  const outcome = await runInterruptibly(task, options, backend, confirming.value?.designs);
  if (!isResult(outcome)) return reportProblem(file, ready, outcome);
  return finish({ file, ready, task, options, backend, confirming: confirming.value, top: top.value }, outcome);
}

const NOTHING_MEASURED = fail(
  EXIT.usage,
  'error: option --backend: it belongs to --confirm and to the objective zen-measured',
);

/** Runs it with what it works and measures with; Ctrl-C ends it with the best design so far. */
async function runInterruptibly(
  task: SearchTask,
  options: SearchOptions,
  backend: BackendChoice,
  leaders = 0,
): Promise<SearchResult | SearchProblem> {
  const sink = progressSink(options.json === true, task);
  try {
    return await interruptibly((signal) =>
      withWorkers(task, (pool) =>
        withScorer(task, backend, (scorer) =>
          runSearch(task, {
            pool,
            signal,
            onProgress: sink.update,
            leaders,
            ...(scorer === undefined ? {} : { scorer }),
            ...(options.checkpoint === undefined ? {} : { checkpoint: options.checkpoint }),
            ...(options.resume === undefined ? {} : { resume: options.resume }),
          }),
        ),
      ),
    );
  } finally {
    sink.end();
  }
}

function reportProblem(file: ReadFile, ready: ReadySearch, problem: SearchProblem): ExitCode {
  say(searchProblemLine(file, ready, problem));
  if (problem.code === 'cancelled') return EXIT.interrupted;
  return ENVIRONMENT.includes(problem.code) ? EXIT.environment : EXIT.input;
}

/** What a run is about, from its command line and its file. */
interface Call extends OpenSearch {
  readonly options: SearchOptions;
  readonly backend: BackendChoice;
  readonly confirming: ConfirmPlan | undefined;
  readonly top: number;
}

/** The design is written and printed before anything is measured: whatever fails afterwards, it is not lost. */
async function finish(call: Call, found: SearchResult): Promise<ExitCode> {
  const { file, ready, task, options, backend, confirming, top } = call;
  const cut = found.stopped === 'cancelled' || found.stopped === 'failed';
  const { result, complete } = cut
    ? { result: found, complete: true }
    : await withProvenFront(task, found, options.json === true);
  const written = cut ? done([]) : await writeResult(file.source, ready, task, result, options);
  const kept = options.out !== undefined || options.inPlace === true;
  if (options.json !== true) {
    print(resultLines(ready, task, result, top).join('\n'));
    if (!kept || cut || !written.ok) print(`\n${printBackbone(result.backbone).trimEnd()}`);
    if (written.ok) for (const note of written.value) say(note);
  }
  const designs = confirming === undefined || cut ? undefined : candidates(result, confirming.designs);
  const confirmed =
    designs === undefined || confirming === undefined ? undefined : await confirm(task, designs, confirming, backend);
  const varied = cut ? undefined : await searchVaried(ready, task, result, options.json === true);
  if (options.json === true) {
    if (varied !== undefined) printProgressJson(variantsJson(varied));
    // One line has all of the result; without measurements it comes all the same.
    printJson({ ...resultJson(ready, task, result), ...(confirmed?.ok === true ? confirmJson(confirmed.value) : {}) });
  } else {
    if (confirmed?.ok === true) print(`\n${confirmLines(task, confirmed.value).join('\n')}`);
    if (varied !== undefined) print(`\n${variantsLines(ready, task, varied).join('\n')}`);
  }
  if (cut) return reportCut(result, options);
  if (!written.ok) {
    say('The design is on standard output.');
    return report(written);
  }
  if (!complete) {
    say('Interrupted while the front was proven; what is not proven is as the search found it.');
    return EXIT.interrupted;
  }
  if (confirmed === undefined || confirmed.ok) return varied === undefined ? EXIT.done : reportVaried(call, varied);
  say('The search is done, but its designs were not measured.');
  return reportFailure(confirmed.failure);
}

/** Whether everything that is varied was searched; the design was written before it. */
function reportVaried({ file, ready }: Call, { found, asked }: Varied): ExitCode {
  const { complete, problem, points } = found;
  if (complete) return EXIT.done;
  if (problem !== undefined) return reportProblem(file, ready, problem);
  say(`Interrupted after ${points.length} of ${asked} searches; the result is that of the written neck and heads.`);
  return EXIT.interrupted;
}

/** A search that did not come to its end by itself. */
function reportCut({ evaluations, failure }: SearchResult, { checkpoint: state }: SearchOptions): ExitCode {
  const checkpoint = state !== undefined && existsSync(state) ? `; go on with --resume ${state}` : '';
  const how = failure === undefined ? 'Interrupted' : 'Ended';
  if (failure !== undefined) say(`error: ${failure}`);
  say(`${how} after ${evaluations.toLocaleString('en-US')} evaluations, nothing was written${checkpoint}.`);
  return failure === undefined ? EXIT.interrupted : EXIT.environment;
}
