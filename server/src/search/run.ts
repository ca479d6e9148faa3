import { analyse } from '../analysis/analyse.ts';
import type { Backbone } from '../backbone/backbone.ts';
import { exceeded } from '../cost/budget.ts';
import { violations } from '../space/constraints.ts';
import { applyMove, movesFor } from '../space/moves.ts';
import { SPACES } from '../space/space.ts';
import type { SearchProblem, SearchProgress, SearchResult, SearchTask, Stopped } from './task.ts';

/** What a caller listens to. Progress comes at most five times a second. */
export interface SearchHooks {
  readonly onProgress?: (progress: SearchProgress) => void;
  readonly signal?: AbortSignal;
}

interface Member {
  readonly backbone: Backbone;
  readonly score: number;
}

const PROGRESS_INTERVAL = 200;
const SLICE = 20;

/** The evolutionary algorithm in its plainest form, on `analyse()`, in slices that let the event loop breathe. */
export async function search(task: SearchTask, hooks: SearchHooks = {}): Promise<SearchResult | SearchProblem> {
  const space = SPACES[task.space];
  const layersLimit = task.budget.limits.find((l) => l.cost === 'layers')?.amount;
  const scoreOf = (b: Backbone): number => analyse(b).score[task.estimator === 'exact' ? 'exact' : 'fanIn'];
  const holds = (b: Backbone): boolean =>
    violations(b, space, layersLimit).length === 0 && exceeded(analyse(b).costs, task.budget).length === 0;
  let state = (task.seed >>> 0) + 0x9e3779b9;
  const random = (n: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const begun = performance.now();
  const start: Member = { backbone: task.start, score: scoreOf(task.start) };
  const population: Member[] = [start];
  let best = start;
  let evaluations = 0;
  let stopped: Stopped = 'done';
  let reported = begun;
  let slice = begun;
  while (evaluations < task.evaluations) {
    const now = performance.now();
    if (now - slice > SLICE) {
      if (now - reported > PROGRESS_INTERVAL) {
        reported = now;
        hooks.onProgress?.(progressOf(task, evaluations, (now - begun) / 1000, best, population));
      }
      await new Promise((resolve) => setTimeout(resolve, 0));
      slice = performance.now();
      if (hooks.signal?.aborted) {
        stopped = 'cancelled';
        break;
      }
    }
    const parent = population[random(population.length)] ?? start;
    let groups = parent.backbone.groups;
    const phase = evaluations < task.evaluations * task.coarseToFine ? 'coarse' : 'fine';
    for (let i = 0; i < 2; i++) {
      const index = random(groups.length);
      const g = groups[index];
      const moves = g === undefined ? [] : movesFor(g, space, phase);
      const move = moves[random(moves.length)];
      if (move !== undefined) groups = applyMove(groups, index, move) ?? groups;
    }
    evaluations += 1;
    const backbone = { ...parent.backbone, groups };
    if (!holds(backbone)) continue;
    const child = { backbone, score: scoreOf(backbone) };
    if (child.score > best.score || best === start) best = child;
    population.push(child);
    population.sort((a, b) => b.score - a.score);
    population.length = Math.min(population.length, task.population);
  }
  const seconds = (performance.now() - begun) / 1000;
  return {
    kind: 'result',
    evaluations,
    seconds,
    evaluationsPerSecond: evaluations / seconds,
    seed: task.seed,
    estimator: task.estimator,
    objective: task.objective,
    score: best.score,
    costs: analyse(best.backbone).costs,
    backbone: best.backbone,
    start: { score: start.score, costs: analyse(task.start).costs, repaired: [] },
    stopped,
  };
}

function progressOf(
  task: SearchTask,
  evaluations: number,
  seconds: number,
  best: Member,
  population: readonly Member[],
): SearchProgress {
  const rate = evaluations / seconds;
  return {
    evaluations,
    seconds,
    evaluationsPerSecond: rate,
    score: best.score,
    best: best.backbone,
    secondsLeft: (task.evaluations - evaluations) / rate,
    phase: evaluations < task.evaluations * task.coarseToFine ? 'coarse' : 'fine',
    population: {
      size: population.length,
      best: population[0]?.score ?? best.score,
      median: population[population.length >> 1]?.score ?? best.score,
      worst: population.at(-1)?.score ?? best.score,
    },
  };
}
