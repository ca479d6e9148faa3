import type { Group } from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import { type LoweredGroup, lowerBlocks, type Network } from '../backbone/lower.ts';
import { addCosts, type Costs, cellCosts, repeatCosts } from '../cost/cost.ts';
import type { CountedStage } from '../cost/definition.ts';
import type { Downstream } from '../cost/downstream.ts';
import { withStageCosts } from '../cost/effectiveness.ts';
import { withDownstream } from '../cost/with-downstream.ts';
import { widthLogStd } from '../entropy/exact.ts';
import { fanInLogStd } from '../entropy/fan-in.ts';
import type { Scoring } from '../entropy/objectives/definition.ts';
import { scoredConvs } from '../entropy/scored.ts';
import { outputShape } from '../graph/cell.ts';
import type { Repeat } from '../graph/graph.ts';
import type { Shape } from '../graph/shapes.ts';
import { analyse, type BackboneAnalysis } from './analyse.ts';
import { passSpatial, type SpatialFlow, sameWindows, stepsOf } from './flow.ts';
import { scoreOf } from './score-of.ts';
import { type End, endsOf, Tally } from './tally.ts';

/** What a changed design would cost and score. */
export interface Outlook {
  readonly costs: Costs;
  /** By the objective and the closed form that were asked for. */
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
  readonly scoring: Scoring;
  /** Of the known design, with its downstream where it has one. */
  readonly costs: Costs;
  readonly score: number;
  private readonly downstream: Downstream | undefined;
  private readonly exact: boolean;
  private readonly base: readonly Terms[];
  /** The known stage that ends with a group, where one does. */
  private readonly ends: readonly (End | undefined)[];
  private readonly last: (LastTried | undefined)[] = [];
  /** Whether the signal passes the design in one line, so that its terms add up. */
  private readonly isLine: boolean;

  constructor(analysis: BackboneAnalysis, scoring: Scoring, downstream?: Downstream) {
    this.analysis = analysis;
    this.downstream = downstream;
    this.costs = withDownstream(analysis.network, analysis.costs, downstream);
    this.scoring = scoring;
    this.score = scoreOf(analysis, scoring);
    this.exact = scoring.estimator === 'exact';
    this.isLine =
      analysis.backbone.wiring === undefined && analysis.groups.every((g) => g.flow.rectified === undefined);
    const flows = [analysis.start, ...analysis.groups.map((g) => g.flow)];
    this.base = analysis.groups.map(({ lowered: { cells }, costs, flow }, i): Terms => {
      const before = flows[i] ?? analysis.start;
      const fanIn = flow.fanIn - before.fanIn;
      const log = this.exact ? flow.widths - before.widths : fanIn;
      return { cells, costs, layers: flow.convolutions - before.convolutions, fanIn, log };
    });
    this.ends = endsOf(analysis, scoring);
  }

  /** The design with these groups. Those that did not change must be the known objects. */
  try(groups: readonly Group[]): Outlook {
    if (!this.isLine) return this.afresh(groups);
    const known = this.analysis.network.groups;
    const tally = new Tally(this.scoring, this.score);
    const terms = [...this.base];
    let isChanged = false;
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
      }
      // The windows are those of any widths: what only reads other channels has the known ones.
      if (this.exact) spatial = this.spatialAfter(lowered, group === lowered.group ? before.cells : own.cells, spatial);
      tally.pass(group, own.log - before.log, own.layers - before.layers);
      const end = this.ends[index];
      if (end !== undefined) tally.end(end, channels, this.spatialGain(index, spatial));
    }
    if (!isChanged) return { costs: this.costs, score: this.score };
    const own = withStageCosts(addCosts(terms.map(({ costs }) => costs)), this.stagesOf(terms));
    const costs = this.downstream === undefined ? own : withDownstream(this.networkOf(terms), own, this.downstream);
    return { costs, score: tally.total(this.analysis.costs, own) };
  }

  /** The groups of a changed chain as far as what reads them needs them. */
  private networkOf(terms: readonly Terms[]): Pick<Network, 'groups' | 'order'> {
    const { groups, order } = this.analysis.network;
    const changed = groups.map((known, index): LoweredGroup => {
      const cells = terms[index]?.cells ?? known.cells;
      const to = outputShape(cells.at(-1)?.cell ?? { inputs: [known.from], nodes: [], output: -1 });
      return cells === known.cells ? known : { ...known, cells, to, channels: to.channels };
    });
    return { groups: changed, order };
  }

  private afresh(groups: readonly Group[]): Outlook {
    const after = analyse({ ...this.analysis.backbone, groups }, this.analysis);
    const costs = withDownstream(after.network, after.costs, this.downstream);
    return { costs, score: scoreOf(after, this.scoring) };
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
      if (this.exact) widths += times * convs.reduce((sum, conv) => sum + widthLogStd(conv), 0);
    }
    const costs = addCosts(cells.map(({ cell, times }) => repeatCosts(cellCosts(cell, image), times)));
    return { cells, costs, layers, fanIn, log: this.exact ? widths : fanIn };
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
