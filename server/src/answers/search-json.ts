import { evidenceNotes } from '../features/evidence-problems.ts';
import type { ReadySearch } from '../features/search-targets.ts';
import { printBackbone } from '../language/print.ts';
import type { SearchResult, SearchTask } from '../search/task.ts';
import { costsJson } from './score-json.ts';

/** The last line of `mae search --json`: a contract that other programs rely on. */
export function resultJson(search: ReadySearch, task: SearchTask, result: SearchResult) {
  const { evaluations, seconds, evaluationsPerSecond, seed, estimator, score, costs, backbone, start, stopped } =
    result;
  const notes = evidenceNotes(backbone);
  return {
    type: 'result',
    evaluations,
    seconds,
    evaluationsPerSecond,
    seed,
    // A score is never without what it is: closed form or measurement.
    estimator: result.measured === undefined ? estimator : 'measured',
    objective: result.objective,
    ...(result.measured === undefined ? {} : { measured: result.measured }),
    score,
    bound: result.bound ?? null,
    gap: result.gap ?? null,
    proven: result.proven,
    prices: result.prices?.costs ?? null,
    ...(notes.length === 0 ? {} : { notes }),
    costs: costsJson(costs),
    backbone: printBackbone(backbone),
    search: search.name,
    budget: task.budget.name === '' ? null : task.budget.name,
    goal: task.goal,
    start: { score: start.score, costs: costsJson(start.costs), repaired: start.repaired },
    stopped,
    ...(result.failure === undefined ? {} : { failure: result.failure }),
    ...(result.front === undefined
      ? {}
      : {
          front: result.front.map((point) => ({
            score: point.score,
            costs: costsJson(point.costs),
            backbone: printBackbone(point.backbone),
            ...(point.proven === undefined ? {} : { bound: point.bound ?? null, proven: point.proven }),
          })),
        }),
  };
}
