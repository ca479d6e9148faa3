import { changePercent, durationText, percent, scoreAmount, si, signed } from '../../../common/numbers.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { downstreamOf } from '../detector/downstream.ts';
import { objectiveOf } from '../entropy/objectives/registry.ts';
import { unbounded } from '../search/bound/bound.ts';
import { instrumentText } from '../search/measured/scorer.ts';
import { startScore } from '../search/model/start-score.ts';
import type { Goal, SearchProblem, SearchProgress, SearchResult, SearchTask } from '../search/task.ts';
import { withProfiles } from '../search/watched.ts';
import { costText } from './cost-text.ts';
import { scoreName } from './score-text.ts';
import type { ReadySearch } from './search-targets.ts';

/** The task that a search of the text describes. */
export function taskOf({ start, detector, budget, space, values }: ReadySearch, workers: number): SearchTask {
  const { minimise, score, plateau, 'time-limit': timeLimit, prove } = values;
  const task: SearchTask = {
    start,
    budget,
    space,
    evaluations: values.evaluations,
    population: values.population,
    coarseToFine: values['coarse-to-fine'],
    seed: values.seed,
    estimator: values.estimator,
    algorithm: values.algorithm,
    objective: values.objective,
    goal: { kind: 'maximise' },
    workers,
    ...(plateau === undefined ? {} : { plateau }),
    ...(timeLimit === undefined ? {} : { timeLimit }),
    ...(prove === undefined ? {} : { prove: prove === 'yes' }),
    ...(detector?.analysis === undefined ? {} : { downstream: downstreamOf(detector.analysis) }),
  };
  if (minimise === undefined) return withProfiles(task);
  return withProfiles({ ...task, goal: { kind: 'minimise', cost: minimise, score: score ?? heldScore(task) } });
}

/** The start's own score, a hair below it, so that the start is never refused for the last bit of its score. */
const heldScore = (task: SearchTask): number => Math.floor(startScore(task) * 1e6) / 1e6;

/** «at most 0.2 % below the best possible», or «above the least possible», where a bound is known; or that it is proven. */
export function gapText(
  { gap, proven }: Partial<Pick<SearchResult, 'gap' | 'proven'>>,
  goal: Goal,
): string | undefined {
  if (proven === true) return goal.kind === 'maximise' ? 'proven best in this space' : 'proven least in this space';
  if (gap === undefined || gap >= 1) return undefined;
  const share = Math.max(0, gap);
  if (goal.kind === 'maximise') return `at most ${percent(share)} below the best possible`;
  // The gap is a share of the cost, and not of its bound.
  return `at most ${percent(share / (1 - share))} above the least possible`;
}

/** How far a found design can be from the best, for whoever sees the design without its search. */
export function certificateText(result: SearchResult): string | undefined {
  const { goal } = result;
  const gap = gapText(result, goal);
  if (gap === undefined || goal.kind === 'maximise') return gap;
  const held = `for ${taskScoreName(result)} ≥ ${scoreText(goal.score)}`;
  return result.proven ? `proven least ${goal.cost} in this space ${held}` : `${gap} ${goal.cost} ${held}`;
}

/** The share of a search that is done, by its evaluations or by its time. */
export function doneShare({ evaluations, seconds }: Pick<SearchProgress, 'evaluations' | 'seconds'>, task: SearchTask) {
  return Math.min(1, Math.max(evaluations / task.evaluations, seconds / (task.timeLimit ?? Infinity)));
}

/**
 * «Z 542.3, at most 4 % below the best possible, 24 k evaluations, 240 k/s, 3 s left»
 *
 * @param room in characters: where that is not enough, the evaluations go first and then the gap
 */
export function progressText(progress: SearchProgress, task: SearchTask, room = Number.POSITIVE_INFINITY): string {
  const { goal } = task;
  const score = taskScoreText(task, progress.score);
  const best =
    goal.kind === 'maximise' ? score : `${costText(goal.cost, costOf(progress.costs, goal.cost))} at ${score}`;
  const gap = gapText(progress, goal);
  const count = `${si(progress.evaluations, 3)} evaluations`;
  const pace = [`${si(progress.evaluationsPerSecond, 3)}/s`, `${durationText(progress.secondsLeft)} left`];
  const least = [best, ...pace].join(', ');
  const fits = (text: string): boolean => text.length <= room;
  const known = gap === undefined ? [] : [gap];
  const texts = [
    [best, ...known, count, ...pace],
    [best, ...known, ...pace],
  ].map((parts) => parts.join(', '));
  return texts.find(fits) ?? least;
}

