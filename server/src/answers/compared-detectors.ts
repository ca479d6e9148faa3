import type { ImageSize } from '../backbone/backbone.ts';
import type { CostName } from '../cost/budget.ts';
import type { DetectorAnalysis } from '../detector/analyse.ts';
import { detectorAtSize } from '../detector/at-size.ts';
import { deviceCosts } from '../features/device-costs.ts';
import type { Snapshot } from '../features/snapshot.ts';
import { detectorJson } from './score-json.ts';

/** A detector that is compared with others. */
export interface ComparedDetector {
  /** The file it stands in, or BUILT_IN. */
  readonly from: string;
  readonly analysis: DetectorAnalysis;
  /** The times on devices that its text shows. */
  readonly devices: readonly CostName[];
}

/** The detectors of a text, ready to be compared: at one image size, or each at its own. */
export const comparedDetectors = (snapshot: Snapshot, from: string, at?: ImageSize): ComparedDetector[] =>
  snapshot.detectors.flatMap(({ analysis, fresh }) => {
    const sized = analysis === undefined || !fresh ? undefined : detectorAtSize(analysis, at);
    return sized === undefined ? [] : [{ from, analysis: sized, devices: deviceCosts(snapshot.design) }];
  });

/** The devices that any of their texts shows. */
export const devicesOf = (detectors: readonly ComparedDetector[]): CostName[] => [
  ...new Set(detectors.flatMap(({ devices }) => devices)),
];

/** `mae compare --json` of detectors: each with what `mae score --json` has of it. */
export const compareDetectorsJson = (detectors: readonly ComparedDetector[]) => ({
  detectors: detectors.map(({ from, analysis }) => ({ from, ...detectorJson(analysis, devicesOf(detectors)) })),
});
