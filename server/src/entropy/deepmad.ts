import type { LoweredStage } from '../backbone/lower.ts';
import { isSqueezed } from '../backbone/residual.ts';

/** w of the DeepMAD score for C1..C5; a further stage weighs 1. */
const STAGE_WEIGHTS = [1, 1, 1, 1, 8];

/**
 * What the widths of a network do not change in its DeepMAD score: w_i and log r_i² of every stage.
 *
 * Once a squeeze-and-excitation was passed TinyNAS reads the feature map as 1×1, because its bookkeeping takes the
 * size of the global pool for that of the block. Our numbers are to equal the authors', so this one does the same; the
 * golden structures of the space `mbv2se` hold it to that.
 */
export function deepmadFactors(stages: readonly LoweredStage[]): { weight: number; logPositions: number }[] {
  let squeezed = false;
  return stages.map((stage, index) => {
    squeezed ||= stage.groups.some((g) => isSqueezed(g.group));
    const positions = squeezed ? 1 : stage.height * stage.width;
    return { weight: STAGE_WEIGHTS[index] ?? 1, logPositions: Math.log(positions) };
  });
}

/**
 * The DeepMAD score: Σ_i w_i · log(r_i² C_i) · Σ_{l ≤ i} ½ log(in_l k_l² / groups_l), with r_i² the positions of C_i's
 * feature map (DeepMAD, CVPR 2023; METHOD section 2.2). The inner sum is the fan-in log σ at the end of the stage.
 */
export function deepmadScore(stages: readonly LoweredStage[], fanInLogStds: readonly number[]): number {
  return deepmadFactors(stages).reduce((score, { weight, logPositions }, index) => {
    const channels = Math.log(stages[index]?.channels ?? 1);
    return score + weight * (logPositions + channels) * (fanInLogStds[index] ?? 0);
  }, 0);
}
