import { scoreAmount } from '../../../common/numbers.ts';
import type { ObjectiveDefinition, Scoring } from '../entropy/objectives/definition.ts';
import { DEFAULT_OBJECTIVE } from '../entropy/objectives/registry.ts';
import type { Weighing } from '../entropy/score-stages.ts';

/** How a score is called beside its number: «Z», «zen», «DeepMAD». */
export const scoreName = ({ title, name }: ObjectiveDefinition): string => title ?? name;

/** «fan-in»; «fan-in, not measured» where a search measures and the closed form stands in. */
const formText = ({ objective, estimator }: Scoring): string =>
  objective.measured ? `${estimator}, not measured` : estimator;

/** «Z 542.3 (fan-in)»; of another objective with its unit, and with its closed form where it has several: «zen 1923.3 nats (fan-in)», «DeepMAD 11118». */
export function scoreText(scoring: Scoring, value: number): string {
  const { objective } = scoring;
  const amount = `${scoreName(objective)} ${scoreAmount(value, objective.unit)}`;
  if (objective === DEFAULT_OBJECTIVE) return `${amount} (${formText(scoring)})`;
  const withUnit = `${amount} ${objective.unit}`.trimEnd();
  return objective.estimators.length === 1 ? withUnit : `${withUnit} (${formText(scoring)})`;
}

/** What a score is computed by, for a place that has its number: «fan-in», «zen, fan-in», «DeepMAD». */
export function scoredBy(scoring: Scoring): string {
  const { objective } = scoring;
  if (objective === DEFAULT_OBJECTIVE) return formText(scoring);
  return objective.estimators.length === 1 ? scoreName(objective) : `${scoreName(objective)}, ${formText(scoring)}`;
}

/** The head of a column of scores: «score (fan-in, nats)», «score (DeepMAD)». */
export const scoreHead = (scoring: Scoring): string =>
  `score (${[scoredBy(scoring), scoring.objective.unit].filter((part) => part !== '').join(', ')})`;

/** «weighs C3, C4; there is no C5», «weighs no stage; there is no C3, C4, C5». */
export function weighsText({ weighed, missing }: Weighing): string {
  const names = weighed.map(({ name }) => name);
  const those = `weighs ${names.length === 0 ? 'no stage' : names.join(', ')}`;
  return missing.length === 0 ? those : `${those}; there is no ${missing.join(', ')}`;
}
