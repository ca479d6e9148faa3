import type { Backbone } from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import { wireOf } from '../backbone/lower.ts';
import { type GroupLimits, limitsOf } from './limits.ts';
import { movesWidth } from './moves.ts';
import type { Space } from './space.ts';
import { stemOf } from './stem.ts';
import { boundBy, type Ties, tiesOf } from './ties.ts';

/**
 * What a space means for the groups of one network. No width has a part in it, so that whoever judges many designs looks
 * it up once.
 */
export interface Rules {
  readonly space: Space;
  readonly ties: Ties;
  /** Groups of the stem. */
  readonly stem: number;
  readonly limits: (group: number) => GroupLimits;
  /** Whether a group's output stays as it is written: no move changes it, or the space keeps what is tied to it. */
  readonly stays: (group: number) => boolean;
  /** Whether a group's output is held to what it reads: not between two that stay as they are. */
  readonly held: (group: number) => boolean;
}

/** @param kept groups whose outputs stay as they are whatever the space says, because of what reads them behind the backbone */
export function rulesOf(backbone: Backbone, space: Space, kept: readonly number[] = []): Rules {
  const { groups, wiring } = backbone;
  const ties = tiesOf(backbone);
  const limits = keeping(limitsOf(backbone, space), ties, ownersOf(backbone, kept));
  const stem = stemOf(backbone);
  const isPlain = wiring === undefined && groups.every((g) => blockOf(g).reads === undefined);
  const tiedTo = (group: number): readonly number[] => ties.members[ties.owner[group] ?? -1] ?? [];
  const isMovable = (group: number): boolean => {
    const g = groups[group];
    return isPlain ? g !== undefined && movesWidth(g, 'out') : ties.movable[ties.owner[group] ?? -1] === true;
  };
  const stays = (group: number): boolean =>
    !isMovable(group) || tiedTo(group).some((member) => limits(member).kept.has('out'));
  const held = (group: number): boolean =>
    group >= stem && (isPlain || isMovable(group)) && !(stays(group) && stays(boundBy(backbone, group)));
  return { space, ties, stem, limits, stays, held };
}

/** The groups whose outputs some tensors are: of one that hands on what it reads, the outputs that it reads. */
function ownersOf(backbone: Backbone, tensors: readonly number[]): readonly number[] {
  return tensors.flatMap((index) => {
    const g = backbone.groups[index];
    if (g === undefined || !blockOf(g).keepsChannels) return index < 0 ? [] : [index];
    return ownersOf(
      backbone,
      wireOf(backbone, index).reads.map(({ group }) => group),
    );
  });
}

/** The limits where some outputs are kept, with all that are tied to one of them. */
function keeping(limits: Rules['limits'], ties: Ties, kept: readonly number[]): Rules['limits'] {
  if (kept.length === 0) return limits;
  const owners = new Set(kept.flatMap((index) => ties.owner[index] ?? []));
  const own = ties.owner.map((owner, index): GroupLimits => {
    const written = limits(index);
    return owners.has(owner) ? { ...written, kept: new Set([...written.kept, 'out']) } : written;
  });
  return (group) => own[group] ?? limits(group);
}
