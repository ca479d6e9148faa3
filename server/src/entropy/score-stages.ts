import type { StageWeights } from '../backbone/backbone.ts';
import type { LoweredStage } from '../backbone/lower.ts';
import { isSqueezed } from '../backbone/residual.ts';
import type { ObjectiveDefinition, ScoredStage } from './objectives/definition.ts';
import { weightedScore } from './scores.ts';

/** What the widths of a network do not change in what a score knows of its stages. */
export type StageFacts = Pick<ScoredStage, 'name' | 'positions' | 'squeezed'>;

export function stageFacts(stages: readonly LoweredStage[]): StageFacts[] {
  let squeezed = false;
  return stages.map(({ name, height, width, groups }) => {
    squeezed ||= groups.some((g) => isSqueezed(g.group));
    return { name, positions: height * width, squeezed };
  });
}

/** A score of stages: of an additive objective Σ α_i · (log σ_i + log C_i − what the ReLUs up to its end take), in nats. */
export function scoreOfStages(
  objective: ObjectiveDefinition,
  own: StageWeights,
  stages: readonly ScoredStage[],
): number {
  if (objective.form === 'stages') return objective.ofStages(stages);
  const entropies = stages.map(({ name, channels, logStd, layers }) => {
    const relus = objective.reluLoss * Math.max(0, layers - 1);
    return { name, entropy: logStd + Math.log(channels) - relus };
  });
  const names = stages.map(({ name }) => name);
  return weightedScore(entropies, objective.weights(names, own));
}
