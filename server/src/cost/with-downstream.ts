import { Holding } from '../backbone/holding.ts';
import type { Network } from '../backbone/lower.ts';
import { costOf } from './budget.ts';
import { type Costs, peakBeside } from './cost.ts';
import { type AliveForm, type Downstream, downstreamCost } from './downstream.ts';
import { heldOutputs } from './held-outputs.ts';
import { allCosts } from './registry.ts';

/** Channels that a group hands on. */
type ChannelsOf = (group: number) => number;

/** Elements that are alive while a piece of a downstream runs: one + Σ adds · channels. */
export const aliveIn = ({ one, perChannel }: AliveForm, channelsOf: ChannelsOf): number =>
  perChannel.reduce((sum, { group, adds }) => sum + adds * channelsOf(group), one);

/** Which tensors wait while the groups of a backbone run: what the downstream reads is read by one more section at the end. */
export function holdingFor({ groups, order }: Pick<Network, 'groups' | 'order'>, { reads }: Downstream): Holding {
  return new Holding([...groups.map((group) => group.reads), reads], [...order, groups.length]);
}

/**
 * Costs of a backbone and of what stands behind it. A sum is that of both; a peak is the greatest of what is alive in each
 * group of the backbone, beside the outputs that wait, and in each piece of the downstream. What follows from the stages
 * of a network (`rho`) is the backbone's.
 *
 * @param costs of the backbone alone
 */
export function withDownstream(
  network: Pick<Network, 'groups' | 'order'>,
  costs: Costs,
  downstream: Downstream | undefined,
): Costs {
  if (downstream === undefined) return costs;
  const channelsOf: ChannelsOf = (group) => network.groups[group]?.channels ?? 0;
  const peak = peakWith(network, downstream, channelsOf);
  const whole: Record<string, number> = {};
  for (const cost of allCosts()) {
    const own = costOf(costs, cost.name);
    if (cost.kind === 'sum') whole[cost.name] = own + downstreamCost(downstream, cost.name, channelsOf);
    if (cost.kind === 'peak') whole[cost.name] = Math.max(own, cost.bytes * peak);
  }
  return { ...costs, ...whole };
}

/** The most elements alive in the downstream, or in a group beside which more waits than in the backbone alone. */
function peakWith(network: Pick<Network, 'groups' | 'order'>, downstream: Downstream, channelsOf: ChannelsOf): number {
  const held = heldOutputs(network, new Set(downstream.reads));
  const beside = network.groups.map((group, i) => {
    const own = held[i];
    if (own?.isMore !== true) return 0;
    return peakBeside({ ...group, keeps: own.keeps, heldElements: group.heldElements + own.waiting }) ?? 0;
  });
  return Math.max(0, ...beside, ...downstream.alive.map((form) => aliveIn(form, channelsOf)));
}
