import { analyse, type BackboneAnalysis, isCurrent } from '../analysis/analyse.ts';
import type { CostName } from '../cost/budget.ts';
import { addCosts, type Costs, sectionCosts } from '../cost/cost.ts';
import type { Detector, Part } from './detector.ts';
import { type DetectorNetwork, type LoweredPart, lowerDetector } from './lower.ts';
import { costsBeside } from './waiting.ts';

/** The ways to count that know a whole detector: TinyNAS counts backbones. */
export const DETECTOR_CONVENTIONS = ['macs', 'thop', 'mmcv'] as const;

/** What is told of each part of a detector. */
export const DETECTOR_COSTS: readonly CostName[] = [...DETECTOR_CONVENTIONS, 'params'];

/** What is named first among the parts. */
export const BACKBONE_PART = 'backbone';

export interface PartAnalysis {
  /** `backbone`, or the kind of the neck or head. */
  readonly name: string;
  readonly part: Part | undefined;
  readonly costs: Costs;
}

/** Every number of a whole detector. Tinynas, layers and rho are of its backbone alone. */
export interface DetectorAnalysis {
  readonly detector: Detector;
  /** At the detector's own input. */
  readonly backbone: BackboneAnalysis;
  readonly network: DetectorNetwork;
  readonly costs: Costs;
  /** The backbone first, then the neck and the heads. */
  readonly parts: readonly PartAnalysis[];
}

/**
 * Costs of a detector, part by part. Undefined where the neck reads what the backbone does not have.
 *
 * @param known an analysis of the very backbone, at the detector's input
 * @param previous an earlier one, whose numbers are taken over where nothing changed
 */
export function analyseDetector(
  detector: Detector,
  known: BackboneAnalysis | undefined,
  previous?: DetectorAnalysis,
): DetectorAnalysis | undefined {
  const { backbone } = detector;
  const analysis =
    known?.backbone === backbone && isCurrent(known) ? known : analyse(backbone, previous?.backbone ?? known);
  const network = lowerDetector(detector, analysis.network, previous);
  if (network === undefined) return undefined;
  if (previous?.network === network && previous.backbone === analysis) return previous;
  const own = costsBeside(analysis, new Set(network.read.map(({ section }) => section)));
  const parts: PartAnalysis[] = [
    { name: BACKBONE_PART, part: undefined, costs: own },
    ...network.parts.map((lowered, i): PartAnalysis => {
      const before =
        previous !== undefined && isCurrent(previous.backbone) && previous.network.parts[i] === lowered
          ? previous.parts[i + 1]?.costs
          : undefined;
      return { name: lowered.part.kind, part: lowered.part, costs: before ?? partCosts(lowered, network) };
    }),
  ];
  return { detector, backbone: analysis, network, costs: addCosts(parts.map(({ costs }) => costs)), parts };
}

const partCosts = ({ sections }: LoweredPart, { image }: DetectorNetwork): Costs =>
  addCosts(sections.map((section) => sectionCosts(section, image)));
