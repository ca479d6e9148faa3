import type { StageWeights } from '../backbone/backbone.ts';
import type { LoweredStage } from '../backbone/lower.ts';
import { isSqueezed } from '../backbone/residual.ts';
import { type AdditiveObjective, logOf, type ObjectiveDefinition, type ScoredStage } from './objectives/definition.ts';
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

/** What ReLUs take from the entropy behind so many scored layers: the first has none before it. */
export const lostToRelus = (reluLoss: number, layers: number): number => reluLoss * Math.max(0, layers - 1);

/** H of one stage as an additive score weighs it, in nats: log σ + log C less what the ReLUs up to its end take. */
export const scoredEntropy = (
  { reluLoss }: Pick<AdditiveObjective, 'reluLoss'>,
  { channels, logStd, layers }: Pick<ScoredStage, 'channels' | 'logStd' | 'layers'>,
): number => logStd + Math.log(channels) - lostToRelus(reluLoss, layers);

/** What the stages give to a score: of an additive objective Σ α_i · H_i, in nats. */
export function scoreOfStages(
  objective: ObjectiveDefinition,
  own: StageWeights,
  stages: readonly ScoredStage[],
): number {
  if (objective.form === 'stages') return objective.ofStages(stages);
  const entropies = stages.map((stage) => ({ name: stage.name, entropy: scoredEntropy(objective, stage) }));
  const names = stages.map(({ name }) => name);
  return weightedScore(entropies, objective.weights(names, own));
}

/** What a score has beside its stages: worth · ln of a count of the whole network, in nats; 0 for most. */
export function besideStages(objective: ObjectiveDefinition, counts: Readonly<Record<string, number>>): number {
  const beside = logOf(objective);
  return beside === undefined ? 0 : logWorth(counts[beside.cost] ?? 0, beside.worth);
}

/** Nothing counts like one, so that a network without any has a score too. */
export const logWorth = (count: number, worth: number): number => worth * Math.log(Math.max(1, count));

/** Which stages a score weighs, by how much, and which it would but the network lacks. */
export interface Weighing {
  readonly weighed: readonly { readonly name: string; readonly weight: number }[];
  readonly missing: readonly string[];
}

/** Undefined for an objective that reads all stages as one. */
export function weighingOf(
  objective: ObjectiveDefinition,
  own: StageWeights,
  stages: readonly string[],
): Weighing | undefined {
  if (objective.form === 'stages') return undefined;
  const weights = objective.weights(stages, own);
  const weighed = stages.flatMap((name) => {
    const weight = weights[name] ?? 0;
    return weight === 0 ? [] : [{ name, weight }];
  });
  return { weighed, missing: Object.keys(weights).filter((name) => weights[name] !== 0 && !stages.includes(name)) };
}
