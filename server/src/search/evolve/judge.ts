import type { CostName } from '../../cost/budget.ts';
import { isOfWhole } from '../../cost/registry.ts';
import { isLatency } from '../../latency/latency-cost.ts';
import type { Evaluator } from '../model/evaluator.ts';
import { placeOf } from '../model/model.ts';

/** Nats that a design below the score to hold is worth less than any that holds it. */
const BELOW = 1e30;

/**
 * What a nat is worth among designs of the same cost; all nats together are worth less than one of what costs count.
 * Memory is a maximum and layers are few: most moves leave them as they are, and what such a move gains in score is what
 * the next step down takes.
 */
const TIE = 1e-7;
/** The same where what is minimised is no count: a cost of the whole network, or a time on a device. */
const FINE_TIE = 1e-12;

const isCount = (cost: CostName): boolean => !isOfWhole(cost) && !isLatency(cost);

/** Whether the fitness is a cost that is minimised, and not what a design below the score to hold has: no cost is so large. */
export const holdsScore = (fitness: number): boolean => fitness > -1e17;

/** Weighs the totals of the row that an evaluator refreshed last: against the budget, and against other designs. */
export class Judge {
  private readonly evaluator: Evaluator;
  private readonly limits: Float64Array;
  private readonly memoryLimit: number;
  private readonly minimised: number;
  private readonly hold: number;
  private readonly tie: number;

  constructor(evaluator: Evaluator) {
    const { task, limits, memoryLimit } = evaluator.model;
    this.evaluator = evaluator;
    this.limits = Float64Array.from(limits);
    this.memoryLimit = memoryLimit;
    this.minimised = task.goal.kind === 'minimise' ? placeOf(evaluator.model, task.goal.cost) : -1;
    this.tie = task.goal.kind === 'minimise' && !isCount(task.goal.cost) ? FINE_TIE : TIE;
    this.hold = task.goal.kind === 'minimise' ? task.goal.score : 0;
  }

  /** The limit that is exceeded most, by its place (`placeOf`); −1 for none. */
  exceeded(): number {
    const { limits } = this;
    const { costs, memory } = this.evaluator;
    let worst = -1;
    let most = 1;
    for (let c = 0; c < limits.length; c++) {
      const ratio = (costs[c] ?? 0) / (limits[c] ?? 0);
      if (ratio > most) {
        most = ratio;
        worst = c;
      }
    }
    if (memory / this.memoryLimit > most) worst = limits.length;
    return worst;
  }

  /** How much of a limit is left; negative where it is exceeded. */
  slack(limit: number): number {
    return (this.limits[limit] ?? this.memoryLimit) - this.value(limit);
  }

  value(cost: number): number {
    return cost < this.limits.length ? (this.evaluator.costs[cost] ?? 0) : this.evaluator.memory;
  }

  /** The score; or, when a cost is minimised, that cost negated, and far less for designs that do not hold the score. */
  fitness(): number {
    const { score } = this.evaluator;
    if (this.minimised < 0) return score;
    if (score < this.hold) return (score - this.hold) * BELOW;
    return -this.value(this.minimised) + score * this.tie;
  }
}
