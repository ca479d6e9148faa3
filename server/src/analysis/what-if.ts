import type { Group } from '../backbone/backbone.ts';
import { isMainConv, type Layer } from '../backbone/layer.ts';
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
 * only changed groups, and those that read from them, are lowered, one block for all that are alike. A property test
 * holds the two equal. The stages must be those of the known design: the same groups with the same strides.
 */
export class WhatIf {
  readonly analysis: BackboneAnalysis;
  readonly estimator: keyof Entropy;
  private readonly base: readonly Terms[];
  /** α by stage number. */
  private readonly weights: readonly number[];

  constructor(analysis: BackboneAnalysis, estimator: keyof Entropy) {
    this.analysis = analysis;
    this.estimator = estimator;
    const flows = [analysis.start, ...analysis.groups.map((g) => g.flow)].map((f) =>
      estimator === 'exact' ? f.widths : f.fanIn,
    );
    this.base = analysis.groups.map((g, i) => ({ costs: g.costs, log: (flows[i + 1] ?? 0) - (flows[i] ?? 0) }));
    this.weights = [0, ...analysis.stages.map((s) => analysis.backbone.weights[s.lowered.name] ?? 0)];
  }

  /** The design with these groups. Groups that did not change should be the known objects: that they are is checked first. */
  try(groups: readonly Group[]): Outlook {
    const known = this.analysis.network.groups;
    const terms: Costs[] = [];
    let score = 0;
    let log = 0;
    let channels = this.analysis.backbone.input.channels;
    let spatial: SpatialFlow | undefined;
    for (const [index, lowered] of known.entries()) {
      const group = groups[index] ?? lowered.group;
      const from = channels === lowered.from.channels ? lowered.from : { ...lowered.from, channels };
      const changed = group !== lowered.group;
      const same = !changed && from === lowered.from;
      const own = (same ? this.base[index] : undefined) ?? this.termsOf(group, from);
      if (this.estimator === 'exact') spatial = this.spatialAfter(index, group, changed, spatial);
      terms.push(own.costs);
      log += own.log;
      channels = group.block === 'maxpool' ? channels : group.out;
      if (known[index + 1]?.stage !== lowered.stage) {
        score += (this.weights[lowered.stage] ?? 0) * (log + this.spatialLog(index, spatial) + Math.log(channels));
      }
    }
    return { costs: addCosts(terms), score };
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
  private spatialAfter(
    index: number,
    group: Group,
    changed: boolean,
    before: SpatialFlow | undefined,
  ): SpatialFlow | undefined {
    const { groups, start, network } = this.analysis;
    const lowered = network.groups[index];
    if (lowered === undefined) return before;
    if (before === undefined && (!changed || sameWindows(group, lowered.group))) return undefined;
    const from = before ?? (groups[index - 1]?.flow ?? start).spatial;
    if (!changed) return passSpatial(from, lowered);
    const first = lowerBlock(group, { group: 0, block: 0 }, lowered.from);
    let spatial = passSpatial(from, first);
    const later = group.depth > 1 ? lowerBlock(group, { group: 0, block: 1 }, first.output) : first;
    for (let block = 1; block < group.depth; block++) spatial = passSpatial(spatial, later);
    return spatial;
  }

  private spatialLog(index: number, changed: SpatialFlow | undefined): number {
    if (this.estimator !== 'exact') return 0;
    return (changed ?? this.analysis.groups[index]?.flow.spatial)?.log ?? 0;
  }
}
