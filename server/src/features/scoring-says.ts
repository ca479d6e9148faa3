import { type BackboneAnalysis, scoredStages } from '../analysis/analyse.ts';
import { entropyKeyOf, weighingIn } from '../analysis/score-of.ts';
import type { Scoring } from '../entropy/objectives/definition.ts';
import { DEFAULT_OBJECTIVE } from '../entropy/objectives/registry.ts';
import type { SearchSource } from '../language/read-search.ts';
import type { FeatureOptions } from './options.ts';
import { scoredBy, weighsText } from './score-text.ts';
import { scoringOf } from './scoring-of.ts';
import type { SnapshotBackbone } from './snapshot.ts';

/** In plain words: by which objective a backbone is scored and why, which stages that weighs, and what to mind of it. */
export function scoreSays(backbone: SnapshotBackbone, options: Pick<FeatureOptions, 'estimator'>): string | undefined {
  const { analysis, searches } = backbone;
  if (analysis === undefined) return undefined;
  const scoring = scoringOf(backbone, options);
  const parts = [
    decidedText(searches, scoring, options),
    weighedText(analysis, scoring),
    caveatOf(analysis, scoring),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** «Scored as the search fast does, by zen, fan-in: a closed-form stand-in …. 2 searches start from it: the first in the file decides.» */
function decidedText(
  searches: readonly SearchSource[],
  scoring: Scoring,
  options: Pick<FeatureOptions, 'estimator'>,
): string | undefined {
  const [first, ...others] = searches;
  if (first === undefined) return undefined;
  const { objective, estimator } = scoring;
  const asked = (search: SearchSource): string => scoredBy(scoringOf({ searches: [search] }, options));
  const differ = others.some((other) => asked(other) !== asked(first));
  if (objective === DEFAULT_OBJECTIVE && estimator === options.estimator && !differ) return undefined;
  const what = `Scored as ${searchName(first)} does, by ${scoredBy(scoring)}: ${objective.doc}.`;
  return differ ? `${what} ${searches.length} searches start from it: the first in the file decides.` : what;
}

const searchName = ({ name }: SearchSource): string =>
  name === undefined ? 'the search from it' : `the search ${name}`;

/** «It weighs C3, C4; there is no C5.»; nothing of an objective that reads all stages as one. */
export function weighedText(analysis: BackboneAnalysis, scoring: Scoring): string | undefined {
  const weighing = weighingIn(analysis, scoring);
  return weighing === undefined ? undefined : `It ${weighsText(weighing)}.`;
}

/** What to mind of a score before it is compared with others. */
export const caveatOf = ({ stages }: BackboneAnalysis, { objective, estimator }: Scoring): string | undefined =>
  objective.caveat?.(scoredStages(stages, entropyKeyOf(estimator)));
