import type { Network } from '../backbone/lower.ts';
import { elements } from '../graph/shapes.ts';

/** What waits beside one group for whoever reads outputs of the backbone at its end. */
export interface HeldBeside {
  /** Elements of outputs that the group does not read, and no later group of the backbone either. */
  readonly waiting: number;
  /** For each tensor that it reads whether somebody reads it later. */
  readonly keeps: readonly boolean[];
  /** Whether any of that is more than in the backbone alone. */
  readonly isMore: boolean;
}

/** @param reads the groups whose outputs stay alive to the end */
export function heldOutputs(
  { groups, order }: Pick<Network, 'groups' | 'order'>,
  reads: ReadonlySet<number>,
): readonly (HeldBeside | undefined)[] {
  const beside = new Array<HeldBeside | undefined>(groups.length).fill(undefined);
  const readers = new Map<number, number>();
  for (const group of groups) for (const read of group.reads) readers.set(read, (readers.get(read) ?? 0) + 1);
  /** Outputs that are there already, and how many groups still read each. */
  const made = new Map<number, number>();
  for (const index of order) {
    const group = groups[index];
    if (group === undefined) continue;
    let waiting = 0;
    // What a later group of the backbone reads waits there already.
    for (const [output, left] of made) if (left === 0) waiting += elements(groups[output]?.to ?? group.to);
    for (const read of group.reads) {
      const left = made.get(read);
      if (left !== undefined) made.set(read, left - 1);
    }
    const keeps = group.reads.map((read, i) => group.keeps[i] === true || reads.has(read));
    const isMore = waiting > 0 || keeps.some((kept, i) => kept !== (group.keeps[i] === true));
    beside[index] = { waiting, keeps, isMore };
    if (reads.has(index)) made.set(index, readers.get(index) ?? 0);
  }
  return beside;
}
