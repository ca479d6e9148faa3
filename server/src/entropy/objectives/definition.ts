import type { StageWeights } from '../../backbone/backbone.ts';

/** A closed form of log σ, by the name that a search gives it. */
export type EstimatorName = 'fan-in' | 'exact';

/** What a score may know of one stage of a network. */
export interface ScoredStage {
  readonly name: string;
  readonly channels: number;
  /** Of its feature map: height · width. */
  readonly positions: number;
  /** Cumulative log σ at its end, in nats. */
  readonly logStd: number;
  /** Scored convolutions up to its end. */
  readonly layers: number;
  /** Whether a squeeze-and-excitation was passed up to its end. */
  readonly squeezed: boolean;
}

interface ObjectiveBase {
  readonly name: string;
  /** How people write it beside a number, where that is not its name. */
  readonly title?: string;
  /** What is scored, in one line without a full stop. */
  readonly doc: string;
  /** Empty where the score has none. */
  readonly unit: string;
  /** The closed forms of log σ that it knows; whoever asks for another gets the first. */
  readonly estimators: readonly [EstimatorName, ...EstimatorName[]];
  /** What whoever compares the scores of such a design with those of others has to know, in one sentence, if anything. */
  readonly caveat?: (stages: readonly ScoredStage[]) => string | undefined;
}

/** A score with the closed form of log σ that it is computed by. */
export interface Scoring {
  readonly objective: ObjectiveDefinition;
  readonly estimator: EstimatorName;
}

/** A cost whose natural logarithm a score has beside Z, and how many nats that is worth. */
export interface LogOf {
  readonly cost: string;
  readonly worth: number;
}

/** Z = Σ_i α_i H_i less what ReLUs take: a sum over groups, for which the search knows a bound unless `logOf` adds to it. */
export interface AdditiveObjective extends ObjectiveBase {
  readonly form: 'additive';
  /** α by the names of the stages, given those of the backbone. */
  readonly weights: (stages: readonly string[], own: StageWeights) => StageWeights;
  /** Nats that every scored convolution but the first loses to its ReLU. */
  readonly reluLoss: number;
  /** A cost, a sum over the network, whose natural logarithm is worth so many nats beside Z. Then it is no sum over groups. */
  readonly logOf?: LogOf;
  /** Whether a search takes forward passes for it; the closed form then stands in where nothing is measured. */
  readonly measured: boolean;
}

/** Any function of the stages. No bound is known for it. */
export interface StagesObjective extends ObjectiveBase {
  readonly form: 'stages';
  readonly measured: false;
  readonly ofStages: (stages: readonly ScoredStage[]) => number;
}

/** Everything about one objective: the language, the search, the editor and JSON read it here. */
export type ObjectiveDefinition = AdditiveObjective | StagesObjective;

/** What an objective has beside its stages; undefined for most. */
export const logOf = (objective: ObjectiveDefinition): LogOf | undefined =>
  objective.form === 'additive' ? objective.logOf : undefined;
