import { isPlainChain } from '../model/model.ts';
import { type Algorithm, isMeasured, type SearchTask } from '../task.ts';
import { DEFAULT, EXACT, PAPER, type Strategy } from './strategy.ts';

/** How a task is cut into islands and epochs. It depends on the task alone, so that the answer does not depend on workers. */
export interface Plan {
  readonly strategy: Strategy;
  readonly islands: number;
  /** Members of each island's population. */
  readonly capacity: number;
  /** Candidates of each island in all, in its coarse phase, and in one epoch. */
  readonly quota: number;
  readonly coarse: number;
  readonly epoch: number;
}

/** An epoch is short enough to be waited for when a search is cancelled: some 10 ms for six groups. */
const LONGEST_EPOCH = 120_000;
const EPOCHS = 4;
/** Where second moments are followed through a graph a candidate takes some milliseconds. */
const SLOW_EPOCH = 128;
/** Designs that are measured at once: what a plan says must not depend on the threads that do it. */
const BROOD = 8;
/** An island with fewer members than this is not worth having. */
const SMALLEST = 8;

const STRATEGIES: Readonly<Record<Algorithm, Strategy>> = { default: DEFAULT, paper: PAPER, exact: EXACT };

export const strategyOf = (task: SearchTask): Strategy => STRATEGIES[task.algorithm];

export function planOf(task: SearchTask, strategy: Strategy = strategyOf(task)): Plan {
  const affordable = Math.floor(Math.min(task.population / SMALLEST, task.evaluations / (SMALLEST * EPOCHS)));
  const measured = isMeasured(task);
  const islands = measured ? 1 : Math.max(1, Math.min(strategy.islands, affordable));
  const quota = Math.max(1, Math.floor(task.evaluations / islands));
  const slow = task.estimator === 'exact' && !isPlainChain(task.start);
  const longest = slow ? SLOW_EPOCH : Math.ceil(LONGEST_EPOCH / task.start.groups.length);
  return {
    strategy,
    islands,
    capacity: Math.ceil(task.population / islands),
    quota,
    coarse: Math.round(quota * task.coarseToFine),
    epoch: measured ? BROOD : Math.min(Math.ceil(quota / EPOCHS), longest),
  };
}
