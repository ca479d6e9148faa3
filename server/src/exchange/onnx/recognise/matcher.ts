import type { Group } from '../../../backbone/backbone.ts';
import type { Spot } from './path.ts';
import type { Pattern } from './skeleton.ts';

/** A group that may stand at a spot. It is checked against its own lowering, so that a guess does no harm. */
export interface Proposal {
  readonly group: Group;
  /** What the model has where the group is only like it, and how they differ, in words. */
  readonly near?: {
    readonly pattern?: Pattern;
    /** Whether heights and widths may be others. */
    readonly loose?: boolean;
    readonly differs: string;
  };
}

/** How one kind of block is found in a network. */
export interface Matcher {
  readonly block: string;
  /** The groups that may stand there, the likelier first; none where it cannot be this block. */
  readonly propose: (spot: Spot) => Iterable<Proposal>;
}
