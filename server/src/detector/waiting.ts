import type { BackboneAnalysis, GroupAnalysis } from '../analysis/analyse.ts';
import { costOf } from '../cost/budget.ts';
import { type Costs, peakBeside } from '../cost/cost.ts';
import { type HeldBeside, heldOutputs } from '../cost/held-outputs.ts';
import { allCosts } from '../cost/registry.ts';

/**
 * The costs of a backbone whose outputs stay alive until a neck has read them: sums are what they were, and a peak is the
 * greatest of what is alive in a group and beside it.
 *
 * @param reads the groups whose outputs are read
 */
export function costsBeside({ groups, costs, network }: BackboneAnalysis, reads: ReadonlySet<number>): Costs {
  const beside = heldOutputs(network, reads);
  const peaks = allCosts().flatMap((cost) => {
    if (cost.kind !== 'peak') return [];
    const own = groups.map((group, i) => peakIn(group, beside[i], cost.name, cost.bytes));
    return [[cost.name, Math.max(0, ...own)] as const];
  });
  return { ...costs, ...Object.fromEntries(peaks) };
}

/** Nothing is walked anew where only more waits beside a group. */
function peakIn(
  { lowered, costs }: GroupAnalysis,
  beside: HeldBeside | undefined,
  cost: string,
  bytes: number,
): number {
  const own = costOf(costs, cost);
  if (beside?.isMore !== true) return own;
  const { waiting, keeps } = beside;
  if (keeps.every((kept, i) => kept === (lowered.keeps[i] === true))) return own + bytes * waiting;
  return bytes * (peakBeside({ ...lowered, keeps, heldElements: lowered.heldElements + waiting }) ?? 0);
}
