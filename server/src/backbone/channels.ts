import type { Backbone } from './backbone.ts';
import { blockOf } from './blocks.ts';
import { runOrder, wireOf } from './lower.ts';

/** Channels that a group reads and hands on. */
export interface Channels {
  readonly in: number;
  readonly out: number;
}

/** Input and output channels of every group; a block that keeps its channels hands on what it reads. */
export function groupChannels(backbone: Backbone): Channels[] {
  const { groups, input } = backbone;
  const found: Channels[] = groups.map(() => ({ in: 0, out: 0 }));
  for (const index of runOrder(backbone)) {
    const [g, wire] = [groups[index], wireOf(backbone, index)];
    if (g === undefined) continue;
    const read = wire.reads.map((source) => found[source.group]?.out ?? input.channels);
    const joined = wire.join === 'concat' ? read.reduce((sum, channels) => sum + channels, 0) : (read[0] ?? 0);
    const before = wire.at === undefined || g.out === 0 ? joined : g.out;
    found[index] = { in: before, out: blockOf(g).keepsChannels ? before : g.out };
  }
  return found;
}
