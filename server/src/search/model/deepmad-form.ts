import type { Backbone } from '../../backbone/backbone.ts';
import { lower } from '../../backbone/lower.ts';
import { deepmadFactors } from '../../entropy/deepmad.ts';
import { channelOwner, stageEnds } from './objective.ts';

/** One stage of the DeepMAD score: w_i · (log positions + log C_i) · Σ log γ up to its end. */
export interface DeepmadStage {
  readonly first: number;
  readonly last: number;
  /** The group whose output are the stage's channels, −1 for the input. */
  readonly owner: number;
  readonly weight: number;
  readonly logPositions: number;
}

export function groupStages(start: Backbone): DeepmadStage[] {
  const factors = deepmadFactors(lower(start).stages);
  let first = 0;
  return stageEnds(start).map((last, index) => {
    const stage = {
      first,
      last,
      owner: channelOwner(start, last),
      ...(factors[index] ?? { weight: 0, logPositions: 0 }),
    };
    first = last + 1;
    return stage;
  });
}
