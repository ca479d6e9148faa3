import { type Backbone, stageName, stageNumbers } from '../../backbone/backbone.ts';
import { blockOf } from '../../backbone/blocks.ts';
import { type LogOf, logOf, type ScoredStage } from '../../entropy/objectives/definition.ts';
import { objectiveOf } from '../../entropy/objectives/registry.ts';
import type { SearchTask } from '../task.ts';

/** How the terms of the groups make the score. */
export interface ScoreShape {
  /** W_g = Σ α_i over the stages that end at or after group g: what one nat of log γ in the group is worth. */
  readonly groupWeights: readonly number[];
  /** α of the stage whose channels are the output of group g, 0 where a stage ends elsewhere. */
  readonly channelWeights: readonly number[];
  /** α of stages that end before any group with channels of its own; they end with the input's channels. */
  readonly inputWeight: number;
  /** Nats that every main convolution but the network's first loses to its ReLU. */
  readonly reluLoss: number;
  /** What a search has to count for the score beside its terms, and what its logarithm is worth. */
  readonly logOf: LogOf | undefined;
  /** A score that is no sum over groups is asked for the stages themselves. */
  readonly ofStages: ((stages: readonly ScoredStage[]) => number) | undefined;
}

/** The groups whose output channels a stage ends with: its last group, or the last before it that is no max-pool. */
export function channelOwner(backbone: Backbone, group: number): number {
  let owner = group;
  for (let g = backbone.groups[owner]; g !== undefined && blockOf(g).keepsChannels; g = backbone.groups[owner])
    owner -= 1;
  return owner;
}

/** Index of the last group of every stage. */
export function stageEnds(backbone: Backbone): number[] {
  const stages = stageNumbers(backbone.groups);
  return stages.flatMap((stage, index) => (stages[index + 1] === stage ? [] : [index]));
}

/** The additive shape of a score: Z = Σ_g W_g · log γ_g + Σ_i α_i log C_i, with α of the objective. */
export function scoreShape(backbone: Backbone, { objective }: Pick<SearchTask, 'objective'>): ScoreShape {
  const definition = objectiveOf({ objective });
  const ends = stageEnds(backbone);
  const names = ends.map((_, stage) => stageName(stage + 1));
  const weights = definition.form === 'additive' ? definition.weights(names, backbone.weights) : {};
  const groupWeights = backbone.groups.map(() => 0);
  const channelWeights = backbone.groups.map(() => 0);
  let inputWeight = 0;
  ends.forEach((end, stage) => {
    const alpha = weights[stageName(stage + 1)] ?? 0;
    for (let g = 0; g <= end; g++) groupWeights[g] = (groupWeights[g] ?? 0) + alpha;
    const owner = channelOwner(backbone, end);
    if (owner < 0) inputWeight += alpha;
    else channelWeights[owner] = (channelWeights[owner] ?? 0) + alpha;
  });
  return {
    groupWeights,
    channelWeights,
    inputWeight,
    reluLoss: definition.form === 'additive' ? definition.reluLoss : 0,
    logOf: logOf(definition),
    ofStages: definition.form === 'stages' ? definition.ofStages : undefined,
  };
}
