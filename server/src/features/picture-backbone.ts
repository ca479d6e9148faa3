import type { Entropy, GroupAnalysis } from '../analysis/analyse.ts';
import { scoreOf } from '../analysis/score-of.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { costNamed } from '../cost/registry.ts';
import { spanOf } from '../language/span.ts';
import { deviceCosts } from './device-costs.ts';
import { entropyKey, type FeatureOptions, shownCost } from './options.ts';
import { scoreText } from './score-text.ts';
import { scoringOf } from './scoring-of.ts';
import { rangeOf, type Snapshot, type SnapshotBackbone, shownGroups } from './snapshot.ts';

/** One group as it is drawn: everything to scale, and the lines of the text that it stands for. */
export interface PictureGroup {
  /** Lines of the text, from 0, both inclusive. */
  readonly from: number;
  readonly to: number;
  /** Position of its stage in `stages`. */
  readonly stage: number;
  /** Its stage in a chain, its node in a graph. */
  readonly place: string;
  /** Positions of the groups that it reads; −1 for the image. */
  readonly reads: readonly number[];
  readonly block: string;
  readonly kernel: number;
  readonly depth: number;
  readonly channels: number;
  /** Bottleneck width; 0 where the block has none. */
  readonly btn: number;
  readonly height: number;
  readonly width: number;
  readonly cost: number;
  /** Of the whole backbone, 0 … 1. */
  readonly costShare: number;
  /** Milliseconds on the devices of the drawing, in their order; absent where there is none. */
  readonly times?: readonly number[];
  /** In nats; necks and heads have none. */
  readonly entropy?: number;
  /** What the group adds to the entropy before it, in nats. */
  readonly gain?: number;
  /** What it is where it is no group of a backbone. */
  readonly part?: 'neck' | 'head';
}

export interface PictureStage {
  readonly name: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly costShare: number;
  readonly entropy: number;
  /** Position of the group that ends it. */
  readonly last: number;
}

export interface PictureBackbone {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly input: { readonly channels: number; readonly height: number; readonly width: number };
  /** Whether all of it could be read; otherwise the numbers are as far as it can be. */
  readonly fresh: boolean;
  readonly score: number;
  /** The same with what it is: «Z 542.3 (fan-in)», «zen 1923.3 nats (fan-in)». */
  readonly scoreText: string;
  /** The closed form of the entropies. */
  readonly estimator: string;
  /** The convention of `cost`. */
  readonly costName: string;
  readonly cost: number;
  /** Devices whose times stand beside one another, with the time of the whole; absent where the text names none. */
  readonly devices?: readonly { readonly name: string; readonly ms: number }[];
  /** Whether it is a graph, whose groups name what they read. */
  readonly branches: boolean;
  readonly stages: readonly PictureStage[];
  readonly groups: readonly PictureGroup[];
}

/** The lines of a text that something stands on. */
export function linesOf(snapshot: Snapshot, span: Parameters<typeof rangeOf>[1]): { from: number; to: number } {
  const { start, end } = rangeOf(snapshot, span);
  return { from: start.line, to: end.line };
}

/** A group as it is drawn, but for its share of the cost. */
export function drawnGroup(
  { lowered, entropy, gain }: GroupAnalysis,
  key: keyof Entropy,
  lines: Pick<PictureGroup, 'from' | 'to'>,
): Omit<PictureGroup, 'cost' | 'costShare'> {
  const { group, stage, place, reads, channels, height, width } = lowered;
  const { block, kernel, depth, btn } = group;
  const shown = { block, kernel, depth, channels, btn, height, width };
  return { ...lines, stage: stage - 1, place, reads, ...shown, entropy: entropy[key], gain: gain[key] };
}

/** The times of a part, where devices are named. */
export const timesOf = (costs: Costs, devices: readonly CostName[]): Pick<PictureGroup, 'times'> =>
  devices.length === 0 ? {} : { times: devices.map((name) => costOf(costs, name)) };

/** The devices with the times of the whole, where any are named. */
export const drawnDevices = (costs: Costs, devices: readonly CostName[]): Pick<PictureBackbone, 'devices'> =>
  devices.length === 0
    ? {}
    : { devices: devices.map((name) => ({ name: costNamed(name)?.device ?? name, ms: costOf(costs, name) })) };

export function pictureOf(
  snapshot: Snapshot,
  backbone: SnapshotBackbone,
  options: FeatureOptions,
): PictureBackbone | undefined {
  const { analysis, source, fresh } = backbone;
  if (analysis === undefined) return undefined;
  const key = entropyKey(options);
  const costName = shownCost(backbone, options);
  const devices = deviceCosts(snapshot.design);
  const scoring = scoringOf(backbone, options);
  const score = scoreOf(analysis, scoring);
  const total = costOf(analysis.costs, costName);
  const share = (cost: number): number => (total === 0 ? 0 : cost / total);
  const lines = (span: Parameters<typeof rangeOf>[1]) => linesOf(snapshot, span);
  return {
    name: source.name,
    ...lines(spanOf(source.node)),
    input: analysis.backbone.input,
    fresh,
    score,
    scoreText: scoreText(scoring, score),
    estimator: options.estimator,
    costName,
    cost: total,
    ...drawnDevices(analysis.costs, devices),
    branches: analysis.backbone.wiring !== undefined,
    stages: analysis.stages.map(({ lowered, costs, entropy }) => ({
      name: lowered.name,
      channels: lowered.channels,
      height: lowered.height,
      width: lowered.width,
      costShare: share(costOf(costs, costName)),
      entropy: entropy[key],
      last: lowered.last,
    })),
    groups: shownGroups(backbone).map((shown) => {
      const cost = costOf(shown.analysis.costs, costName);
      const times = timesOf(shown.analysis.costs, devices);
      return { ...drawnGroup(shown.analysis, key, lines(shown.source.span)), cost, costShare: share(cost), ...times };
    }),
  };
}
