import type { Backbone } from '../../backbone/backbone.ts';
import { lower } from '../../backbone/lower.ts';
import type { StageFacts } from '../../entropy/score-stages.ts';
import { stageFacts } from '../../entropy/score-stages.ts';
import { channelOwner, stageEnds } from './objective.ts';

/** One stage of a score that is a function of the stages, in the order of the groups. */
export interface GroupStage {
  readonly first: number;
  readonly last: number;
  /** The group whose output are the stage's channels, −1 for the input. */
  readonly owner: number;
  /** What the score reads: the widths are filled in for each design. */
  readonly scored: StageFacts & { channels: number; logStd: number; layers: number };
}

export function groupStages(start: Backbone): GroupStage[] {
  const facts = stageFacts(lower(start).stages);
  let first = 0;
  return stageEnds(start).flatMap((last, index): GroupStage[] => {
    const fact = facts[index];
    if (fact === undefined) return [];
    const stage = {
      first,
      last,
      owner: channelOwner(start, last),
      scored: { ...fact, channels: 0, logStd: 0, layers: 0 },
    };
    first = last + 1;
    return [stage];
  });
}
