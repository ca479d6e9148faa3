import type { ObjectiveDefinition } from './definition.ts';
import { zen } from './zen.ts';

/** Where nothing is measured, as at a keystroke, its stand-in is shown. */
export const zenMeasured: ObjectiveDefinition = {
  ...zen,
  name: 'zen-measured',
  doc: 'the Zen-Score by forward passes: some designs a second, for small evaluation budgets and inputs',
  measured: true,
};
