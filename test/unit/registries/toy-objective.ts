import type { ObjectiveDefinition } from '../../../server/src/entropy/objectives/definition.ts';

/** Layers and the logarithm of the channels at the end of every stage: no sum over groups. */
export const toyObjective: ObjectiveDefinition = {
  name: 'toyscore',
  doc: 'a toy: Σ layers · ln C',
  unit: '',
  estimators: ['fan-in'],
  form: 'stages',
  ofStages: (stages) => stages.reduce((sum, { layers, channels }) => sum + layers * Math.log(channels), 0),
  measured: false,
};
