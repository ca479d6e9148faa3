import { isOfWhole, isPeak } from '../../cost/registry.ts';
import { logOf, type ObjectiveDefinition } from '../../entropy/objectives/definition.ts';
import { objectiveOf } from '../../entropy/objectives/registry.ts';
import type { Certificate } from '../executor.ts';
import { isPlainChain } from '../model/model.ts';
import { isMeasured, type SearchTask } from '../task.ts';
import { COARSE, Dual } from './dual.ts';
import { certifyMemory } from './least-memory.ts';

/**
 * The certificate of a task: no design of its space within its budget scores more (docs/method.md 4.1, Lagrangian
 * duality). Prices are found on a coarse grid of channels, where a programme takes a fraction of a millisecond; the
 * bound is then taken at these prices over every multiple of 8, and holds whatever the prices are. A budget on memory,
 * which is a maximum and no sum, has no price: it rules out what no single group may have. A limit on a cost of the whole
 * network is left out, and so is what waits for a downstream: among more designs the best is no worse.
 */
export function certify(task: SearchTask): Certificate | undefined {
  const { goal } = task;
  if (unbounded(task) !== undefined) return undefined;
  if (goal.kind === 'minimise' && isPeak(goal.cost)) return certifyMemory(task, goal);
  const dual = new Dual(task);
  const prices = dual.prices(dual.grids(COARSE));
  const { value } = dual.at(prices, dual.grids(Infinity));
  return { bound: dual.inUnits(value), designs: dual.designs, prices: Float64Array.from(prices) };
}

/** Whether a score is a sum over groups, as a bound needs it. */
const isSum = (definition: ObjectiveDefinition): boolean =>
  definition.form === 'additive' && logOf(definition) === undefined;

/** What no bound is known for, where a task has none: it is no sum over the groups of a chain. */
export function unbounded(task: Pick<SearchTask, 'start' | 'goal' | 'objective'>): string | undefined {
  const { start, goal, objective } = task;
  if (isMeasured(task)) return 'a measured score';
  if (!isPlainChain(start)) return start.wiring === undefined ? 'blocks that branch' : 'a graph';
  if (!isSum(objectiveOf(task))) return `the objective ${objective}`;
  return goal.kind === 'minimise' && isOfWhole(goal.cost) ? `the least ${goal.cost}` : undefined;
}
