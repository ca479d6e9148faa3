import { Holding } from '../../backbone/holding.ts';
import type { Network } from '../../backbone/lower.ts';
import type { Downstream, PerChannel } from '../../cost/downstream.ts';
import { holdingFor } from '../../cost/with-downstream.ts';
import type { Shape } from '../../graph/shapes.ts';

/** What is alive beside one group while it runs. */
export interface BesideGroup {
  /** For each tensor that it reads whether somebody reads it later. */
  readonly keeps: readonly boolean[];
  /** Bytes for each channel of what it reads and somebody reads later, 0 for others. */
  readonly kept: readonly number[];
  /** Tensors that wait and that it does not read: bytes for each of their channels. */
  readonly waiting: readonly PerChannel<number>[];
}

/** Bytes that are alive beside the groups of a backbone, and behind it. */
export interface Beside {
  readonly groups: readonly BesideGroup[];
  /** Bytes alive in each piece of the downstream. */
  readonly alive: readonly { readonly one: number; readonly perChannel: readonly PerChannel<number>[] }[];
}

/** @param bytes of each element of the peak that is followed; 0 where none is */
export function besideOf(network: Network, downstream: Downstream | undefined, bytes: number): Beside {
  const { groups, order, image } = network;
  const reads = groups.map((group) => group.reads);
  const holding = downstream === undefined ? new Holding(reads, order) : holdingFor(network, downstream);
  const bytesOf = ({ height, width }: Shape): number => bytes * height * width;
  return {
    groups: groups.map((lowered): BesideGroup => {
      const keeps = downstream === undefined ? lowered.keeps : holding.keeps(lowered.index);
      return {
        keeps,
        kept: lowered.reads.map((read, i) => (keeps[i] === true ? bytesOf(groups[read]?.to ?? image) : 0)),
        waiting: holding.waiting(lowered.index).flatMap((group) => {
          const shape = groups[group]?.to;
          return shape === undefined ? [] : [{ group, adds: bytesOf(shape) }];
        }),
      };
    }),
    alive: (downstream?.alive ?? []).map(({ one, perChannel }) => ({
      one: bytes * one,
      perChannel: perChannel.map(({ group, adds }) => ({ group, adds: bytes * adds })),
    })),
  };
}
