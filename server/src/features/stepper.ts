import type { Outlook } from '../analysis/what-if.ts';
import type { Group } from '../backbone/backbone.ts';
import { type Budget, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import type { Trials } from './move-effect.ts';

/** Groups with what they cost and score. */
export interface Candidate extends Outlook {
  readonly groups: readonly Group[];
}

/** How far the costs are over the budget: Σ max(0, cost / limit − 1). Zero is within. */
export function excess(costs: Costs, budget: Budget): number {
  return budget.limits.reduce((sum, l) => sum + Math.max(0, costOf(costs, l.cost) / l.amount - 1), 0);
}

/** A step of one group and what it changed when it was last tried. */
interface Step {
  readonly index: number;
  readonly to: Group;
  readonly score: number;
  /** Of each limit of the budget. */
  readonly costs: readonly number[];
}

/** Offers the steps of a group as it is now. */
export type Offer = (g: Group, index: number) => Iterable<Group>;

/** What a step is worth, from what it adds to the score and from the excess after it; −∞ for one that must not be taken. */
export type Worth = (scoreGain: number, excess: number) => number;

/**
 * Takes steps one after the other, each time the one with the highest worth. A step changes what the steps of the same
 * group and of its neighbours do, and others hardly: those keep what was known of them, and are tried once more before
 * they are taken.
 */
export class Stepper {
  current: Candidate;
  private readonly trials: Trials;
  private readonly budget: Budget;
  private readonly offer: Offer;
  private steps: Step[][] = [];
  /** Whether a step was taken since all of them were tried. */
  private stale = false;

  constructor(trials: Trials, start: Candidate, budget: Budget, offer: Offer) {
    this.current = start;
    this.trials = trials;
    this.budget = budget;
    this.offer = offer;
    this.tryAll();
  }

  private tryAll(): void {
    this.steps = this.current.groups.map((_, index) => this.stepsOf(index));
    this.stale = false;
  }

  /** Takes the step with the highest worth; false when none is left. */
  take(worth: Worth): boolean {
    for (;;) {
      const best = this.best(worth);
      if (best === undefined) {
        // A peak of memory has moved to another group since its steps were tried.
        if (!this.stale) return false;
        this.tryAll();
        continue;
      }
      const after = this.try(best.index, best.to);
      const others = this.steps[best.index] ?? [];
      const known = others.indexOf(best);
      if (after === undefined) {
        others.splice(known, 1);
        continue;
      }
      const fresh = this.step(best.index, best.to, after);
      const now = worth(fresh.score, excess(after.costs, this.budget));
      if (now === Number.NEGATIVE_INFINITY) {
        others.splice(known, 1);
        continue;
      }
      others[known] = fresh;
      if (now < worth(best.score, this.excessAfter(best)) - 1e-9 && this.best(worth) !== fresh) continue;
      this.current = after;
      this.stale = true;
      for (const index of [best.index - 1, best.index, best.index + 1]) {
        if (this.steps[index] !== undefined) this.steps[index] = this.stepsOf(index);
      }
      return true;
    }
  }

  private best(worth: Worth): Step | undefined {
    let best: Step | undefined;
    let highest = Number.NEGATIVE_INFINITY;
    for (const step of this.steps.flat()) {
      const value = worth(step.score, this.excessAfter(step));
      if (value > highest) [best, highest] = [step, value];
    }
    return best;
  }

  private excessAfter({ costs }: Step): number {
    return this.budget.limits.reduce((sum, l, i) => {
      const value = costOf(this.current.costs, l.cost) + (costs[i] ?? 0);
      return sum + Math.max(0, value / l.amount - 1);
    }, 0);
  }

  private stepsOf(index: number): Step[] {
    const g = this.current.groups[index];
    if (g === undefined) return [];
    return [...this.offer(g, index)].flatMap((to) => {
      const after = this.try(index, to);
      return after === undefined ? [] : [this.step(index, to, after)];
    });
  }

  private step(index: number, to: Group, after: Candidate): Step {
    const costs = this.budget.limits.map((l) => costOf(after.costs, l.cost) - costOf(this.current.costs, l.cost));
    return { index, to, score: after.score - this.current.score, costs };
  }

  private try(index: number, to: Group): Candidate | undefined {
    const groups = this.trials.with(this.current.groups, index, to);
    const outlook = groups === undefined ? undefined : this.trials.try(groups);
    return groups === undefined || outlook === undefined ? undefined : { groups, ...outlook };
  }
}
