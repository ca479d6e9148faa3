import type { Backbone } from '../backbone/backbone.ts';
import { isMainConv } from '../backbone/layer.ts';
import { type LoweredGroup, type LoweredStage, lower, type Network } from '../backbone/lower.ts';
import { type Costs, costs } from '../cost/cost.ts';
import { deepmadScore } from '../entropy/deepmad.ts';
import { exactLogStds, reluLoss } from '../entropy/exact.ts';
import { fanInLogStd } from '../entropy/fan-in.ts';
import { finiteWidthLogStds, type Prediction } from '../entropy/finite-width.ts';
import { weightedScore } from '../entropy/scores.ts';

/** Cumulative log σ at one point of the network by every closed form, in nats. */
export interface LogStd {
  readonly fanIn: number;
  readonly exact: { readonly linear: number; readonly relu: number };
  /** For relu networks. */
  readonly finiteWidth: Prediction;
}

/** log σ + log(channels), in nats; `exact` is the linear one, TinyNAS's default activation. */
export interface Entropy {
  readonly fanIn: number;
  readonly exact: number;
}

export interface GroupAnalysis {
  readonly lowered: LoweredGroup;
  readonly costs: Costs;
  /** At the group's end. */
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
  readonly groups: readonly GroupAnalysis[];
  readonly stages: readonly StageAnalysis[];
  readonly score: Entropy & { readonly deepmad: number };
}

const NOTHING: LogStd = { fanIn: 0, exact: { linear: 0, relu: 0 }, finiteWidth: { mean: 0, sd: 0 } };

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
    finiteWidth: finiteWidth[i] ?? NOTHING.finiteWidth,
  }));
}

const entropyOf = (logStd: LogStd, channels: number): Entropy => ({
  fanIn: logStd.fanIn + Math.log(channels),
  exact: logStd.exact.linear + Math.log(channels),
});

/** All costs and entropies of a backbone whose numbers are valid, per group, per stage and in total. */
export function analyse(backbone: Backbone): BackboneAnalysis {
  const network = lower(backbone);
  const byLayer = layerLogStds(network);
  let passed = 0;
  let before: Entropy = entropyOf(NOTHING, backbone.input.channels);
  const groups = network.groups.map((lowered): GroupAnalysis => {
    passed += lowered.layers.filter(isMainConv).length;
    const logStd = byLayer[passed - 1] ?? NOTHING;
    const entropy = entropyOf(logStd, lowered.channels);
    const gain = { fanIn: entropy.fanIn - before.fanIn, exact: entropy.exact - before.exact };
    before = entropy;
    return { lowered, costs: costs(lowered.layers, network.input), logStd, entropy, gain };
  });
  const stages = network.stages.map((lowered): StageAnalysis => {
    const last = lowered.groups[lowered.groups.length - 1];
    const end = groups[last?.index ?? -1];
    return {
      lowered,
      costs: costs(
        lowered.groups.flatMap((g) => g.layers),
        network.input,
      ),
      logStd: end?.logStd ?? NOTHING,
      entropy: end?.entropy ?? entropyOf(NOTHING, lowered.channels),
    };
  });
  const scoreBy = (estimator: keyof Entropy): number =>
    weightedScore(
      stages.map((s) => ({ name: s.lowered.name, entropy: s.entropy[estimator] })),
      backbone.weights,
    );
  return {
    backbone,
    network,
    costs: costs(network.layers, network.input),
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
