import type { ObjectiveDefinition } from './definition.ts';

/** MAE-DET's own score. */
export const multiScale: ObjectiveDefinition = {
  name: 'multi-scale',
  title: 'Z',
  doc: 'the entropies of the stages, weighed by the backbone’s own α',
  unit: 'nats',
  estimators: ['fan-in', 'exact'],
  form: 'additive',
  weights: (_, own) => own,
  reluLoss: 0,
  measured: false,
};
