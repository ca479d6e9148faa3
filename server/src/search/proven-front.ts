import { costOf } from '../cost/budget.ts';
import { nonDominated } from './evolve/front.ts';
import { withLimit } from './frontier.ts';
import {
  type FrontPoint,
  isCancelled,
  isResult,
  type SearchProblem,
  type SearchResult,
  type SearchTask,
} from './task.ts';

/** A front whose points were looked at one by one. */
export interface ProvenFront {
  readonly points: readonly FrontPoint[];
  /** Whether all points were. */
  readonly complete: boolean;
}

/**
 * Each point of a front against the best score that the space has at no more of each of its costs: the proof of a search
 * that starts from it, with its costs as limits, and evolves nothing. A better design that a proof comes upon takes its
 * place, and what that one beats goes. Where a proof did not end, the bound says how far the point may be from the best.
 */
export async function proveFront(
  task: SearchTask,
  front: readonly FrontPoint[],
  run: (task: SearchTask) => Promise<SearchResult | SearchProblem>,
  onPoint: (point: FrontPoint, done: number) => void = () => {},
): Promise<ProvenFront> {
  const { pareto: costs = [], ...alone } = task;
  const points: FrontPoint[] = [];
  let complete = true;
  for (const point of front) {
    const within = costs.reduce<SearchTask>((limited, cost) => withLimit(limited, cost, costOf(point.costs, cost)), {
      ...alone,
      start: point.backbone,
      evaluations: 1,
      prove: true,
    });
    const outcome = complete ? await run(within) : undefined;
    if (outcome !== undefined && isCancelled(outcome)) complete = false;
    const looked = complete && outcome !== undefined && isResult(outcome) ? provenPoint(outcome) : point;
    points.push(looked);
    if (complete) onPoint(looked, points.length);
  }
  const weighed = points.map((point) => ({ ...point, point, costs: costs.map((cost) => costOf(point.costs, cost)) }));
  return { points: nonDominated(weighed).map(({ point }) => point), complete };
}

const provenPoint = ({ score, costs, backbone, bound, proven }: SearchResult): FrontPoint => ({
  score,
  costs,
  backbone,
  proven,
  ...(bound === undefined ? {} : { bound }),
});
