import { existsSync } from 'node:fs';
import * as z from 'zod';
import { done, EXIT, fail, type Outcome } from '../../answers/exit.ts';
import { resultJson } from '../../answers/search-json.ts';
import { searchProblemLine } from '../../answers/search-problem.ts';
import { SEARCH_BACKEND, withScorer } from '../../answers/search-scorer.ts';
import { type OpenSearch, openSearchIn, readOverrides, startNotes } from '../../answers/search-task.ts';
import { withWorkers } from '../../answers/search-workers.ts';
import type { Source } from '../../answers/source.ts';
import { withDesign } from '../../answers/with-design.ts';
import { writeFile, writeTo } from '../../answers/write.ts';
import { noteText } from '../../features/evidence-problems.ts';
import { doneShare, progressText, resultText } from '../../features/search-report.ts';
import { printBackbone } from '../../language/print.ts';
import { runSearch } from '../../search/node/run-search.ts';
import { isResult, type SearchProblem, type SearchResult } from '../../search/task.ts';
import { COSTS } from '../costs.ts';
import { sourceOf } from '../given-design.ts';
import { inArguments, optionsOf, SEARCH_INPUT, type SearchInput } from '../search-input.ts';
import { type ToolContext, tool } from '../tool.ts';

const POINT = z.object({ score: z.number(), costs: COSTS, backbone: z.string() });

const OUTPUT = z.looseObject({
  summary: z.string().describe('the gain in one sentence'),
  text: z.string().describe('the whole .mae text with the design in it: check it, then give it to the person'),
  notes: z.array(z.string()),
  written: z.string().optional().describe('the file that was written'),
  score: z.number(),
  bound: z.number().nullable().describe('no design scores more; or, with minimise, none has less of the cost'),
  gap: z.number().nullable().describe('share that it can be from the bound; 0 is proven best'),
  proven: z.boolean(),
  costs: COSTS,
  evaluations: z.number(),
  seed: z.number(),
  stopped: z.string(),
  start: z.looseObject({ score: z.number(), costs: COSTS }),
  front: z.array(POINT).optional(),
});

/** `mae search --json`. */
export const searchTool = tool({
  name: 'search',
  title: 'Search the best design within a budget',
  description:
    'Finds the widths, depths and kernels of the best design within the budget of a .mae text, starting from a backbone of it, or ' +
    'with minimise the cheapest one at the same score. The text needs a backbone, a budget and a search block that names both (tool ' +
    'check has a complete sample). About a second for 96000 evaluations; it tells its progress and can be cancelled. Returns the whole text ' +
    'with the design in it, its score and costs, and how far it can be from the best possible (gap). A start that exceeds the budget ' +
    'is shrunk first. The same seed gives the same answer. Writes only where out says.',
  input: SEARCH_INPUT,
  output: OUTPUT,
  readOnly: false,
  run: async (given, context) => {
    const source = await sourceOf(given);
    if (!source.ok) return source;
    const place = mayWrite(given);
    if (!place.ok) return place;
    const overrides = readOverrides(optionsOf(given), source.value.path);
    if (!overrides.ok) return inArguments(overrides);
    const opened = openSearchIn(source.value, given.search, overrides.value);
    if (!opened.ok) return inArguments(opened);
    const result = await searched(opened.value, context);
    if (!isResult(result)) return fail(EXIT.input, searchProblemLine(opened.value.file, opened.value.ready, result));
    if (result.stopped === 'cancelled' || context.signal.aborted)
      return fail(EXIT.interrupted, 'The search was cancelled.');
    return answer(given, source.value, opened.value, result);
  },
});

async function answer(
  { out, path }: SearchInput,
  source: Source,
  { ready, task }: OpenSearch,
  result: SearchResult,
): Promise<Outcome<z.input<typeof OUTPUT>>> {
  const text = withDesign(source.text, ready, result) ?? printBackbone(result.backbone);
  if (out !== undefined) {
    const written = path === undefined ? await writeFile(out, text) : await writeTo(out, source, text);
    if (!written.ok) return written;
  }
  const { type: _, backbone: __, notes = [], ...numbers } = resultJson(ready, task, result);
  const varies = ready.vary.length > 0 ? ['vary is not searched here: mae search on the command line does.'] : [];
  return done({
    ...numbers,
    summary: resultText(ready.name, task, result),
    text,
    notes: [...startNotes(ready), ...varies, ...notes.map(noteText)],
    ...(out === undefined ? {} : { written: out }),
  });
}

const searched = ({ task }: OpenSearch, { signal, progress }: ToolContext): Promise<SearchResult | SearchProblem> =>
  withWorkers(task, (pool) =>
    withScorer(task, SEARCH_BACKEND, (scorer) =>
      runSearch(task, {
        pool,
        signal,
        onProgress: (now) => progress(doneShare(now, task), progressText(now, task)),
        ...(scorer === undefined ? {} : { scorer }),
      }),
    ),
  );

/** What may be said is known before the search runs, and not after it. */
function mayWrite({ out, overwrite }: SearchInput): Outcome<undefined> {
  return out === undefined || overwrite === true || !existsSync(out)
    ? done(undefined)
    : fail(EXIT.usage, `There is a file ${out} already: say overwrite true, or name another one.`);
}
