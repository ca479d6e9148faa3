import { analyse, type BackboneAnalysis } from '../../server/src/analysis/analyse.ts';
import { scoreOf } from '../../server/src/analysis/score-of.ts';
import { allObjectives, estimatorFor, objectiveOf } from '../../server/src/entropy/objectives/registry.ts';
import { carriedOver } from './codes.ts';

/** A number that networks are ordered by: more of it is to mean a better one. */
export interface Measure {
  readonly name: string;
  readonly of: (analysis: BackboneAnalysis) => number;
}

const cost = (name: string): Measure => ({ name, of: ({ costs }) => costs[name] ?? Number.NaN });

/** Every objective that needs no forward pass, by the closed form that is the default. */
const OBJECTIVES: readonly Measure[] = allObjectives()
  .filter(({ measured }) => !measured)
  .map((objective) => ({
    name: objective.name,
    of: (analysis) => scoreOf(analysis, { objective, estimator: estimatorFor(objective, 'fan-in') }),
  }));

/** The multi-scale score by the other closed form. */
const EXACT: Measure = {
  name: 'multi-scale-exact',
  of: (analysis) => scoreOf(analysis, { objective: objectiveOf({ objective: 'multi-scale' }), estimator: 'exact' }),
};

/** The multi-scale score where the last stage takes over the weight of those that the network lacks. */
export const CARRIED: Measure = {
  name: 'multi-scale-carried',
  of: (analysis) => {
    const stages = analysis.stages.map(({ lowered }) => lowered.name);
    return analyse(carriedOver(analysis.backbone, stages), analysis).score.fanIn;
  },
};

export const MEASURES: readonly Measure[] = [
  ...OBJECTIVES,
  EXACT,
  ...['layers', 'params', 'macs', 'activations', 'relus', 'rho'].map(cost),
];
