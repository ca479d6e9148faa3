import type { Backbone } from '../../backbone/backbone.ts';
import { lower, type Network } from '../../backbone/lower.ts';
import { uniformField } from '../../entropy/field.ts';
import { type Moment, passMoments } from '../../entropy/moment.ts';
import { repeatsOf } from '../../graph/graph.ts';

/**
 * The exact estimator's second moments of one design after another. What does not differ from the design before is taken
 * over: groups that say the same and read the same moments.
 */
export class ExactMoments {
  private network: Network | undefined;
  private readonly start: Moment;
  private moments: Moment[] = [];

  constructor({ input }: Backbone) {
    this.start = { log: 0, before: 0, field: uniformField(input), sign: 'signed' };
  }

  /** log σ at the end of every group, in nats. */
  logs(design: Backbone): readonly number[] {
    const known = this.network;
    const network = lower(design, known);
    const moments = new Array<Moment>(network.groups.length);
    const at = (list: readonly Moment[], read: number): Moment => list[read] ?? this.start;
    for (const index of network.order) {
      const group = network.groups[index];
      if (group === undefined) continue;
      const old = this.moments[index];
      const same = known?.groups[index] === group && group.reads.every((r) => at(moments, r) === at(this.moments, r));
      if (same && old !== undefined) {
        moments[index] = old;
        continue;
      }
      let read = group.reads.map((r) => at(moments, r));
      for (const { cell, times } of repeatsOf(group))
        for (let i = 0; i < times; i++) read = [passMoments(cell, read, 'linear')];
      moments[index] = read[0] ?? this.start;
    }
    this.network = network;
    this.moments = moments;
    return moments.map(({ log }) => log);
  }
}
