import type { Backbone } from '../backbone/backbone.ts';
import type { Budget, CostName } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import type { Downstream } from '../cost/downstream.ts';
import { DEFAULT_OBJECTIVE, objectiveNamed } from '../entropy/objectives/registry.ts';
import type { NamedProfile } from '../latency/latency-cost.ts';
import type { Violation } from '../space/constraints.ts';
import { DEFAULT_SPACE } from '../space/presets.ts';
import type { Space } from '../space/space.ts';
import type { Prices } from './bound/prices.ts';
import type { Instrument } from './measured/scorer.ts';

export const ESTIMATORS = ['fan-in', 'exact'] as const;
export type Estimator = (typeof ESTIMATORS)[number];

export const ALGORITHMS = ['default', 'paper', 'exact'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** The name of an objective in its registry; see entropy/objectives. */
export type Objective = string;

/** Maximise the score under the budget, or minimise a cost while the score holds. */
export type Goal =
  | { readonly kind: 'maximise' }
  | { readonly kind: 'minimise'; readonly cost: CostName; readonly score: number };

/** A search as plain data: it can be cloned to a worker, written to a checkpoint, and hashed. */
export interface SearchTask {
  readonly start: Backbone;
  /** What stands behind the backbone and is paid with it: all costs are then those of both. */
  readonly downstream?: Downstream;
  readonly budget: Budget;
  readonly space: Space;
  /** Candidates whose cost and score are computed, feasible or not; where the score is measured, designs that are. */
  readonly evaluations: number;
  readonly population: number;
  /** Share of the evaluations that may change everything, 0 to 1. */
  readonly coarseToFine: number;
  readonly seed: number;
  readonly estimator: Estimator;
  readonly algorithm: Algorithm;
  readonly objective: Objective;
  readonly goal: Goal;
  /** Processes that do the work; the answer does not depend on it. */
  readonly workers: number;
  /** Seconds after which the best so far is the answer. The answer then depends on the machine. */
  readonly timeLimit?: number;
  /** Stop after this many evaluations without a better design. */
  readonly plateau?: number;
  /** Whether the search ends in a proof where it can; left out, where about a second is enough for it. */
  readonly prove?: boolean;
  /** Keep the front of score against these costs. */
  readonly pareto?: readonly CostName[];
  /** The devices' profiles behind those of its costs that are times on a device. */
  readonly profiles?: readonly NamedProfile[];
}

export const DEFAULT_TASK: Omit<SearchTask, 'start' | 'budget'> = {
  space: DEFAULT_SPACE,
  evaluations: 96_000,
  population: 256,
  coarseToFine: 0.5,
  seed: 0,
  estimator: 'fan-in',
  algorithm: 'default',
  objective: DEFAULT_OBJECTIVE.name,
  goal: { kind: 'maximise' },
  workers: 1,
};

/** What a search does by default where a score is measured, which takes some hundred milliseconds and not one microsecond. */
export const MEASURED_TASK = { evaluations: 500, population: 8 } as const;

/** Whether a search scores its designs by forward passes. */
export const isMeasured = ({ objective }: Pick<SearchTask, 'objective'>): boolean =>
  objectiveNamed(objective)?.measured === true;

export interface SearchProgress {
  readonly evaluations: number;
  readonly seconds: number;
  readonly evaluationsPerSecond: number;
  /** Of the best design so far, in nats (or the objective's own unit). */
  readonly score: number;
  /** No design scores higher, or costs less when a cost is minimised; absent while it is being computed, or where none is known. */
  readonly bound?: number;
  /** 1 − score / bound: at most this share is missing. When a cost is minimised: 1 − bound / cost. */
  readonly gap?: number;
  readonly best: Backbone;
  readonly costs: Costs;
  readonly secondsLeft: number;
  readonly phase: 'coarse' | 'fine' | 'polish';
  /** Scores; when a cost is minimised, that cost of the designs that hold the score. */
  readonly population: {
    readonly size: number;
    readonly best: number;
    readonly median: number;
    readonly worst: number;
  };
}

/** A design on the front of score against costs. */
export interface FrontPoint {
  readonly score: number;
  readonly costs: Costs;
  readonly backbone: Backbone;
  /** Upper bound of the score at no more of each of its costs, and whether that is reached; where it was looked for (proven-front.ts). */
  readonly bound?: number;
  readonly proven?: boolean;
}

/** One of the best designs that a search ended with. */
export interface Leader {
  readonly score: number;
  readonly backbone: Backbone;
}

export type Stopped = 'done' | 'cancelled' | 'plateau' | 'time' | 'failed';

export interface SearchResult {
  readonly kind: 'result';
  readonly evaluations: number;
  readonly seconds: number;
  readonly evaluationsPerSecond: number;
  readonly seed: number;
  readonly estimator: Estimator;
  readonly objective: Objective;
  readonly goal: Goal;
  readonly score: number;
  /** Upper bound of the score, or lower bound of the cost that is minimised. */
  readonly bound?: number;
  readonly gap?: number;
  /** Whether no design of the space within the budget is better. */
  readonly proven: boolean;
  /** What the budget is worth, where a bound with prices is known; see bound/prices.ts. */
  readonly prices?: Prices;
  readonly costs: Costs;
  readonly backbone: Backbone;
  readonly start: {
    readonly score: number;
    readonly costs: Costs;
    /** What had to be changed to bring the start network into the space; empty when nothing. */
    readonly repaired: readonly Violation[];
  };
  readonly stopped: Stopped;
  /** Why it ended early, when it is the best of a search that failed. */
  readonly failure?: string;
  /** What measured the scores, where they are measured. */
  readonly measured?: Instrument;
  readonly front?: readonly FrontPoint[];
  /** The best different designs of the final population, best first, when they were asked for. */
  readonly leaders?: readonly Leader[];
}

/** Why there is no result. `message` says what would be right. */
export type SearchProblem = {
  readonly kind: 'problem';
  readonly message: string;
} & (
  | { readonly code: 'start-breaks-space'; readonly violations: readonly Violation[] }
  | {
      readonly code: 'budget-impossible';
      readonly budget: string;
      readonly cost: CostName;
      readonly amount: number;
      /** The least of this cost that a design in this space can have. */
      readonly least: number;
      /** Whether that was only looked for: there may be designs with less. */
      readonly looked: boolean;
    }
  | { readonly code: 'score-impossible'; readonly score: number; readonly best: number }
  | { readonly code: 'bad-task' }
  | { readonly code: 'bad-checkpoint'; readonly file: string }
  | { readonly code: 'unwritable-checkpoint'; readonly file: string }
  | { readonly code: 'worker-failed' }
  | { readonly code: 'measuring-failed' }
  /** Before there was anything to keep. */
  | { readonly code: 'cancelled' }
);

export const isResult = (outcome: SearchResult | SearchProblem): outcome is SearchResult => outcome.kind === 'result';

/** Whether somebody ended it, with what it had found or before there was anything. */
export const isCancelled = (outcome: SearchResult | SearchProblem): boolean =>
  (isResult(outcome) ? outcome.stopped : outcome.code) === 'cancelled';
