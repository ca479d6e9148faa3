import type { EstimatorName, ObjectiveDefinition, Scoring } from '../entropy/objectives/definition.ts';
import { besideStages, scoreOfStages, type Weighing, weighingOf } from '../entropy/score-stages.ts';
import { type BackboneAnalysis, type Entropy, scoredStages } from './analyse.ts';

/** Which of the entropies a closed form is. */
export const entropyKeyOf = (estimator: EstimatorName): keyof Entropy => (estimator === 'exact' ? 'exact' : 'fanIn');

/** What an objective gives for a backbone, by a closed form. */
export const scoreOf: (analysis: BackboneAnalysis, scoring: Scoring) => number = remembered(
  ({ backbone, stages, costs }, { objective, estimator }) =>
    scoreOfStages(objective, backbone.weights, scoredStages(stages, entropyKeyOf(estimator))) +
    besideStages(objective, costs),
);

/** The stages of a backbone that an objective weighs; undefined for one that reads all of them as one. */
export const weighingIn: (analysis: BackboneAnalysis, scoring: Pick<Scoring, 'objective'>) => Weighing | undefined =
  remembered(({ backbone, stages }, { objective }) =>
    weighingOf(
      objective,
      backbone.weights,
      stages.map(({ lowered }) => lowered.name),
    ),
  );

interface Asked {
  readonly objective: ObjectiveDefinition;
  readonly estimator?: EstimatorName;
}

/** Every keystroke asks it of all backbones of a file, most of which are the very analyses of before. */
function remembered<A extends Asked, T>(compute: (analysis: BackboneAnalysis, asked: A) => T) {
  const known = new WeakMap<BackboneAnalysis, { readonly asked: A; readonly answer: T }>();
  return (analysis: BackboneAnalysis, asked: A): T => {
    const last = known.get(analysis);
    const { objective, estimator } = asked;
    if (last !== undefined && last.asked.objective === objective && last.asked.estimator === estimator)
      return last.answer;
    const answer = compute(analysis, asked);
    known.set(analysis, { asked, answer });
    return answer;
  };
}
