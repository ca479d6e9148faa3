import { percent } from '../../../common/numbers.ts';
import { spread } from '../../../common/spread.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import { limitedCosts } from '../cost/registry.ts';
import { amountText, costText } from '../features/cost-text.ts';
import { evidenceNotes, noteText } from '../features/evidence-problems.ts';
import { pricedBy, pricesText } from '../features/price-text.ts';
import { resultText, scoreText, taskScoreName, taskScoreText } from '../features/search-report.ts';
import type { ReadySearch } from '../features/search-targets.ts';
import { latencyCosts } from '../latency/latency-cost.ts';
import type { FrontPoint, SearchResult, SearchTask } from '../search/task.ts';
import { type Column, table } from './table.ts';

/**
 * What was found, for people: the gain, then start and best side by side against every budget line.
 *
 * @param top designs of a front that are shown at most
 */
export function resultLines(search: ReadySearch, task: SearchTask, result: SearchResult, top = TOP): string[] {
  const limits = new Map(task.budget.limits.map(({ cost, amount }) => [cost, amount]));
  const minimised = task.goal.kind === 'minimise' ? task.goal.cost : undefined;
  const others = [...limitedCosts(), ...latencyCosts()].filter(
    (cost) => (ALWAYS.includes(cost) || cost === minimised) && !limits.has(cost),
  );
  const rows = [...limits.keys(), ...others].map((cost) => {
    const best = costOf(result.costs, cost);
    const limit = limits.get(cost);
    const share = limit === undefined ? '' : `${((100 * best) / limit).toFixed(1)} % of ${amountText(cost, limit)}`;
    const bound = cost === minimised ? result.bound : undefined;
    const least =
      bound === undefined
        ? ''
        : `no design that holds the score has less${result.proven ? '' : ` than ${amountText(cost, bound)}`}`;
    const remarks = [share, least].filter((remark) => remark !== '').join(', ');
    return [cost, amountText(cost, costOf(result.start.costs, cost)), amountText(cost, best), remarks];
  });
  rows.unshift([scoreTitle(task, result), result.start.score.toFixed(1), result.score.toFixed(1), scoreRemark(result)]);
  const lines = [resultText(search.name, task, result), ...table(columnsOf(search, result), rows).map(indent)];
  const priced = pricedBy(result);
  const worth = priced === undefined ? undefined : pricesText(task.budget.limits, priced);
  if (worth !== undefined) lines.push(indent(worth));
  for (const note of evidenceNotes(result.backbone)) lines.push(indent(`note: ${noteText(note)}`));
  return [...lines, ...frontLines(task, result.front ?? [], top).map(indent)];
}

/** So many designs of a front are printed where nobody says: the design that was found stays in sight. */
export const TOP = 8;

/** A front along its whole length, in so many lines at most; how many there are is said where that is not all. */
function frontLines(task: SearchTask, front: readonly FrontPoint[], top: number): string[] {
  const shown = spread(front, top).map((point) => {
    const costs = (task.pareto ?? []).map((cost) => costText(cost, costOf(point.costs, cost)));
    return `front: ${taskScoreText(task, point.score)} at ${costs.join(', ')}${certaintyOf(point)}`;
  });
  const more = `front: ${shown.length} of ${front.length} designs are shown; --top N shows N, --front FILE writes all`;
  return shown.length < front.length ? [...shown, more] : shown;
}

/** «, proven best», «, ≤ 0.02 % off best»; nothing where no proof was asked for or no bound is known. */
function certaintyOf({ score, bound, proven }: FrontPoint): string {
  if (proven === true) return ', proven best';
  return proven === undefined || bound === undefined ? '' : `, ≤ ${percent(Math.max(0, 1 - score / bound))} off best`;
}

const scoreTitle = (task: SearchTask, { measured, estimator }: SearchResult): string =>
  measured === undefined ? `${taskScoreName(task)} ${estimator}` : 'Zen-Score measured';

/** What is known of the score that is maximised, or asked of the one that is held. */
function scoreRemark({ goal, bound, proven }: SearchResult): string {
  if (goal.kind === 'maximise' && proven) return 'no design of this space scores more';
  if (goal.kind === 'minimise') return `at least ${scoreText(goal.score)} was asked for`;
  return bound === undefined ? '' : `no design scores above ${bound.toFixed(1)}`;
}

/** Costs that are worth a line even where no budget limits them. */
const ALWAYS: readonly CostName[] = ['macs', 'params', 'layers', 'memory'];

const indent = (line: string): string => `  ${line}`;

/** At which size the costs are, and of what, where they are not the backbone's alone. */
function columnsOf({ detector }: ReadySearch, { backbone }: SearchResult): readonly Column[] {
  const { height, width } = backbone.input;
  const whole = detector === undefined ? '' : `${detector.source.name} `;
  return [
    { title: `${whole}at ${height} × ${width}`, align: 'left' },
    { title: 'start', align: 'right' },
    { title: 'best', align: 'right' },
    { title: '', align: 'left' },
  ];
}
