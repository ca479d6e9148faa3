import { wholeCosts } from '../analysis/whole-costs.ts';
import type { Backbone } from '../backbone/backbone.ts';
import type { CostName } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import type { AliveForm, Downstream, PerChannel } from '../cost/downstream.ts';
import { costNamed } from '../cost/registry.ts';
import { isCancelled, isResult, type SearchProblem, type SearchResult, type SearchTask } from './task.ts';

/** Another downstream of a task, and what it is called: values by the names of what is varied. */
export interface VariantTask {
  readonly values: Readonly<Record<string, number>>;
  readonly downstream: Downstream;
}

/** The best score that a backbone has before one downstream. */
export interface VariantPoint extends VariantTask {
  /** What was found; absent where no design is within the budget. Costs are those of the whole. */
  readonly best?: { readonly score: number; readonly backbone: Backbone; readonly costs: Costs };
  readonly bound?: number;
  /** Whether no design of the space within the budget is better. */
  readonly proven: boolean;
}

export interface Variants {
  /** In the order in which they were asked for. */
  readonly points: readonly VariantPoint[];
  /** Whether all were searched. */
  readonly complete: boolean;
  /** Why there are no more. */
  readonly problem?: SearchProblem;
}

/**
 * Searches a task that maximises its score once before each of these downstreams. What one search knows holds for the others: a
 * design within the budget before one is within it before every lighter one, and a bound before one holds before every heavier.
 *
 * @param written the first of them, with what the task itself found before it
 */
export async function variants(
  task: SearchTask,
  written: VariantTask & { readonly result: SearchResult },
  lighter: readonly VariantTask[],
  run: (task: SearchTask) => Promise<SearchResult | SearchProblem>,
  onPoint: (point: VariantPoint) => void = () => {},
): Promise<Variants> {
  const { result, ...first } = written;
  const points = [pointOf(first, result)];
  const limited = task.budget.limits.map(({ cost }) => cost);
  const far = (complete: boolean, problem?: SearchProblem): Variants => ({
    points: sharedPoints(points, limited),
    complete,
    ...(problem === undefined ? {} : { problem }),
  });
  for (const variant of lighter) {
    const outcome = await run(taskBefore(task, variant));
    if (isCancelled(outcome)) return far(false);
    if (!isResult(outcome) && outcome.code !== 'budget-impossible') return far(false, outcome);
    const point = isResult(outcome) ? pointOf(variant, outcome) : { ...variant, proven: false };
    points.push(point);
    onPoint(point);
  }
  return far(true);
}

/** The front of the task is that of the downstream that is written. */
function taskBefore({ pareto: _, ...task }: SearchTask, { downstream }: VariantTask): SearchTask {
  return { ...task, downstream };
}

const pointOf = (
  { values, downstream }: VariantTask,
  { score, backbone, costs, bound, proven }: SearchResult,
): VariantPoint => ({
  values,
  downstream,
  best: { score, backbone, costs },
  proven,
  ...(bound === undefined ? {} : { bound }),
});

/** Every point with the best design before all that is no lighter, and the least bound before all that is no heavier. */
export function sharedPoints(points: readonly VariantPoint[], limited: readonly CostName[]): VariantPoint[] {
  return points.map((point) => {
    const { downstream } = point;
    let { best, bound } = point;
    for (const other of points) {
      if (other === point) continue;
      const better = (other.best?.score ?? -Infinity) > (best?.score ?? -Infinity);
      if (better && isNoHeavier(downstream, other.downstream, limited)) best = other.best;
      if (other.bound !== undefined && isNoHeavier(other.downstream, downstream, limited))
        bound = Math.min(bound ?? Infinity, other.bound);
    }
    if (best === undefined) return point;
    const costs = best === point.best ? best.costs : wholeCosts(best.backbone, downstream);
    const proven = point.proven || (bound !== undefined && best.score >= bound);
    return { ...point, best: { ...best, costs }, proven, ...(bound === undefined ? {} : { bound }) };
  });
}

/**
 * Whether no design has more of any of these costs before one downstream than before another. Both must read and keep the same
 * groups, so that both have the same designs and as much waits for them.
 */
export function isNoHeavier(a: Downstream, b: Downstream, limited: readonly CostName[]): boolean {
  const same = (x: readonly number[], y: readonly number[]): boolean =>
    x.length === y.length && x.every((group) => y.includes(group));
  if (!same(a.reads, b.reads) || !same(a.kept, b.kept)) return false;
  return limited.every((cost) => {
    const kind = costNamed(cost)?.kind;
    if (kind === 'peak') return a.alive.every((form) => b.alive.some((other) => isFormNoMore(form, other)));
    if (kind !== 'sum') return true;
    const adds = (of: Downstream): PerChannel<number>[] =>
      of.perChannel.map(({ group, adds: own }) => ({ group, adds: own[cost] ?? 0 }));
    return isFormNoMore(
      { one: a.costs[cost] ?? 0, perChannel: adds(a) },
      { one: b.costs[cost] ?? 0, perChannel: adds(b) },
    );
  });
}

/** Whether one amount is no more than another, whatever the channels are. */
function isFormNoMore(a: AliveForm, b: AliveForm): boolean {
  const of = ({ perChannel }: AliveForm, group: number): number =>
    perChannel.reduce((sum, own) => (own.group === group ? sum + own.adds : sum), 0);
  const groups = new Set([...a.perChannel, ...b.perChannel].map(({ group }) => group));
  return a.one <= b.one && [...groups].every((group) => of(a, group) <= of(b, group));
}
