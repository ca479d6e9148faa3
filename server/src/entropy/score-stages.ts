import type { LoweredStage } from '../backbone/lower.ts';
import { isSqueezed } from '../backbone/residual.ts';
import type { ScoredStage } from './objectives/definition.ts';

/** What the widths of a network do not change in what a score knows of its stages. */
export type StageFacts = Pick<ScoredStage, 'name' | 'positions' | 'squeezed'>;

export function stageFacts(stages: readonly LoweredStage[]): StageFacts[] {
  let squeezed = false;
  return stages.map(({ name, height, width, groups }) => {
    squeezed ||= groups.some((g) => isSqueezed(g.group));
    return { name, positions: height * width, squeezed };
  });
}
