import type { EstimatorName, Scoring } from '../entropy/objectives/definition.ts';
import { scoreOfStages, type Weighing, weighingOf } from '../entropy/score-stages.ts';
import { type BackboneAnalysis, type Entropy, scoredStages } from './analyse.ts';

/** Which of the entropies a closed form is. */
export const entropyKeyOf = (estimator: EstimatorName): keyof Entropy => (estimator === 'exact' ? 'exact' : 'fanIn');

/** What an objective gives for a backbone, by a closed form. */
export const scoreOf = ({ backbone, stages }: BackboneAnalysis, { objective, estimator }: Scoring): number =>
  scoreOfStages(objective, backbone.weights, scoredStages(stages, entropyKeyOf(estimator)));

/** The stages of a backbone that an objective weighs; undefined for one that reads all of them as one. */
export const weighingIn = (
  { backbone, stages }: BackboneAnalysis,
  { objective }: Pick<Scoring, 'objective'>,
): Weighing | undefined =>
  weighingOf(
    objective,
    backbone.weights,
    stages.map(({ lowered }) => lowered.name),
  );
