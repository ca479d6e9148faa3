import type { Group, Wire } from '../../../backbone/backbone.ts';
import type { Ref } from '../../../graph/cell.ts';
import type { Acts } from './skeleton.ts';

/** What several groups are brought together to: what a node of the text reads. */
export type Join = Omit<Wire, 'name'>;

/** A group that was found, with what it reads and the tensor that it ends in. */
export interface FoundGroup {
  readonly group: Group;
  readonly wire: Join;
  /** The tensor that its first block reads. */
  readonly from: Ref;
  readonly end: Ref;
}

/** Where the text is not the model, in words, at a group. */
export interface Difference {
  readonly group: number;
  readonly what: string;
}

/** A network as groups that read one another, as far as it can be said. */
export interface Explanation {
  readonly groups: readonly FoundGroup[];
  readonly differences: readonly Difference[];
  /** Activations that the text has otherwise: `model` and `text`, with their number. */
  readonly acts: ReadonlyMap<string, number>;
  /** What the tensors at the end are: groups, or several that are brought together behind the backbone. */
  readonly ends: readonly Join[];
  /** Why it ends before the network does. */
  readonly stop: string | undefined;
  /** Whether that is because a text of it would be too large. */
  readonly isTooLarge: boolean;
  /** For each node of the network whether a group has it: 1 or 0. */
  readonly explained: Uint8Array;
}

export const actPair = (model: Acts, text: Acts): string =>
  `${model === 'other' ? 'another activation' : (model ?? 'none')} where the text has ${text ?? 'none'}`;
