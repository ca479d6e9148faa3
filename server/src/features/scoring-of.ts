import type { ObjectiveDefinition, Scoring } from '../entropy/objectives/definition.ts';
import { DEFAULT_OBJECTIVE, objectiveNamed, scoringBy } from '../entropy/objectives/registry.ts';
import type { FeatureOptions } from './options.ts';
import type { SnapshotBackbone, SnapshotDetector } from './snapshot.ts';

/**
 * How a backbone is scored wherever the editor shows its score: by the objective of the first search in the file that
 * starts from it, and by the closed form of that search where it names one. Others have the default objective and the
 * closed form of the settings.
 */
export function scoringOf(
  { searches }: Pick<SnapshotBackbone, 'searches'>,
  { estimator }: Pick<FeatureOptions, 'estimator'>,
): Scoring {
  const [search] = searches;
  const written = search?.places.estimator === undefined ? undefined : search.values.estimator;
  return scoringBy(shownObjective({ searches }), written ?? estimator);
}

/** How a backbone is scored in a detector: as the searches from that say, or those from the backbone itself. */
export const scoringIn = (
  detector: Pick<SnapshotDetector, 'searches'>,
  backbone: Pick<SnapshotBackbone, 'searches'>,
  options: Pick<FeatureOptions, 'estimator'>,
): Scoring => scoringOf(detector.searches.length > 0 ? detector : backbone, options);

/** The same by any closed form. */
export const shownObjective = ({ searches: [search] }: Pick<SnapshotBackbone, 'searches'>): ObjectiveDefinition =>
  (search === undefined ? undefined : objectiveNamed(search.values.objective)) ?? DEFAULT_OBJECTIVE;
