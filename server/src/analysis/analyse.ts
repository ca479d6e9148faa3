import type { Backbone, InputSize } from '../backbone/backbone.ts';
import { isMainConv } from '../backbone/layer.ts';
import { type LoweredGroup, type LoweredStage, lower, type Network } from '../backbone/lower.ts';
import { addCosts, type Costs, costs } from '../cost/cost.ts';
import { deepmadScore } from '../entropy/deepmad.ts';
import { exactLogStds, reluLoss } from '../entropy/exact.ts';
import { fanInLogStd } from '../entropy/fan-in.ts';
import { finiteWidthLogStds } from '../entropy/finite-width.ts';
import { weightedScore } from '../entropy/scores.ts';
import { type Flow, flowThrough, inputFlow, type LogStd, logStdOf } from './flow.ts';

export type { LogStd } from './flow.ts';

/** log σ + log(channels), in nats; `exact` is the linear one, TinyNAS's default activation. */
export interface Entropy {
  readonly fanIn: number;
  readonly exact: number;
}

export interface GroupAnalysis {
  readonly lowered: LoweredGroup;
  readonly costs: Costs;
  /** What the closed forms carry at the group's end, and the log σ that follow from it. */
  readonly flow: Flow;
  readonly logStd: LogStd;
  readonly entropy: Entropy;
  /** What the group adds to the entropy of what stands before it. */
  readonly gain: Entropy;
}

export interface StageAnalysis {
  readonly lowered: LoweredStage;
  readonly costs: Costs;
  readonly logStd: LogStd;
  readonly entropy: Entropy;
}

/** Every closed-form number of one backbone. */
export interface BackboneAnalysis {
  readonly backbone: Backbone;
  readonly network: Network;
  readonly costs: Costs;
  /** What the closed forms start with. */
  readonly start: Flow;
  readonly groups: readonly GroupAnalysis[];
  readonly stages: readonly StageAnalysis[];
  readonly score: Entropy & { readonly deepmad: number };
}

function cumulative(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}

/** log σ after each main convolution of the network, by every closed form. */
export function layerLogStds(network: Network): LogStd[] {
  const fanIn = cumulative(network.layers.filter(isMainConv).map(fanInLogStd));
  const linear = cumulative(exactLogStds(network.layers, network.input));
  const relu = linear.map((value, i) => value - reluLoss(i + 1));
  const finiteWidth = finiteWidthLogStds(network.layers, relu);
  return fanIn.map((value, i) => ({
    fanIn: value,
    exact: { linear: linear[i] ?? Number.NaN, relu: relu[i] ?? Number.NaN },
    finiteWidth: finiteWidth[i] ?? { mean: Number.NaN, sd: Number.NaN },
  }));
}

const entropyOf = (logStd: LogStd, channels: number): Entropy => ({
  fanIn: logStd.fanIn + Math.log(channels),
  exact: logStd.exact.linear + Math.log(channels),
});

const sameInput = (a: InputSize, b: InputSize): boolean =>
  a.channels === b.channels && a.height === b.height && a.width === b.width;

/**
 * All costs and entropies of a backbone whose numbers are valid, per group, per stage and in total. What a previous
 * analysis knows of groups that did not change is taken over; a property test holds the result equal to a fresh one.
 */
export function analyse(backbone: Backbone, previous?: BackboneAnalysis): BackboneAnalysis {
  const known = previous !== undefined && sameInput(previous.backbone.input, backbone.input) ? previous : undefined;
  const network = lower(backbone, known?.network);
  const start = known?.start ?? inputFlow(backbone.input);
  const groups = analyseGroups(network, start, known);
  const stages = analyseStages(network, groups);
  const scoreBy = (estimator: keyof Entropy): number =>
    weightedScore(
      stages.map((s) => ({ name: s.lowered.name, entropy: s.entropy[estimator] })),
      backbone.weights,
    );
  return {
    backbone,
    network,
    costs: addCosts(groups.map((g) => g.costs)),
    start,
    groups,
    stages,
    score: {
      fanIn: scoreBy('fanIn'),
      exact: scoreBy('exact'),
      deepmad: deepmadScore(
        network.stages,
        stages.map((s) => s.logStd.fanIn),
      ),
    },
  };
}

function analyseGroups(network: Network, start: Flow, known: BackboneAnalysis | undefined): GroupAnalysis[] {
  let before = start;
  let entropyBefore = entropyOf(logStdOf(start), network.input.channels);
  let knownBefore = known?.start;
  return network.groups.map((lowered, index): GroupAnalysis => {
    const old = known?.groups[index];
    const passage =
      old === undefined || knownBefore === undefined
        ? undefined
        : { before: knownBefore, lowered: old.lowered, after: old.flow };
    const unchanged = passage?.before === before && passage.lowered === lowered;
    const flow = flowThrough(before, lowered, passage);
    const logStd = logStdOf(flow);
    const entropy = entropyOf(logStd, lowered.channels);
    const gain = { fanIn: entropy.fanIn - entropyBefore.fanIn, exact: entropy.exact - entropyBefore.exact };
    const own = old?.lowered === lowered ? old.costs : costs(lowered.layers, network.input);
    before = flow;
    knownBefore = old?.flow;
    entropyBefore = entropy;
    return unchanged && old !== undefined ? old : { lowered, costs: own, flow, logStd, entropy, gain };
  });
}

function analyseStages(network: Network, groups: readonly GroupAnalysis[]): StageAnalysis[] {
  return network.stages.map((lowered): StageAnalysis => {
    const members = lowered.groups.flatMap(({ index }) => groups[index] ?? []);
    const last = members[members.length - 1];
    if (last === undefined) throw new Error('a stage has at least one group');
    const { logStd, entropy } = last;
    return { lowered, costs: addCosts(members.map((g) => g.costs)), logStd, entropy };
  });
}
