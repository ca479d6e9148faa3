import { wholeCosts } from '../analysis/whole-costs.ts';
import type { Backbone } from '../backbone/backbone.ts';
import { type CostName, costOf, type Limit } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { type CostUnits, costUnits, limitedCosts } from '../cost/registry.ts';
import { objectiveOf } from '../entropy/objectives/registry.ts';
import { printBackbone } from '../language/print.ts';
import { prepare } from '../search/model/prepare.ts';
import { startScore } from '../search/model/start-score.ts';
import type { SearchProgress, SearchResult, SearchTask } from '../search/task.ts';
import type { SearchDesign, SearchNumbers } from './search-numbers.ts';
import { scoreText } from './search-report.ts';

const costNumbers = (costs: Costs, devices: readonly CostName[]): Record<string, number> =>
  Object.fromEntries([...limitedCosts(), ...devices].map((name) => [name, costOf(costs, name)]));

/** How the designs of a search are shown. */
interface Showing {
  /** Keeps a design; gives its id. */
  readonly keep: (design: Backbone) => string;
  /** The times on devices that the text shows. */
  readonly devices: readonly CostName[];
}

const shownDesign = (score: number, backbone: Backbone, costs: Costs, { keep, devices }: Showing): SearchDesign => ({
  id: keep(backbone),
  score,
  costs: costNumbers(costs, devices),
  text: printBackbone(backbone),
});

function shownNumbers(from: SearchProgress | SearchResult, best: SearchDesign): SearchNumbers {
  const { evaluations, seconds, evaluationsPerSecond, score, bound, gap } = from;
  const certain = {
    ...(bound === undefined ? {} : { bound }),
    ...(gap === undefined ? {} : { gap }),
    ...('proven' in from && from.proven ? { proven: true } : {}),
    ...('prices' in from && from.prices !== undefined ? { prices: from.prices.costs } : {}),
  };
  return { evaluations, seconds, evaluationsPerSecond, score, ...certain, best };
}

export interface ShownProgress extends SearchNumbers {
  readonly population: { readonly median: number; readonly worst: number };
}

export function shownProgress(progress: SearchProgress, showing: Showing): ShownProgress {
  const { median, worst } = progress.population;
  return {
    ...shownNumbers(progress, shownDesign(progress.score, progress.best, progress.costs, showing)),
    population: { median, worst },
  };
}

export interface ShownSummary extends SearchNumbers {
  readonly front: readonly SearchDesign[];
}

export const shownSummary = (result: SearchResult, showing: Showing): ShownSummary => ({
  ...shownNumbers(result, shownDesign(result.score, result.backbone, result.costs, showing)),
  front: (result.front ?? []).map((p) => shownDesign(p.score, p.backbone, p.costs, showing)),
});

/** What a run is about: where it starts, what it must hold, and every setting that its answer depends on. */
export interface ShownTask {
  readonly name: string;
  readonly backbone: string;
  readonly budget: string;
  readonly limits: readonly Limit[];
  /** The cost that is minimised, and the score to hold; without it the score is maximised. */
  readonly goal?: { readonly cost: string; readonly score: number };
  readonly settings: Readonly<Record<string, string | number>>;
  readonly start: SearchDesign;
  readonly units: CostUnits;
  readonly scoreUnit: string;
}

/** Undefined for a task that cannot be searched. A score that is measured is not known here. */
export function shownTask(name: string, task: SearchTask, showing: Showing): ShownTask | undefined {
  if (prepare(task).kind === 'problem') return undefined;
  const { goal, plateau, timeLimit, prove } = task;
  return {
    name,
    backbone: task.start.name,
    budget: task.budget.name,
    limits: task.budget.limits,
    ...(goal.kind === 'minimise' ? { goal: { cost: goal.cost, score: goal.score } } : {}),
    settings: {
      seed: task.seed,
      evaluations: task.evaluations,
      population: task.population,
      'coarse-to-fine': task.coarseToFine,
      space: task.space.name,
      estimator: task.estimator,
      algorithm: task.algorithm,
      objective: task.objective,
      ...(goal.kind === 'minimise' ? { minimise: goal.cost, score: `>= ${scoreText(goal.score)}` } : {}),
      ...(plateau === undefined ? {} : { plateau }),
      ...(timeLimit === undefined ? {} : { 'time-limit': `${timeLimit}s` }),
      ...(prove === undefined ? {} : { prove: prove ? 'yes' : 'no' }),
      ...(task.pareto === undefined ? {} : { front: task.pareto.join(', ') }),
    },
    start: shownDesign(startScore(task), task.start, wholeCosts(task.start, task.downstream), showing),
    units: costUnits(),
    scoreUnit: objectiveOf(task).unit,
  };
}
