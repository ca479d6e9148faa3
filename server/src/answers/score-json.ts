import type { BackboneAnalysis, StageAnalysis } from '../analysis/analyse.ts';
import type { CostName } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import type { DetectorAnalysis } from '../detector/analyse.ts';

/** `mae score --json` of one backbone: a contract that other programs rely on. Counts are exact, entropies are nats. */
export function scoreJson({ backbone, costs, stages, score }: BackboneAnalysis) {
  const { channels, height, width } = backbone.input;
  return {
    name: backbone.name,
    input: [channels, height, width],
    ...costsJson(costs),
    stages: stages.map(stageJson),
    score: { fanIn: score.fanIn, exact: score.exact, deepmad: score.deepmad },
  };
}

/** The same of one detector, with the numbers of its own input and its times on devices. The parts add up to the whole. */
export function detectorJson({ detector, costs, parts }: DetectorAnalysis, devices: readonly CostName[] = []) {
  const { backbone, classes } = detector;
  const { channels, height, width } = backbone.input;
  const counted = ({ macs, thop, mmcv, ...others }: Costs) => ({
    ...{ macs, thop, mmcv },
    ...Object.fromEntries(devices.map((name) => [name, others[name] ?? 0])),
  });
  return {
    name: detector.name,
    backbone: backbone.name,
    input: [channels, height, width],
    classes,
    ...counted(costs),
    params: { conv: costs.weights, total: costs.params },
    memoryBytes: costs.memory,
    parts: parts.map((part) => ({ name: part.name, ...counted(part.costs), params: part.costs.params })),
  };
}

/** The costs of a design, every one of them. */
export const costsJson = ({
  macs,
  thop,
  mmcv,
  tinynas,
  params,
  weights,
  layers,
  memory,
  activations,
  rho,
  // What only a score reads.
  relus: _,
  ...others
}: Costs) => ({
  macs,
  thop,
  mmcv,
  tinynas,
  params: { conv: weights, total: params },
  layers,
  memoryBytes: memory,
  activations,
  rho,
  // Those that somebody registered.
  ...others,
});

const stageJson = ({ lowered, costs, logStd, entropy }: StageAnalysis) => ({
  name: lowered.name,
  channels: lowered.channels,
  height: lowered.height,
  width: lowered.width,
  macs: costs.macs,
  params: costs.params,
  layers: costs.layers,
  logStd: {
    fanIn: logStd.fanIn,
    exact: { linear: logStd.exact.linear, relu: logStd.exact.relu },
    finiteWidth: logStd.finiteWidth === undefined ? null : { mean: logStd.finiteWidth.mean, sd: logStd.finiteWidth.sd },
  },
  entropy: { fanIn: entropy.fanIn, exact: entropy.exact },
});
