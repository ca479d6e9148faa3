import { deepmad } from './deepmad.ts';
import type { EstimatorName, ObjectiveDefinition, Scoring } from './definition.ts';
import { multiScale } from './multi-scale.ts';
import { robust } from './robust.ts';
import { singleScale } from './single-scale.ts';
import { zen } from './zen.ts';
import { zenMeasured } from './zen-measured.ts';

/** Every objective, in the order in which people are told of them. */
const registry = new Map<string, ObjectiveDefinition>();

/** Adds an objective to the language and to all that scores. */
export function registerObjective(definition: ObjectiveDefinition): void {
  registry.set(definition.name, definition);
}

for (const objective of [multiScale, singleScale, zen, zenMeasured, deepmad, robust]) registerObjective(objective);

export const objectiveNamed = (name: string): ObjectiveDefinition | undefined => registry.get(name);

export const objectiveNames = (): readonly string[] => [...registry.keys()];

export const allObjectives = (): readonly ObjectiveDefinition[] => [...registry.values()];

/** What is scored where nothing else is asked for. */
export const DEFAULT_OBJECTIVE = multiScale;

/** The definition of a task's objective. An objective that there is none of is a mistake of the program. */
export function objectiveOf({ objective }: { readonly objective: string }): ObjectiveDefinition {
  const definition = registry.get(objective);
  if (definition === undefined) throw new Error(`there is no objective ${objective}`);
  return definition;
}

/** The closed form of log σ that an objective is computed by when this one is asked for. */
export const estimatorFor = ({ estimators }: ObjectiveDefinition, asked: EstimatorName): EstimatorName =>
  estimators.includes(asked) ? asked : estimators[0];

/** The score of an objective by the closed form that is asked for, or by the one that it has. */
export const scoringBy = (objective: ObjectiveDefinition, asked: EstimatorName): Scoring => ({
  objective,
  estimator: estimatorFor(objective, asked),
});

/** How a score is computed where nobody asks for another. */
export const DEFAULT_SCORING: Scoring = { objective: DEFAULT_OBJECTIVE, estimator: 'fan-in' };
