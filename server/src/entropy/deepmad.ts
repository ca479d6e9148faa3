import type { LoweredStage } from '../backbone/lower.ts';

/** w of the DeepMAD score for C1..C5; a further stage weighs 1. */
const STAGE_WEIGHTS = [1, 1, 1, 1, 8];

/**
 * The DeepMAD score: Σ_i w_i · log(r_i² C_i) · Σ_{l ≤ i} ½ log(in_l k_l² / groups_l), with r_i² the positions of C_i's
 * feature map (DeepMAD, CVPR 2023; METHOD section 2.2). The inner sum is the fan-in log σ at the end of the stage.
 *
 * Once a squeeze-and-excitation was passed TinyNAS reads the feature map as 1×1, because its bookkeeping takes the
 * size of the global pool for that of the block. Our numbers are to equal the authors', so this one does the same; the
 * golden structures of the space `mbv2se` hold it to that.
 */
export function deepmadScore(stages: readonly LoweredStage[], fanInLogStds: readonly number[]): number {
  let score = 0;
  let squeezed = false;
  stages.forEach((stage, index) => {
    squeezed ||= stage.groups.some((g) => g.group.se);
    const positions = squeezed ? 1 : stage.height * stage.width;
    score += (STAGE_WEIGHTS[index] ?? 1) * Math.log(positions * stage.channels) * (fanInLogStds[index] ?? 0);
  });
  return score;
}
