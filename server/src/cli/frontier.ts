import { costOption } from '../answers/cost-options.ts';
import { done, EXIT, type ExitCode, fail, type Outcome } from '../answers/exit.ts';
import { numberOption } from '../answers/options.ts';
import { ENVIRONMENT, searchProblemLine } from '../answers/search-problem.ts';
import { openSearch, readOverrides } from '../answers/search-task.ts';
import { withWorkers } from '../answers/search-workers.ts';
import type { CostName } from '../cost/budget.ts';
import { costNamed } from '../cost/registry.ts';
import { problemText } from '../features/search-report.ts';
import { FRONTIER_POINTS, frontier, geometricLimits } from '../search/frontier.ts';
import { runSearch } from '../search/node/run-search.ts';
import { isMeasured, type SearchTask } from '../search/task.ts';
import { frontierJson, frontierLines, pointLine } from './frontier-result.ts';
import { interruptibly } from './interruptible.ts';
import { print, printJson, report, say } from './output.ts';
import type { SearchOptions } from './search.ts';

/** Limits of one cost that are searched one after the other. */
interface Range {
  readonly cost: CostName;
  readonly limits: readonly number[];
}

/** `mae search FILE --frontier COST=FROM..TO`: the best score over one limit of the budget, all others kept. */
export async function searchFrontier(path: string, text: string, options: SearchOptions): Promise<ExitCode> {
  const alone = notTogether(options);
  if (alone !== undefined) return report(usage(alone));
  const range = readRange(text, path);
  if (!range.ok) return report(range);
  const overrides = readOverrides(options, path);
  if (!overrides.ok) return report(overrides);
  const opened = await openSearch(path, options.search, overrides.value);
  if (!opened.ok) return report(opened);
  const { file, ready, task } = opened.value;
  const wrong = notSearchable(task);
  if (wrong !== undefined) return report(usage(wrong));
  const { cost, limits } = range.value;
  const begun = performance.now();
  let searched = 0;
  const found = await interruptibly((signal) =>
    withWorkers(task, (pool) =>
      frontier(
        task,
        cost,
        limits,
        (point) => runSearch(point, { pool, signal }),
        (point) => {
          searched += 1;
          if (options.json !== true) say(pointLine(task, cost, point, searched / limits.length));
        },
      ),
    ),
  );
  const { points, complete, problem } = found;
  if (points.some(({ best }) => best !== undefined)) {
    if (options.json === true) printJson(frontierJson(cost, found));
    else {
      const seconds = ((performance.now() - begun) / 1000).toFixed(2);
      const kept = task.budget.limits.filter((limit) => limit.cost !== cost).map((limit) => limit.cost);
      const others = kept.length === 0 ? '' : `, with ${kept.join(', ')} as in ${task.budget.name}`;
      print(
        `${ready.name}: the best score over ${cost}${others}; ${points.length} searches in ${seconds} s, seed ${task.seed}.`,
      );
      print(frontierLines(task, cost, found).join('\n'));
    }
  }
  if (problem !== undefined) {
    // The limit is that of the command line, and no line of the text is at fault.
    if (problem.code === 'budget-impossible') return report(usage(problemText(problem)));
    say(searchProblemLine(file, ready, problem));
    return ENVIRONMENT.includes(problem.code) ? EXIT.environment : EXIT.input;
  }
  if (complete) return EXIT.done;
  say(`Interrupted after ${points.length} of ${limits.length} searches.`);
  return EXIT.interrupted;
}

const usage = (message: string) => fail(EXIT.usage, `error: option --frontier: ${message}`);

/** Options that are about one design, and not about a curve. */
function notTogether(options: SearchOptions): string | undefined {
  const { pareto, front, confirm, checkpoint, resume, out, inPlace, minimise, backend } = options;
  const others = { pareto, front, confirm, backend, checkpoint, resume, out, 'in-place': inPlace, minimise };
  const [other] = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return other === undefined ? undefined : `it gives a design for each of its points, and does not go with --${other}.`;
}

/** macs=2G..20G */
/** @param file whose search it is */
export function readRange(text: string, file: string): Outcome<Range> {
  const parts = /^([^=]+)=(.+?)\.\.(.+)$/.exec(text);
  if (parts === null) return usage(`'${text}' is not COST=FROM..TO, such as macs=2G..20G.`);
  const [, name = '', from = '', to = ''] = parts.map((part) => part.trim());
  const cost = costOption('--frontier', name.trim(), file);
  if (!cost.ok) return cost;
  const rule = costNamed(cost.value)?.limit ?? { what: cost.value, min: 0, max: Infinity, whole: false };
  const [least, most] = [numberOption('--frontier', from, rule), numberOption('--frontier', to, rule)];
  if (!least.ok) return least;
  if (!most.ok) return most;
  if (!(least.value > 0)) return usage(`${cost.value} begins above 0: its points are a factor apart.`);
  if (least.value >= most.value)
    return usage(
      `it goes from the smaller limit to the larger one: ${name}=${to}..${from}, not ${name}=${from}..${to}.`,
    );
  return done({ cost: cost.value, limits: geometricLimits(least.value, most.value, FRONTIER_POINTS, rule.whole) });
}

function notSearchable(task: SearchTask): string | undefined {
  if (task.goal.kind === 'minimise')
    return `it is the best score over a cost, and this search minimises ${task.goal.cost}: name one that maximises the score.`;
  return isMeasured(task)
    ? `it searches ${FRONTIER_POINTS} times, which takes hours where every design is measured: choose the objective zen, its closed form.`
    : undefined;
}
