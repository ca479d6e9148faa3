import type { StageWeights } from '../backbone/backbone.ts';

/** Entropy of one stage, as a score sees it (nats): H_i = Σ_{l ≤ last layer of C_i} log γ_l + log(channels of C_i). */
export interface StageEntropy {
  readonly name: string;
  readonly entropy: number;
}

/**
 * The score Z = Σ_i α_i H_i in nats (MAE-DET, docs/method.md 2). With α = (0, 0, 1, 1, 6) it is the multi-scale score,
 * with weight on C5 alone the single-scale one. A stage that the backbone lacks contributes nothing.
 */
export function weightedScore(stages: readonly StageEntropy[], weights: StageWeights): number {
  return stages.reduce((score, stage) => score + (weights[stage.name] ?? 0) * stage.entropy, 0);
}
