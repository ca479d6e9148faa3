import type { BackboneAnalysis } from '../analysis/analyse.ts';
import { atSize } from '../analysis/at-size.ts';
import type { ImageSize } from '../backbone/backbone.ts';
import type { DetectorAnalysis } from '../detector/analyse.ts';
import { detectorAtSize } from '../detector/at-size.ts';
import { deviceCosts } from '../features/device-costs.ts';
import type { Snapshot } from '../features/snapshot.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import { limitsOf } from './limits.ts';
import { detectorJson, scoreJson } from './score-json.ts';

/** Numbers at the asked size, and what the design is held to at its own; at another size that is nothing. */
interface Scored<T> {
  readonly sized: T;
  readonly budgets: readonly BudgetSource[];
}

/** The backbones and detectors of a text that can be read, with their numbers. */
export interface ScoredFile {
  readonly backbones: readonly Scored<BackboneAnalysis>[];
  readonly detectors: readonly Scored<DetectorAnalysis>[];
}

/** @param wanted the one design that is asked for; all of the text when left out */
export function scored(snapshot: Snapshot, size: ImageSize | undefined, wanted?: string): ScoredFile {
  const isWanted = ({ source }: { readonly source: { readonly name: string } }): boolean =>
    wanted === undefined || source.name === wanted;
  const held = (budgets: readonly BudgetSource[]) => (size === undefined ? budgets : []);
  return {
    backbones: snapshot.backbones
      .filter(isWanted)
      .flatMap(({ analysis, fresh, budgets }) =>
        analysis === undefined || !fresh ? [] : [{ sized: atSize(analysis, size), budgets: held(budgets) }],
      ),
    detectors: snapshot.detectors.filter(isWanted).flatMap(({ analysis, fresh, budgets }) => {
      const sized = analysis === undefined || !fresh ? undefined : detectorAtSize(analysis, size);
      return sized === undefined ? [] : [{ sized, budgets: held(budgets) }];
    }),
  };
}

/** `mae score --json` of a text: every design with how much of each budget it uses. */
export const scoredJson = ({ backbones, detectors }: ScoredFile, snapshot: Snapshot) => ({
  backbones: backbones.map(({ sized, budgets }) => ({
    ...scoreJson(sized),
    budgets: limitsOf(sized.costs, budgets),
  })),
  detectors: detectors.map(({ sized, budgets }) => ({
    ...detectorJson(sized, deviceCosts(snapshot.design)),
    budgets: limitsOf(sized.costs, budgets),
  })),
});
