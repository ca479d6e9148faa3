import { analyse, type BackboneAnalysis } from '../../server/src/analysis/analyse.ts';
import type { Backbone } from '../../server/src/backbone/backbone.ts';
import { isSqueezed } from '../../server/src/backbone/residual.ts';
import { accelDesign, macroDesign, transnasDesign } from './codes.ts';
import { readAccel, readMacro, readTransnas, type Trained } from './data.ts';
import { CARRIED, MEASURES, type Measure } from './measures.ts';
import { equalPairs, type Pairs } from './statistics.ts';

/** A network of a benchmark as our program sees it. */
export interface Sample {
  readonly code: string;
  readonly values: Readonly<Record<string, number>>;
}

/** What somebody trained of one space, for one task. */
export interface EvidenceSet {
  readonly id: string;
  readonly benchmark: string;
  readonly samples: readonly Sample[];
  /** One for each sample; higher is better. */
  readonly accuracies: readonly number[];
  /** Networks whose macs differ by no more than this share of the larger have equal macs. */
  readonly tolerance: number;
  /** τ that the noise of the seeds leaves to reach, as the sources give it. */
  readonly ceiling?: string;
}

const pairsOfSets = new WeakMap<EvidenceSet, Pairs>();

/** The pairs of a set with equal macs, a million of them: looked for once. */
export function equalPairsOf(set: EvidenceSet): Pairs {
  const pairs = pairsOfSets.get(set) ?? equalPairs(column(set, 'macs'), set.tolerance);
  pairsOfSets.set(set, pairs);
  return pairs;
}

/** Networks as they are counted by us, each beside its design's neighbour so that groups are analysed once. */
function samplesOf(
  networks: readonly Trained[],
  design: (code: string) => Backbone,
  measures: readonly Measure[],
  check: (analysis: BackboneAnalysis, network: Trained) => boolean = () => true,
): Sample[] {
  const order = networks
    .map((_, i) => i)
    .sort((i, j) => ((networks[i]?.code ?? '') < (networks[j]?.code ?? '') ? -1 : 1));
  const samples = new Array<Sample>(networks.length);
  let analysis: BackboneAnalysis | undefined;
  for (const i of order) {
    const network = networks[i];
    if (network === undefined) continue;
    analysis = analyse(design(network.code), analysis);
    if (!check(analysis, network)) throw new Error(`${network.code} is not counted as in its source`);
    const known = analysis;
    const values = Object.fromEntries(measures.map(({ name, of }) => [name, of(known)]));
    samples[i] = { code: network.code, values };
  }
  return samples;
}

/** NAS-Bench-Macro counts the classifier too, 1280 to 10 with biases. */
export const countsMacro = ({ costs }: BackboneAnalysis, { counted }: Trained): boolean =>
  counted?.params === costs.params + 12_810 && counted.macs === costs.macs + 12_800;

/**
 * Accel-NASBench counts the classifier too, 1280 to 1000 with biases. The convolutions of a squeeze-and-excitation have biases
 * there and BatchNorm here, one parameter a channel less; its macs have 4 for each element of a norm, and the pooling in front
 * of the classifier. How it counts the multiplications of a squeeze-and-excitation is not known: macs are held without one.
 */
export function countsAccel({ backbone, network, costs }: BackboneAnalysis, { counted }: Trained): boolean {
  let biases = 0;
  backbone.groups.forEach((g, i) => {
    const input = network.groups[i - 1]?.channels ?? 0;
    if (isSqueezed(g)) biases += g.depth * (g.squeeze + (g.btn > 0 ? g.btn : input));
  });
  const macs = costs.macs + 4 * costs.activations + 1_280_000 + 64_000;
  return counted?.params === costs.params - biases + 1_281_000 && (biases > 0 || counted.macs === macs);
}

export function macroSet(): EvidenceSet {
  const networks = readMacro();
  return {
    id: 'nasbench-macro',
    benchmark: 'NAS-Bench-Macro',
    samples: samplesOf(networks, macroDesign, MEASURES, countsMacro),
    accuracies: networks.flatMap(({ accuracies }) => accuracies),
    tolerance: 0.02,
    ceiling: '.88',
  };
}

export function accelSet(): EvidenceSet {
  const networks = readAccel();
  return {
    id: 'accel-nasbench',
    benchmark: 'Accel-NASBench',
    samples: samplesOf(networks, accelDesign, MEASURES, countsAccel),
    accuracies: networks.flatMap(({ accuracies }) => accuracies),
    tolerance: 0.02,
    ceiling: '.92 to .94',
  };
}

/** One set for each task, of the networks that were trained for it. */
export function transnasSets(): EvidenceSet[] {
  const { tasks, networks } = readTransnas();
  const samples = samplesOf(networks, transnasDesign, [...MEASURES, CARRIED]);
  return tasks.map((task, t) => {
    const trained = networks.flatMap(({ accuracies }, i) => (Number.isNaN(accuracies[t] ?? Number.NaN) ? [] : [i]));
    return {
      id: `transnas-${task}`,
      benchmark: 'TransNAS-Bench-101',
      samples: trained.flatMap((i) => samples[i] ?? []),
      accuracies: trained.map((i) => networks[i]?.accuracies[t] ?? Number.NaN),
      tolerance: 0.05,
    };
  });
}

/** All of them, the two of inverted blocks first. */
export const allSets = (): EvidenceSet[] => [macroSet(), accelSet(), ...transnasSets()];

/** A column of a set. */
export const column = ({ samples }: EvidenceSet, measure: string): number[] =>
  samples.map(({ values }) => values[measure] ?? Number.NaN);

export const measuresOf = ({ samples }: EvidenceSet): string[] => Object.keys(samples[0]?.values ?? {});
