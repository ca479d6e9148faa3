import { type Backbone, type StageWeights, stageName, stageNumbers } from '../../backbone/backbone.ts';
import { blockOf } from '../../backbone/blocks.ts';
import type { Objective } from '../task.ts';

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
  /** The product form of DeepMAD needs the stages themselves. */
  readonly deepmad: boolean;
}

/** α by objective. Where the backbone has no C5, the single scale is its last stage. */
function weightsOf(backbone: Backbone, objective: Objective, stages: number): StageWeights {
  return objective === 'multi-scale' ? backbone.weights : { [stageName(stages)]: 1 };
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

/**
 * The additive shape of a score: Z = Σ_g W_g · log γ_g + Σ_i α_i log C_i.
 *
 * `zen` is a closed-form stand-in for the Zen-Score, not a measurement. Zen-NAS measures, with BatchNorm and ReLU, the
 * logarithm of the change that noise makes at the last feature map plus the log of the variances that BatchNorm took
 * out. In expectation both together are the ReLU log σ of the last stage: each convolution gives ½ log(in/groups · k²)
 * and each ReLU between two of them takes ½ log 2; the sum over channels adds log C. What does not depend on the
 * design (the size of the feature map, the noise) is left out.
 */
export function scoreShape(backbone: Backbone, objective: Objective): ScoreShape {
  const ends = stageEnds(backbone);
  const weights = weightsOf(backbone, objective, ends.length);
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
  // Where the Zen-Score is measured this form is not asked.
  const zen = objective === 'zen' || objective === 'zen-measured';
  return {
    groupWeights,
    channelWeights,
    inputWeight,
    reluLoss: zen ? Math.LN2 / 2 : 0,
    deepmad: objective === 'deepmad',
  };
}
