import { ChainEvaluator } from '../model/chain-evaluator.ts';
import { GENES, OUT } from '../model/genome.ts';
import { intoSpace } from '../model/into-space.ts';
import { type ChainModel, compileChain } from '../model/model.ts';
import type { Estimator, SearchTask } from '../task.ts';
import { type Cut, minimiseConvex } from './ellipsoid.ts';
import { inBlocks } from './in-blocks.ts';
import type { Shapes } from './priced-groups.ts';
import { unitOf, variablesOf } from './prices.ts';
import { Relaxation } from './relaxation.ts';

/** Output channels per octave while prices are looked for; the bound itself is taken on every multiple of 8. */
export const COARSE = 4;
const COARSE_STEPS = 400;
/** Relative precision that the prices are worth. */
const PRECISION = 1e-5;
/** The same where it is worth a proof. */
const FINE = 1e-7;
/** Layers that rounding may add to a bound. */
const WHOLE = 1e-6;
/** Designs that are handed on. */
const KEPT = 16;

/** The dual at some prices, with the design that is best at them. */
export interface DualCut extends Cut {
  readonly genes: Int32Array;
}

/** Weight of the score, price of each additive cost, and what is added to them. */
export interface Lagrangian {
  readonly weight: number;
  readonly prices: readonly number[];
  readonly constant: number;
}

/** What is minimised over prices: L(y) ≥ the optimum for every y ≥ 0, as the score, or as minus the relative cost. */
export class Dual {
  readonly model: ChainModel;
  readonly size: readonly number[];
  /** Index of each variable's cost among the additive ones; −1 for the weight of the score. */
  private readonly variables: readonly number[];
  /** Holds the design that was met last. */
  readonly evaluator: ChainEvaluator;
  readonly relaxation: Relaxation;
  /** Index of the minimised cost among the additive ones; −1 where the score is maximised. */
  readonly minimised: number;
  /** A design of the space whose widths coarse grids have too: between outputs that are kept there may be no other way. */
  private readonly through: Int32Array | undefined;
  private readonly unit: number;
  private readonly hold: number;
  private readonly found = new Map<string, { value: number; genes: Int32Array }>();

  /** @param estimator whose score is bounded; padding only takes variance away, so that the fan-in bound holds for both */
  constructor(task: SearchTask, estimator: Estimator = 'fan-in') {
    this.model = inBlocks(compileChain({ ...task, estimator }));
    this.relaxation = new Relaxation(this.model);
    this.evaluator = new ChainEvaluator(task.estimator === estimator ? this.model : compileChain(task), 1);
    const { goal } = task;
    this.minimised = goal.kind === 'minimise' ? this.model.additive.indexOf(goal.cost as never) : -1;
    this.hold = goal.kind === 'minimise' ? goal.score : 0;
    this.variables = variablesOf(this.model);
    const minimises = goal.kind === 'minimise';
    let free = this.relaxation.solve(1, [], this.grids(COARSE));
    if (free.value === -Infinity) {
      this.through = intoSpace(this.model);
      free = this.relaxation.solve(1, [], this.grids(COARSE));
    }
    this.unit = unitOf(this.evaluator);
    // No price is worth more than all the score there is. Costs are counted in those of the start, and some nats are
    // worth ten of these at the very most.
    this.size = this.variables.map(() => (minimises ? 10 : Math.max(1, free.value)));
  }

  /** What the precision is relative to. */
  get scale(): number {
    return this.minimised < 0 ? Math.max(...this.size, 1) : 1;
  }

  /** Bytes that no group may exceed; the budget's limit at first. */
  set memoryCap(bytes: number) {
    this.relaxation.memoryCap = Math.min(bytes, this.model.memoryLimit);
  }

  grids(perOctave: number): Int32Array[] {
    const { through } = this;
    return this.model.slots.map((_, g) => {
      const grid = this.relaxation.grid(g, perOctave);
      const own = through?.[GENES * g + OUT] ?? 0;
      return own === 0 || grid.includes(own) ? grid : Int32Array.from([...grid, own]).sort();
    });
  }

