import type { Group } from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import { type LoweredGroup, lowerBlocks } from '../backbone/lower.ts';
import { addCosts, type Costs, cellCosts, repeatCosts } from '../cost/cost.ts';
import type { CountedStage } from '../cost/definition.ts';
import { withStageCosts } from '../cost/effectiveness.ts';
import { widthLogStd } from '../entropy/exact.ts';
import { fanInLogStd } from '../entropy/fan-in.ts';
import { scoredConvs } from '../entropy/scored.ts';
import type { Repeat } from '../graph/graph.ts';
import type { Shape } from '../graph/shapes.ts';
import { analyse, type BackboneAnalysis, type Entropy } from './analyse.ts';
import { passSpatial, type SpatialFlow, sameWindows, stepsOf } from './flow.ts';

/** What a changed design would cost and score. */
export interface Outlook {
  readonly costs: Costs;
  /** By the estimator that was asked for, in nats. */
  readonly score: number;
}

/** What one group adds, given the tensor that it reads. */
interface Terms {
  readonly cells: readonly Repeat[];
  readonly costs: Costs;
  readonly layers: number;
  /** Σ log γ by fan-in. */
  readonly fanIn: number;
  /** The same by the estimator: all of it by fan-in; exactly only the widths' share, Σ ½ log(in/groups). */
  readonly log: number;
}

interface LastTried {
  readonly group: Group;
  /** That it read. */
  readonly channels: number;
  readonly terms: Terms;
}

/**
 * Costs and score of designs that differ from a known one in a few groups, some hundred times faster than `analyse()`:
 * what did not change is taken from the known totals; changed groups, and those that read from them, are lowered, one
 * block for all that are alike. A property test holds the two equal. The stages must be those of the known design: the
 * same groups with the same strides. Graphs, and blocks in which the signal branches, are analysed from the first
 * changed group on.
 */
export class WhatIf {
  readonly analysis: BackboneAnalysis;
  readonly estimator: keyof Entropy;
  private readonly base: readonly Terms[];
  /** α of the stage that ends with a group, 0 where none does. */
  private readonly weights: readonly number[];
  /** Σ α of the stages that end with a group or after it: what a nat in the group counts in the score. */
  private readonly reach: readonly number[];
  private readonly last: (LastTried | undefined)[] = [];
  /** Whether the signal passes the design in one line, so that its terms add up. */
  private readonly isLine: boolean;

  constructor(analysis: BackboneAnalysis, estimator: keyof Entropy) {
    this.analysis = analysis;
    this.estimator = estimator;
    const { groups } = analysis.network;
    this.isLine =
      analysis.backbone.wiring === undefined && analysis.groups.every((g) => g.flow.rectified === undefined);
    const flows = [analysis.start, ...analysis.groups.map((g) => g.flow)];
    this.base = analysis.groups.map(({ lowered: { cells }, costs, flow }, i): Terms => {
      const before = flows[i] ?? analysis.start;
      const fanIn = flow.fanIn - before.fanIn;
      const log = estimator === 'exact' ? flow.widths - before.widths : fanIn;
      return { cells, costs, layers: flow.convolutions - before.convolutions, fanIn, log };
    });
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
    if (!this.isLine) return this.afresh(groups);
    const known = this.analysis.network.groups;
    const terms = [...this.base];
    let isChanged = false;
    let score = this.analysis.score[this.estimator];
    let { channels } = this.analysis.backbone.input;
    let spatial: SpatialFlow | undefined;
    for (let index = 0; index < known.length; index++) {
      const lowered = known[index];
      const before = this.base[index];
      if (lowered === undefined || before === undefined) break;
      const group = groups[index] ?? lowered.group;
      const reads = channels;
      channels = blockOf(group).keepsChannels ? channels : group.out;
      let own = before;
      if (group !== lowered.group || reads !== lowered.from.channels) {
        own = this.termsAt(index, group, { ...lowered.from, channels: reads });
        isChanged = true;
        terms[index] = own;
        score += (this.reach[index] ?? 0) * (own.log - before.log);
        if (channels !== lowered.channels) score += (this.weights[index] ?? 0) * Math.log(channels / lowered.channels);
      }
      if (this.estimator === 'exact') {
        // The windows are those of any widths: what only reads other channels has the known ones.
        spatial = this.spatialAfter(lowered, group === lowered.group ? before.cells : own.cells, spatial);
        score += (this.weights[index] ?? 0) * this.spatialGain(index, spatial);
      }
    }
    if (!isChanged) return { costs: this.analysis.costs, score };
    return { costs: withStageCosts(addCosts(terms.map(({ costs }) => costs)), this.stagesOf(terms)), score };
  }

  private afresh(groups: readonly Group[]): Outlook {
    const { analysis, estimator } = this;
    const { costs, score } = analyse({ ...analysis.backbone, groups }, analysis);
    return { costs, score: score[estimator] };
  }

  /** Layers and fan-ins up to the end of each stage. */
  private stagesOf(terms: readonly Terms[]): CountedStage[] {
    const { groups } = this.analysis.network;
    let [layers, fanIn] = [0, 0];
    return terms.flatMap((own, index) => {
      layers += own.layers;
      fanIn += own.fanIn;
      return groups[index + 1]?.stage === groups[index]?.stage ? [] : [{ layers, logFanIn: 2 * fanIn }];
    });
  }

  /** Whoever tries many designs changes a group and leaves it: the last terms of each are kept. */
  private termsAt(index: number, group: Group, from: Shape): Terms {
    const last = this.last[index];
    if (last?.group === group && last.channels === from.channels) return last.terms;
    const terms = this.termsOf(group, from);
    this.last[index] = { group, channels: from.channels, terms };
    return terms;
  }

  private termsOf(group: Group, from: Shape): Terms {
    const { image } = this.analysis.network;
    const cells = lowerBlocks(group, from);
    let [layers, fanIn, widths] = [0, 0, 0];
    for (const { cell, times } of cells) {
      const convs = scoredConvs(cell);
      layers += times * convs.length;
      fanIn += times * convs.reduce((sum, conv) => sum + fanInLogStd(conv), 0);
      if (this.estimator === 'exact') widths += times * convs.reduce((sum, conv) => sum + widthLogStd(conv), 0);
    }
    const costs = addCosts(cells.map(({ cell, times }) => repeatCosts(cellCosts(cell, image), times)));
    return { cells, costs, layers, fanIn, log: this.estimator === 'exact' ? widths : fanIn };
  }

  /** From the first group with other windows on, the field must be followed; until then it is the known one. */
  private spatialAfter(
    lowered: LoweredGroup,
    cells: readonly Repeat[],
    before: SpatialFlow | undefined,
  ): SpatialFlow | undefined {
    if (before === undefined && (cells === lowered.cells || sameWindows({ cells }, lowered))) return undefined;
    const from = before ?? (this.analysis.groups[lowered.index - 1]?.flow ?? this.analysis.start).spatial;
    return passSpatial(from, stepsOf({ cells }) ?? []);
  }

  private spatialGain(index: number, changed: SpatialFlow | undefined): number {
    return changed === undefined ? 0 : changed.log - (this.analysis.groups[index]?.flow.spatial.log ?? 0);
  }
}
