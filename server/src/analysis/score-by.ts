import type { StageWeights } from '../backbone/backbone.ts';
import type { ObjectiveDefinition, ScoredStage } from '../entropy/objectives/definition.ts';
import { estimatorFor } from '../entropy/objectives/registry.ts';
import { type BackboneAnalysis, type Entropy, scoredStages } from './analyse.ts';

/** The entropy that an objective reads where this one is asked for. */
export const keyFor = (objective: ObjectiveDefinition, asked: keyof Entropy): keyof Entropy =>
  estimatorFor(objective, asked === 'exact' ? 'exact' : 'fan-in') === 'exact' ? 'exact' : 'fanIn';

/** A score of stages: of an additive objective Σ α_i · (log σ_i + log C_i − what the ReLUs up to its end take). */
export function scoreOfStages(
  objective: ObjectiveDefinition,
  own: StageWeights,
  stages: readonly ScoredStage[],
): number {
  if (objective.form === 'stages') return objective.ofStages(stages);
  const weights = objective.weights(
    stages.map(({ name }) => name),
    own,
  );
  return stages.reduce((score, { name, channels, logStd, layers }) => {
    const relus = objective.reluLoss * Math.max(0, layers - 1);
    return score + (weights[name] ?? 0) * (logStd + Math.log(channels) - relus);
  }, 0);
}

/** The score of a backbone by an objective; where that is measured, of what stands in for it. */
export function scoreBy(analysis: BackboneAnalysis, objective: ObjectiveDefinition, asked: keyof Entropy): number {
  const { stages, backbone } = analysis;
  return scoreOfStages(objective, backbone.weights, scoredStages(stages, keyFor(objective, asked)));
}
