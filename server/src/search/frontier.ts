import type { Backbone } from '../backbone/backbone.ts';
import type { CostName } from '../cost/budget.ts';
import { isCancelled, isResult, type SearchProblem, type SearchResult, type SearchTask } from './task.ts';

/** Limits that a frontier is searched at. */
export const FRONTIER_POINTS = 20;

/** The best score that one limit of a budget allows. */
export interface FrontierPoint {
  readonly limit: number;
  /** What was found; absent where no design is within the limit. */
  readonly best?: { readonly score: number; readonly backbone: Backbone };
  readonly bound?: number;
  /** Whether no design of the space within the budget is better. */
  readonly proven: boolean;
}

export interface Frontier {
  readonly points: readonly FrontierPoint[];
  /** Whether all limits were searched. */
  readonly complete: boolean;
  /** Why there is no point, or why no more. */
  readonly problem?: SearchProblem;
}

/** So many limits from one to the other, each the same factor above the one before; of whole numbers each only once. */
export function geometricLimits(from: number, to: number, count: number, whole: boolean): number[] {
  const limits = Array.from({ length: count }, (_, i) => {
    if (i === 0 || i === count - 1) return i === 0 ? from : to;
    const limit = from * (to / from) ** (i / (count - 1));
    return whole ? Math.round(limit) : limit;
  });
  return [...new Set(limits)];
}

/** The same task with another limit on a cost, or with one where it has none. All other limits stay. */
export function withLimit(task: SearchTask, cost: CostName, amount: number): SearchTask {
  const { name, limits } = task.budget;
  const others = limits.filter((limit) => limit.cost !== cost);
  return { ...task, budget: { name: name === '' ? cost : name, limits: [...others, { cost, amount }] } };
}

/**
 * Searches a task at each of these limits on one cost, the least first. What one search knows holds for the others: a
 * design within a limit is within every larger one, and a bound under a limit holds under every smaller one.
 */
export async function frontier(
  task: SearchTask,
  cost: CostName,
  limits: readonly number[],
  run: (task: SearchTask) => Promise<SearchResult | SearchProblem>,
  onPoint: (point: FrontierPoint) => void = () => {},
): Promise<Frontier> {
  const points: FrontierPoint[] = [];
  const far = (complete: boolean, problem?: SearchProblem): Frontier => ({
    points: shared(points),
    complete,
    ...(problem === undefined ? {} : { problem }),
  });
  let impossible: SearchProblem | undefined;
  for (const limit of limits) {
    const outcome = await run(withLimit(task, cost, limit));
    if (isCancelled(outcome)) return far(false);
    if (!isResult(outcome) && outcome.code !== 'budget-impossible') return far(false, outcome);
    if (!isResult(outcome)) impossible = outcome;
    const point = isResult(outcome) ? pointOf(limit, outcome) : { limit, proven: false };
    points.push(point);
    onPoint(point);
  }
  return points.some(({ best }) => best !== undefined) ? far(true) : far(true, impossible);
}

const pointOf = (limit: number, { score, backbone, bound, proven }: SearchResult): FrontierPoint => ({
  limit,
  best: { score, backbone },
  proven,
  ...(bound === undefined ? {} : { bound }),
});

/** Every point with the best design of all smaller limits, and the least bound of all larger ones. */
export function shared(points: readonly FrontierPoint[]): FrontierPoint[] {
  let best: FrontierPoint['best'];
  const found = points.map((point) => {
    if (best === undefined || (point.best?.score ?? -Infinity) > best.score) best = point.best;
    // Where no design is known to be possible, a smaller limit has none either.
    return best === undefined ? point : { ...point, best };
  });
  let bound: number | undefined;
  return found
    .toReversed()
    .map((point): FrontierPoint => {
      if (point.bound !== undefined) bound = Math.min(bound ?? Infinity, point.bound);
      if (bound === undefined || point.best === undefined) return point;
      return { ...point, bound, proven: point.proven || point.best.score >= bound };
    })
    .toReversed();
}

/**
 * The knee, as an index: the first point from which on more gains little, its slope being less than half of that of the
 * chord from the first point to the last. The slope of a point is score per unit of cost from the point before.
 */
export function kneeOf(points: readonly FrontierPoint[]): number | undefined {
  const known = points.flatMap(({ limit, best }, index) =>
    best === undefined ? [] : [{ limit, score: best.score, index }],
  );
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || last.limit === first.limit) return undefined;
  const slope = (a: typeof first, b: typeof first): number => (b.score - a.score) / (b.limit - a.limit);
  const chord = slope(first, last);
  return known.find((point, i) => i > 0 && slope(known[i - 1] ?? first, point) < chord / 2)?.index;
}
