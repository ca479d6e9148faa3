import type { Backbone } from '../backbone/backbone.ts';
import type { Costs } from '../cost/cost.ts';
import type { Downstream } from '../cost/downstream.ts';
import { withDownstream } from '../cost/with-downstream.ts';
import { analyse } from './analyse.ts';

/** Costs of a backbone, with those of what stands behind it where something does. */
export function wholeCosts(backbone: Backbone, downstream: Downstream | undefined): Costs {
  const { network, costs } = analyse(backbone);
  return withDownstream(network, costs, downstream);
}
