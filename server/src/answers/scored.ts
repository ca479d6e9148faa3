import type { BackboneAnalysis } from '../analysis/analyse.ts';
import { atSize } from '../analysis/at-size.ts';
import type { ImageSize } from '../backbone/backbone.ts';
import type { DetectorAnalysis } from '../detector/analyse.ts';
import { detectorAtSize } from '../detector/at-size.ts';
import type { Snapshot } from '../features/snapshot.ts';
import type { BudgetSource } from '../language/read-budget.ts';

/** Numbers at the asked size, and what the design is held to at its own. */
interface Scored<T> {
  readonly sized: T;
  readonly budgets: readonly BudgetSource[];
}

/** The backbones and detectors of a text that can be read, with their numbers. */
export interface ScoredFile {
  readonly backbones: readonly Scored<BackboneAnalysis>[];
  readonly detectors: readonly Scored<DetectorAnalysis>[];
}

export const scored = (snapshot: Snapshot, size: ImageSize | undefined): ScoredFile => ({
  backbones: snapshot.backbones.flatMap(({ analysis, fresh, budgets }) =>
    analysis === undefined || !fresh ? [] : [{ sized: atSize(analysis, size), budgets }],
  ),
  detectors: snapshot.detectors.flatMap(({ analysis, fresh, budgets }) => {
    const sized = analysis === undefined || !fresh ? undefined : detectorAtSize(analysis, size);
    return sized === undefined ? [] : [{ sized, budgets }];
  }),
});
