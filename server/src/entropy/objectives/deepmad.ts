import type { ObjectiveDefinition, ScoredStage } from './definition.ts';

/** w of the DeepMAD score for C1..C5; a further stage weighs 1. */
const STAGE_WEIGHTS = [1, 1, 1, 1, 8];

/**
 * Σ_i w_i · log(r_i² C_i) · Σ_{l ≤ i} ½ log(in_l k_l² / groups_l), with r_i² the positions of C_i's feature map
 * (DeepMAD, CVPR 2023; docs/method.md 2.2). The inner sum is the fan-in log σ at the end of the stage.
 *
 * Once a squeeze-and-excitation was passed TinyNAS reads the feature map as 1×1, because its bookkeeping takes the
 * size of the global pool for that of the block. Our numbers are to equal the authors', so this one does the same; the
 * golden structures of the space `mbv2se` hold it to that.
 */
const deepmadOf = (stages: readonly ScoredStage[]): number => {
  let score = 0;
  for (let i = 0; i < stages.length; i++) {
    const stage = stages[i];
    if (stage === undefined) continue;
    const { channels, positions, logStd, squeezed } = stage;
    score += (STAGE_WEIGHTS[i] ?? 1) * Math.log(squeezed ? channels : positions * channels) * logStd;
  }
  return score;
};

export const deepmad: ObjectiveDefinition = {
  name: 'deepmad',
  title: 'DeepMAD',
  doc: 'DeepMAD’s product of log σ and the size of the feature map, by fan-in; no unit',
  unit: '',
  estimators: ['fan-in'],
  form: 'stages',
  ofStages: deepmadOf,
  caveat: (stages) =>
    stages.some(({ squeezed }) => squeezed)
      ? 'DeepMAD follows TinyNAS’s bookkeeping, which reads the feature map as 1×1 behind a squeeze-and-excitation: compare this score only with those of designs that have one in the same stages.'
      : undefined,
  measured: false,
};
