import { costOf } from '../cost/budget.ts';
import { instrumentText } from '../search/measured/scorer.ts';
import type { SearchProblem, SearchProgress, SearchResult, SearchTask } from '../search/task.ts';
import { costText, durationText, percent, si, signed } from './numbers.ts';
import type { ReadySearch } from './search-targets.ts';

/** The task that a search of the text describes. */
export function taskOf({ start, budget, values }: ReadySearch, workers: number): SearchTask {
  return {
    start,
    budget,
    space: values.space,
    evaluations: values.evaluations,
    population: values.population,
    coarseToFine: values['coarse-to-fine'],
    seed: values.seed,
    estimator: values.estimator,
    algorithm: values.algorithm,
    objective: values.objective,
    goal: { kind: 'maximise' },
    workers,
  };
}

/** «at most 0.2 % below the best possible», where a bound is known. */
export const gapText = (result: Pick<SearchResult, 'gap'>): string | undefined =>
  result.gap === undefined ? undefined : `at most ${percent(Math.max(0, result.gap))} below the best possible`;

/** One line while a search runs. */
export function progressText(progress: SearchProgress): string {
  const parts = [
    `Z ${progress.score.toFixed(1)}`,
    gapText(progress),
    `${si(progress.evaluations, 3)} evaluations`,
    `${si(progress.evaluationsPerSecond, 3)}/s`,
    `${durationText(progress.secondsLeft)} left`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** What every score of a result is: a closed form, or what was measured and by what. */
export const scoredBy = ({ measured, estimator }: SearchResult): string =>
  measured === undefined ? estimator : `Zen-Score measured by ${instrumentText(measured)}`;

/** How good a result is, or that nobody knows. */
const boundText = (result: SearchResult): string | undefined =>
  result.measured === undefined ? gapText(result) : 'no bound is known for a measured score';

/** What a search gained, in one sentence, with every number’s convention. */
export function resultText(name: string, task: SearchTask, result: SearchResult): string {
  const costs = task.budget.limits.map((l) => costText(l.cost, costOf(result.costs, l.cost)));
  const parts = [
    `${name}: Z ${result.start.score.toFixed(1)} → ${result.score.toFixed(1)} (${signed(result.score - result.start.score)} nats, ${scoredBy(result)})`,
    boundText(result),
    `${costs.join(', ')} within ${task.budget.name}`,
    `${result.evaluations.toLocaleString('en-US')} evaluations in ${result.seconds.toFixed(2)} s, seed ${result.seed}`,
    result.failure === undefined ? undefined : `it ended early: ${result.failure.replace(/\.$/, '')}`,
  ];
  return `${parts.filter((part) => part !== undefined).join('; ')}.`;
}

/** Why there is no result, with amounts as people read them. */
export function problemText(problem: SearchProblem): string {
  if (problem.code !== 'budget-impossible') return problem.message;
  const { budget, cost, amount, least } = problem;
  return `No design can meet budget ${budget}: it allows ${costText(cost, amount)}, and the least possible is ${costText(cost, least)}.`;
}