/** What the score of a search is called; of one that is measured that is said beside the number. */
export function taskScoreName(task: Pick<SearchTask, 'objective'>): string {
  const objective = objectiveOf(task);
  return objective.measured ? 'Z' : scoreName(objective);
}

/** «Z 542.3», «DeepMAD 11118» */
export const taskScoreText = (task: SearchTask, value: number): string =>
  `${taskScoreName(task)} ${scoreAmount(value, objectiveOf(task).unit)}`;

/** What every score of a result is: a closed form, or what was measured and by what. */
export const scoredBy = ({ measured, estimator }: SearchResult): string =>
  measured === undefined ? estimator : `Zen-Score measured by ${instrumentText(measured)}`;

/** How good a result is, or that nobody knows. */
function boundText(task: SearchTask, result: SearchResult): string | undefined {
  const unknown = unbounded(task);
  return unknown === undefined ? gapText(result, result.goal) : `no bound is known for ${unknown}`;
}

/** What a search gained, in one sentence, with every number’s convention. */
export function resultText(name: string, task: SearchTask, result: SearchResult): string {
  const costs = task.budget.limits.map((l) => costText(l.cost, costOf(result.costs, l.cost)));
  const parts = [
    `${name}: ${gainText(task, result)}`,
    boundText(task, result),
    costs.length === 0 ? undefined : `${costs.join(', ')} within ${task.budget.name}`,
    `${result.evaluations.toLocaleString('en-US')} ${result.evaluations === 1 ? 'evaluation' : 'evaluations'} in ${result.seconds.toFixed(2)} s, seed ${result.seed}`,
    stoppedText(task, result),
  ];
  return `${parts.filter((part) => part !== undefined).join('; ')}.`;
}

/** «Z 542.3 → 621.0 (+78.7 nats, fan-in)», or «25.84 M params → 12.1 M params (−53 %), Z 543.0 held at 542.3 (fan-in)». */
function gainText(task: SearchTask, result: SearchResult): string {
  const { goal } = task;
  const { start, score, costs } = result;
  const { unit } = objectiveOf(task);
  const amount = (value: number): string => scoreAmount(value, unit);
  const gain = `${signed(score - start.score, amount)} ${unit}`.trimEnd();
  if (goal.kind === 'maximise')
    return `${taskScoreText(task, start.score)} → ${amount(score)} (${gain}, ${scoredBy(result)})`;
  const held = score >= goal.score ? `held at ${scoreText(goal.score)}` : `not yet at ${scoreText(goal.score)}`;
  return `${costGain(goal.cost, start.costs, costs)}, ${taskScoreText(task, score)} ${held} (${scoredBy(result)})`;
}

function costGain(name: CostName, from: Costs, to: Costs): string {
  const [before, after] = [costOf(from, name), costOf(to, name)];
  return `${costText(name, before)} → ${costText(name, after)} (${signed(after / before - 1, change)})`;
}

/** Three digits: a thousandth of what was there is not «−100 %». */
const change = (ratio: number): string => changePercent(ratio, 3);

/** A score as a person wrote it, or the start's own to a tenth. */
export const scoreText = (score: number): string => String(Number(score.toFixed(1)));

/** Why a search ended before its evaluations did. */
function stoppedText({ plateau = 0, timeLimit }: SearchTask, { stopped, failure }: SearchResult): string | undefined {
  if (failure !== undefined) return `it ended early: ${failure.replace(/\.$/, '')}`;
  if (stopped === 'plateau')
    return `stopped after ${plateau.toLocaleString('en-US')} evaluations without a better design`;
  if (stopped === 'time')
    return `stopped at its time limit of ${timeLimit} s, so that another machine may find another design`;
  return undefined;
}

/** Why there is no result, with amounts as people read them. */
export function problemText(problem: SearchProblem): string {
  if (problem.code !== 'budget-impossible') return problem.message;
  const { budget, cost, amount, least, looked } = problem;
  if (looked)
    return `No design was found that meets budget ${budget}: it allows ${costText(cost, amount)}, and the nearest has ${costText(cost, least)}.`;
  return `No design can meet budget ${budget}: it allows ${costText(cost, amount)}, and the least possible is ${costText(cost, least)}.`;
}
