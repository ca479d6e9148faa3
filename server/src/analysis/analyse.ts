import { type Backbone, sameInput } from '../backbone/backbone.ts';
import { type LoweredGroup, type LoweredStage, lower, type Network } from '../backbone/lower.ts';
import { addCosts, type Costs, sectionCosts } from '../cost/cost.ts';
import type { CostDefinition } from '../cost/definition.ts';
import { withStageCosts } from '../cost/effectiveness.ts';
import { allCosts } from '../cost/registry.ts';
import { deepmad } from '../entropy/objectives/deepmad.ts';
import type { ScoredStage } from '../entropy/objectives/definition.ts';
import { multiScale } from '../entropy/objectives/multi-scale.ts';
import { scoreOfStages, stageFacts } from '../entropy/score-stages.ts';
import { type Flow, flowsRead, flowThrough, inputFlow, type LogStd, logStdOf } from './flow.ts';

export type { LogStd } from './flow.ts';

/** log σ + log(channels), in nats; `exact` is the linear one, TinyNAS's default activation. */
export interface Entropy {
  readonly fanIn: number;
  readonly exact: number;
}

export interface GroupAnalysis {
  readonly lowered: LoweredGroup;
  /** What the closed forms carry at the end of each section that it reads. */
  readonly before: readonly Flow[];
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
  /** What the closed forms carry at the end of its last group. */
  readonly flow: Flow;
  readonly logStd: LogStd;
  readonly entropy: Entropy;
}

/** Every closed-form number of one backbone. */
export interface BackboneAnalysis {
  readonly backbone: Backbone;
  readonly network: Network;
  /** The costs that were known then: a device's profile may come later. */
  readonly counted: readonly CostDefinition[];
  readonly costs: Costs;
  /** What the closed forms start with. */
  readonly start: Flow;
  readonly groups: readonly GroupAnalysis[];
  readonly stages: readonly StageAnalysis[];
  readonly score: Entropy & { readonly deepmad: number };
}

const entropyOf = (logStd: LogStd, channels: number): Entropy => ({
  fanIn: logStd.fanIn + Math.log(channels),
  exact: logStd.exact.linear + Math.log(channels),
});

/**
 * All costs and entropies of a backbone whose numbers are valid, per group, per stage and in total. What a previous
 * analysis knows of groups that did not change is taken over; a property test holds the result equal to a fresh one.
 */
export function analyse(backbone: Backbone, previous?: BackboneAnalysis): BackboneAnalysis {
  const known =
    previous !== undefined && isCurrent(previous) && sameInput(previous.backbone.input, backbone.input)
      ? previous
      : undefined;
  const network = lower(backbone, known?.network);
  const start = known?.start ?? inputFlow(backbone.input);
  const groups = analyseGroups(network, start, known);
  const stages = analyseStages(network, groups);
  const total = addCosts(groups.map((g) => g.costs));
  const [byFanIn, byExact] = [scoredStages(stages, 'fanIn'), scoredStages(stages, 'exact')];
  return {
    backbone,
    network,
    counted: allCosts(),
    costs: withStageCosts(
      total,
      stages.map((s) => ({ layers: s.flow.convolutions, logFanIn: 2 * s.flow.fanIn })),
    ),
    start,
    groups,
    stages,
    score: {
      fanIn: scoreOfStages(multiScale, backbone.weights, byFanIn),
      exact: scoreOfStages(multiScale, backbone.weights, byExact),
      deepmad: scoreOfStages(deepmad, backbone.weights, byFanIn),
    },
  };
}

/** Whether an analysis has a number for every cost that is known now. */
export const isCurrent = ({ counted }: BackboneAnalysis): boolean => counted === allCosts();

/** What a group adds that reads several is counted from the one that has the most. */
function analyseGroups(network: Network, start: Flow, known: BackboneAnalysis | undefined): GroupAnalysis[] {
  const { image } = network;
  const begin = entropyOf(logStdOf(start), network.image.channels);
  const groups = new Array<GroupAnalysis>(network.groups.length);
  const flowOf = (index: number): Flow => groups[index]?.flow ?? start;
  for (const index of network.order) {
    const lowered = network.groups[index];
    if (lowered === undefined) continue;
    const old = known?.groups[index];
    const before = flowsRead(lowered, flowOf, old?.before);
    const passage = old && { before: old.before, section: old.lowered, after: old.flow };
    const flow = flowThrough(before, lowered, passage);
    if (old !== undefined && old.flow === flow && old.lowered === lowered) {
      groups[index] = old;
      continue;
    }
    const logStd = logStdOf(flow);
    const entropy = entropyOf(logStd, lowered.channels);
    const entropyBefore = (estimator: keyof Entropy): number =>
      lowered.reads.reduce((most, read) => Math.max(most, (groups[read]?.entropy ?? begin)[estimator]), -Infinity);
    const gain = { fanIn: entropy.fanIn - entropyBefore('fanIn'), exact: entropy.exact - entropyBefore('exact') };
    const costs = old?.lowered === lowered ? old.costs : sectionCosts(lowered, image);
    groups[index] = { lowered, before, costs, flow, logStd, entropy, gain };
  }
  return groups;
}

/** What a score reads of the stages, by one closed form of log σ. */
export function scoredStages(stages: readonly StageAnalysis[], estimator: keyof Entropy): ScoredStage[] {
  const facts = stageFacts(stages.map(({ lowered }) => lowered));
  return stages.flatMap(({ lowered: { channels }, logStd, flow: { convolutions: layers } }, i) => {
    const fact = facts[i];
    if (fact === undefined) return [];
    return [{ ...fact, channels, logStd: estimator === 'exact' ? logStd.exact.linear : logStd.fanIn, layers }];
  });
}

function analyseStages(network: Network, groups: readonly GroupAnalysis[]): StageAnalysis[] {
  return network.stages.flatMap((lowered): StageAnalysis[] => {
    const last = groups[lowered.last];
    if (last === undefined) return [];
    const members = lowered.groups.flatMap(({ index }) => groups[index] ?? []);
    const { flow, logStd, entropy } = last;
    return [{ lowered, costs: addCosts(members.map((g) => g.costs)), flow, logStd, entropy }];
  });
}
