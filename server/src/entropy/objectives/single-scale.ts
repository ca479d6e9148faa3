import type { StageWeights } from '../../backbone/backbone.ts';
import type { ObjectiveDefinition } from './definition.ts';

/** All weight on the last stage there is. */
export const lastStage = (stages: readonly string[]): StageWeights => ({ [stages.at(-1) ?? '']: 1 });

export const singleScale: ObjectiveDefinition = {
  name: 'single-scale',
  doc: 'the entropy of the last stage only',
  unit: 'nats',
  estimators: ['fan-in', 'exact'],
  form: 'additive',
  weights: lastStage,
  reluLoss: 0,
  measured: false,
};
