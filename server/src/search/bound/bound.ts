import { Judge } from '../evolve/judge.ts';
import type { Certificate } from '../executor.ts';
import { Evaluator } from '../model/evaluator.ts';
import { encode } from '../model/genome.ts';
import { compileModel, type Model } from '../model/model.ts';
import type { SearchTask } from '../task.ts';
import { type Cut, minimiseConvex } from './ellipsoid.ts';
import { Relaxation } from './relaxation.ts';

/** Output channels per octave while prices are looked for; the bound itself is taken on every multiple of 8. */
const COARSE = 4;
const COARSE_STEPS = 400;
/** Relative precision that the prices are worth. */
const PRECISION = 1e-5;
/** Designs that are handed on. */
const KEPT = 16;

/** What is minimised over prices: L(y) ≥ the optimum for every y ≥ 0, as the score, or as minus the relative cost. */
class Dual {
  readonly model: Model;
  readonly size: readonly number[];
  /** Index of each variable's cost among the additive ones; −1 for the weight of the score. */
  private readonly variables: readonly number[];
  private readonly relaxation: Relaxation;
  private readonly evaluator: Evaluator;
  private readonly judge: Judge;
  private readonly minimised: number;
  private readonly unit: number;
  private readonly hold: number;
  private readonly found = new Map<string, { value: number; genes: Int32Array }>();

  constructor(task: SearchTask) {
    // Padding only takes variance away, so that the fan-in bound holds for the exact estimator too.
    this.model = compileModel({ ...task, estimator: 'fan-in' });
    this.relaxation = new Relaxation(this.model);
    this.evaluator = new Evaluator(task.estimator === 'exact' ? compileModel(task) : this.model, 1);
    this.judge = new Judge(this.evaluator);
    const { goal } = task;
    this.minimised = goal.kind === 'minimise' ? this.model.additive.indexOf(goal.cost as never) : -1;
    this.hold = goal.kind === 'minimise' ? goal.score : 0;
    const limited = this.model.limits.flatMap((limit, c) => (limit < Infinity ? [c] : []));
    this.variables = goal.kind === 'minimise' ? [-1, ...limited] : limited;
    const minimises = goal.kind === 'minimise';
    const free = this.relaxation.solve(1, [], this.grids(COARSE));
    this.evaluator.load(0, encode(this.model, task.start.groups));
    this.unit = minimises ? Math.max(1, this.judge.value(this.minimised)) : 1;
    // No price is worth more than all the score there is. Costs are counted in those of the start, and some nats are
    // worth ten of these at the very most.
    this.size = this.variables.map(() => (minimises ? 10 : Math.max(1, free.value)));
  }

  /** What the precision is relative to. */
  get scale(): number {
    return this.minimised < 0 ? Math.max(...this.size, 1) : 1;
  }

  grids(perOctave: number): Int32Array[] {
    return this.model.slots.map((_, g) => this.relaxation.grid(g, perOctave));
  }

  at(y: readonly number[], grids: readonly Int32Array[]): Cut {
    const { variables, model } = this;
    const prices = model.additive.map(() => 0);
    let weight = 1;
    let constant = 0;
    variables.forEach((c, i) => {
      const price = y[i] ?? 0;
      if (c < 0) {
        weight = price;
        constant -= price * this.hold;
      } else {
        prices[c] = price / (model.limits[c] ?? 1);
        constant += price;
      }
    });
    if (this.minimised >= 0) prices[this.minimised] = (prices[this.minimised] ?? 0) + 1 / this.unit;
    const priced = this.relaxation.solve(weight, prices, grids);
    this.evaluator.load(0, priced.genes);
    const value = priced.value + constant;
    this.found.set(priced.genes.join(), { value, genes: priced.genes });
    const gradient = variables.map((c) =>
      c < 0 ? this.evaluator.score - this.hold : 1 - (this.evaluator.costs[c] ?? 0) / (model.limits[c] ?? 1),
    );
    return { value, gradient };
  }

  /** The bound in its own unit: nats, or what the minimised cost is counted in. */
  inUnits(value: number): number {
    return this.minimised < 0 ? value : -value * this.unit;
  }

  /** The designs that were best at the best prices; they are about as large as the budget, and rarely just so. */
  get designs(): Int32Array {
    const best = [...this.found.values()].sort((a, b) => a.value - b.value).slice(0, KEPT);
    return Int32Array.from(best.flatMap((d) => [...d.genes]));
  }
}

/** Whether a task has a bound: additive scores only, and no minimised memory, which is a maximum and no sum. */
const hasBound = ({ objective, goal }: SearchTask): boolean =>
  objective !== 'deepmad' && objective !== 'zen-measured' && !(goal.kind === 'minimise' && goal.cost === 'memory');

/**
 * The certificate of a task: no design of its space within its budget scores more (METHOD section 4.1, Lagrangian
 * duality). Prices are found on a coarse grid of channels, where a programme takes a fraction of a millisecond; the
 * bound is then taken at these prices over every multiple of 8, and holds whatever the prices are. A budget on memory,
 * which is a maximum and no sum, is left out: without it there are only more designs to bound.
 */
export function certify(task: SearchTask): Certificate | undefined {
  if (!hasBound(task)) return undefined;
  const dual = new Dual(task);
  const coarse = dual.grids(COARSE);
  const full = dual.grids(Infinity);
  const first = minimiseConvex((y) => dual.at(y, coarse), dual.size, PRECISION * dual.scale, COARSE_STEPS);
  const value = dual.at(first.y, full).value;
  return { bound: dual.inUnits(value), designs: dual.designs };
}
