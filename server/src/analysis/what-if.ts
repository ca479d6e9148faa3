import type { Group } from '../backbone/backbone.ts';
import { isMainConv, type Layer } from '../backbone/layer.ts';
import type { LoweredGroup } from '../backbone/lower.ts';
import { lowerBlock, type Tensor } from '../backbone/lower-block.ts';
import { addCosts, type Costs, costs, repeatCosts } from '../cost/cost.ts';
import { widthLogStd } from '../entropy/exact.ts';
import { fanInLogStd } from '../entropy/fan-in.ts';
import type { BackboneAnalysis, Entropy } from './analyse.ts';
import { passSpatial, type SpatialFlow, sameWindows } from './flow.ts';

/** What a changed design would cost and score. */
export interface Outlook {
  readonly costs: Costs;
  /** By the estimator that was asked for, in nats. */
  readonly score: number;
}

/** What one group adds, given the tensor that it reads. */
interface Terms {
  readonly costs: Costs;
  /** Σ log γ: all of it by fan-in; exactly only the widths' share, Σ ½ log(in/groups). */
  readonly log: number;
}

/**
 * Costs and score of designs that differ from a known one in a few groups, some hundred times faster than `analyse()`:
 * what did not change is taken from the known totals; changed groups, and those that read from them, are lowered, one
 * block for all that are alike. A property test holds the two equal. The stages must be those of the known design: the
 * same groups with the same strides.
 */
export class WhatIf {
  readonly analysis: BackboneAnalysis;
  readonly estimator: keyof Entropy;
  private readonly base: readonly Terms[];
  /** α of the stage that ends with a group, 0 where none does. */
  private readonly weights: readonly number[];
  /** Σ α of the stages that end with a group or after it: what a nat in the group counts in the score. */
  private readonly reach: readonly number[];
  private readonly last: ({ readonly group: Group; readonly channels: number; readonly terms: Terms } | undefined)[] =
    [];

  constructor(analysis: BackboneAnalysis, estimator: keyof Entropy) {
    this.analysis = analysis;
    this.estimator = estimator;
    const logs = [analysis.start, ...analysis.groups.map((g) => g.flow)].map((f) =>
      estimator === 'exact' ? f.widths : f.fanIn,
    );
    this.base = analysis.groups.map((g, i) => ({ costs: g.costs, log: (logs[i + 1] ?? 0) - (logs[i] ?? 0) }));
    const { groups } = analysis.network;
    const alpha = analysis.stages.map((s) => analysis.backbone.weights[s.lowered.name] ?? 0);
    this.weights = groups.map((g, i) => (groups[i + 1]?.stage === g.stage ? 0 : (alpha[g.stage - 1] ?? 0)));
    let sum = 0;
    this.reach = this.weights
      .toReversed()
      .map((weight) => {
        sum += weight;
        return sum;
      })
      .reverse();
  }

  /** The design with these groups. Those that did not change must be the known objects. */
  try(groups: readonly Group[]): Outlook {
    const known = this.analysis.network.groups;
    const added: Costs[] = [];
    const removed: Costs[] = [];
    const changed = new Set<number>();
    let score = this.analysis.score[this.estimator];
    let channels = this.analysis.backbone.input.channels;
    let spatial: SpatialFlow | undefined;
    for (let index = 0; index < known.length; index++) {
      const lowered = known[index];
      const before = this.base[index];
      if (lowered === undefined || before === undefined) break;
      const group = groups[index] ?? lowered.group;
      const reads = channels;
      channels = group.block === 'maxpool' ? channels : group.out;
      if (group !== lowered.group || reads !== lowered.from.channels) {
        const own = this.termsAt(index, group, { ...lowered.from, channels: reads });
        changed.add(index);
        added.push(own.costs);
        removed.push(before.costs);
        score += (this.reach[index] ?? 0) * (own.log - before.log);
        if (channels !== lowered.channels) score += (this.weights[index] ?? 0) * Math.log(channels / lowered.channels);
      }
      if (this.estimator === 'exact') {
        spatial = this.spatialAfter(lowered, group, spatial);
        score += (this.weights[index] ?? 0) * this.spatialGain(index, spatial);
      }
    }
    return { costs: this.total(added, removed, changed), score };
  }

  private total(added: readonly Costs[], removed: readonly Costs[], changed: ReadonlySet<number>): Costs {
    if (changed.size === 0) return this.analysis.costs;
    const less = repeatCosts(addCosts(removed), -1);
    let { memoryBytes } = addCosts(added);
    for (const [index, { costs }] of this.base.entries()) {
      if (!changed.has(index)) memoryBytes = Math.max(memoryBytes, costs.memoryBytes);
    }
    return { ...addCosts([this.analysis.costs, less, ...added]), memoryBytes };
  }

  /** Whoever tries many designs changes a group and leaves it: the last terms of each are kept. */
  private termsAt(index: number, group: Group, from: Tensor): Terms {
    const last = this.last[index];
    if (last?.group === group && last.channels === from.channels) return last.terms;
    const terms = this.termsOf(group, from);
    this.last[index] = { group, channels: from.channels, terms };
    return terms;
  }

  private termsOf(group: Group, from: Tensor): Terms {
    const { input } = this.analysis.network;
    const log = this.estimator === 'exact' ? widthLogStd : fanInLogStd;
    const sum = (layers: readonly Layer[]): number => layers.filter(isMainConv).reduce((s, l) => s + log(l), 0);
    const first = lowerBlock(group, { group: 0, block: 0 }, from);
    const own = { costs: costs(first.layers, input), log: sum(first.layers) };
    const more = group.depth - 1;
    if (more === 0) return own;
    const { layers } = lowerBlock(group, { group: 0, block: 1 }, first.output);
    const later = costs(layers, input);
    return { costs: addCosts([own.costs, repeatCosts(later, more)]), log: own.log + more * sum(layers) };
  }

  /** From the first group with other windows on, the field must be followed; until then it is the known one. */
  private spatialAfter(lowered: LoweredGroup, group: Group, before: SpatialFlow | undefined): SpatialFlow | undefined {
    const changed = group !== lowered.group && !sameWindows(group, lowered.group);
    if (before === undefined && !changed) return undefined;
    const from = before ?? (this.analysis.groups[lowered.index - 1]?.flow ?? this.analysis.start).spatial;
    if (!changed) return passSpatial(from, lowered);
    const first = lowerBlock(group, { group: 0, block: 0 }, lowered.from);
    let spatial = passSpatial(from, first);
    const later = group.depth > 1 ? lowerBlock(group, { group: 0, block: 1 }, first.output) : first;
    for (let block = 1; block < group.depth; block++) spatial = passSpatial(spatial, later);
    return spatial;
  }

  private spatialGain(index: number, changed: SpatialFlow | undefined): number {
    return changed === undefined ? 0 : changed.log - (this.analysis.groups[index]?.flow.spatial.log ?? 0);
  }
}
