import { objectiveOf } from '../../entropy/objectives/registry.ts';
import type { Certificate } from '../executor.ts';
import { isMeasured, type SearchTask } from '../task.ts';
import { COARSE, Dual } from './dual.ts';
import { certifyMemory } from './least-memory.ts';

/**
 * The certificate of a task: no design of its space within its budget scores more (docs/method.md 4.1, Lagrangian
 * duality). Prices are found on a coarse grid of channels, where a programme takes a fraction of a millisecond; the
 * bound is then taken at these prices over every multiple of 8, and holds whatever the prices are. A budget on memory,
 * which is a maximum and no sum, has no price: it rules out what no single group may have. A score that is no
 * sum over groups, as DeepMAD's, has no bound, nor has one that is measured.
 */
export function certify(task: SearchTask): Certificate | undefined {
  const { goal } = task;
  if (objectiveOf(task).form === 'stages' || isMeasured(task)) return undefined;
  if (goal.kind === 'minimise' && goal.cost === 'memory') return certifyMemory(task, goal.score);
  const dual = new Dual(task);
  const prices = dual.prices(dual.grids(COARSE));
  const { value } = dual.at(prices, dual.grids(Infinity));
  return { bound: dual.inUnits(value), designs: dual.designs, prices: Float64Array.from(prices) };
}
