import type { Backbone, Group } from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import { STEM } from '../backbone/lower.ts';

/** Number of groups that make up the stem of a chain: the convolutions and max-pools before the first block, at least one. */
export function stemLength(groups: readonly Pick<Group, 'block'>[]): number {
  const first = groups.findIndex((g) => blockOf(g).repeats);
  return Math.max(1, first < 0 ? groups.length : first);
}

/** The same of a backbone: a graph says itself where its stem ends. */
export function stemOf({ groups, wiring }: Pick<Backbone, 'groups' | 'wiring'>): number {
  if (wiring === undefined) return stemLength(groups);
  return (
    1 +
    Math.max(
      0,
      wiring.nodes.findIndex(({ name }) => name === STEM),
    )
  );
}
