import type { Costs } from './cost.ts';
import type { CountedStage } from './definition.ts';
import { allCosts } from './registry.ts';

/** Costs with those filled in that follow from the stages of the whole network; the greatest stage counts. */
export function withStageCosts(costs: Costs, stages: readonly CountedStage[]): Costs {
  const whole: Record<string, number> = {};
  for (const cost of allCosts()) if (cost.kind === 'stages') whole[cost.name] = Math.max(0, ...stages.map(cost.of));
  return { ...costs, ...whole };
}