  /** All of the space, group by group. */
  get whole(): Shapes {
    return this.relaxation.whole;
  }

  at(y: readonly number[], grids: readonly Int32Array[], box = this.whole): DualCut {
    const { weight, prices, constant } = this.lagrangian(y);
    const { value: priced, genes } = this.relaxation.solve(weight, prices, grids, box);
    if (priced === -Infinity) return { value: -Infinity, gradient: y.map(() => 0), genes };
    this.evaluator.load(0, genes);
    const value = priced + constant;
    this.found.set(genes.join(), { value, genes });
    return { value, gradient: this.gradient(this.evaluator), genes };
  }

  /** What a design is worth at some prices: weight · Z − Σ_c price_c · cost_c + constant. */
  lagrangian(y: readonly number[]): Lagrangian {
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
    return { weight, prices, constant };
  }

  /** How the worth of the best design at some prices, with these totals, changes with each of them. */
  gradient({ score, costs }: Pick<ChainEvaluator, 'score' | 'costs'>): number[] {
    return this.variables.map((c) => (c < 0 ? score - this.hold : 1 - (costs[c] ?? 0) / (this.model.limits[c] ?? 1)));
  }

  /** Looks for the prices at which the bound is least, taken by `at`. */
  minimise(at: (y: readonly number[]) => Cut): { readonly y: readonly number[]; readonly value: number } {
    return minimiseConvex(at, this.size, PRECISION * this.scale, COARSE_STEPS);
  }

  /** The same near prices that are about right, and more precisely. */
  refine(at: (y: readonly number[]) => Cut, near: readonly number[], steps: number) {
    const reach = near.map((y, i) => Math.max(0.1 * y, 0.002 * (this.size[i] ?? 0)));
    return minimiseConvex(at, reach, FINE * this.scale, steps, near);
  }

  /** The prices at which the bound on these grids is least. */
  prices(grids: readonly Int32Array[]): readonly number[] {
    return this.minimise((y) => this.at(y, grids, { ...this.whole, sparse: true })).y;
  }

  /** What the dual bounds, of a design: its fan-in score, or minus its relative cost. */
  worth(genes: Int32Array): number {
    const e = new ChainEvaluator(this.model, 1);
    e.load(0, genes);
    return this.worthOf(e);
  }

  /** The same of totals. */
  worthOf({ score, costs }: Pick<ChainEvaluator, 'score' | 'costs'>): number {
    return this.minimised < 0 ? score : this.fromUnits(costs[this.minimised] ?? 0);
  }

  /** Whether a design with these totals is within the budget, and holds the score where a cost is minimised. */
  within({ score, costs }: Pick<ChainEvaluator, 'score' | 'costs'>): boolean {
    const { limits } = this.model;
    return (this.minimised < 0 || score >= this.hold) && costs.every((cost, c) => cost <= (limits[c] ?? 0));
  }

  /** What a design that is better is worth more at least: a whole layer, but for what rounding takes. */
  get leastGain(): number {
    return this.model.additive[this.minimised] === 'layers' ? (1 - WHOLE) / this.unit : 0;
  }

  fromUnits(bound: number): number {
    return this.minimised < 0 ? bound : -bound / this.unit;
  }

  /** The bound in its own unit: nats, or what the minimised cost is counted in. */
  inUnits(value: number): number {
    if (this.minimised < 0) return value;
    const least = -value * this.unit;
    // There is no part of a layer.
    return this.model.additive[this.minimised] === 'layers' ? Math.ceil(least - WHOLE) : least;
  }

  /** The designs that were best at the best prices; they are about as large as the budget, and rarely just so. */
  get designs(): Int32Array {
    const best = [...this.found.values()].sort((a, b) => a.value - b.value).slice(0, KEPT);
    return Int32Array.from(best.flatMap((d) => [...d.genes]));
  }
}
