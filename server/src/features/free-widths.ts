import type { Backbone, Group } from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import { type CostName, costOf } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { costNamed } from '../cost/registry.ts';
import { deviceModel } from '../latency/latency-cost.ts';
import { isRatio } from '../space/moves.ts';
import type { MoveEffect, Trials } from './move-effect.ts';

/** A width rounded up to the kernels' block of channels, which costs nothing on some devices. */
export interface FreeWidth
  extends Pick<MoveEffect, 'index' | 'from' | 'to' | 'tied' | 'scoreGain' | 'costs' | 'backbone'> {
  readonly devices: readonly CostName[];
}

/** What a time may grow by and still be the same: sums of floats differ. */
const SAME = 1e-9;

/** The widths of a group that some devices' kernels round up anyhow, where the wider design scores more and is allowed. */
export function freeWidths(trials: Trials, index: number, devices: readonly CostName[]): FreeWidth[] {
  const { backbone } = trials.analysis;
  const from = backbone.groups[index];
  if (from === undefined) return [];
  return widenedBy(from, devices).flatMap((to): FreeWidth[] => {
    const groups = trials.with(backbone.groups, index, to);
    const outlook = groups === undefined ? undefined : trials.try(groups);
    if (groups === undefined || outlook === undefined || outlook.score <= trials.score) return [];
    const free = devices.filter((cost) => isFree(cost, trials.costs, outlook.costs));
    if (free.length === 0) return [];
    const tied = groups.flatMap((g, i) => (i !== index && g !== backbone.groups[i] ? [i] : []));
    const after: Backbone = { ...backbone, groups };
    const scoreGain = outlook.score - trials.score;
    return [{ index, from, to, tied, scoreGain, costs: outlook.costs, backbone: after, devices: free }];
  });
}

const isFree = (cost: CostName, before: Costs, after: Costs): boolean =>
  costOf(after, cost) <= costOf(before, cost) * (1 + SAME);

/** The group with one of its widths at the next multiple of a device's block. */
function widenedBy(g: Group, devices: readonly CostName[]): Group[] {
  const fields = (['out', 'btn'] as const).filter((field) =>
    field === 'out' ? !blockOf(g).keepsChannels : g.btn > 0 && !isRatio(g),
  );
  return fields.flatMap((field) => {
    const widths = devices.map((cost) => deviceModel(cost)?.alignedWidth(g[field]) ?? g[field]);
    return [...new Set(widths)].filter((width) => width > g[field]).map((width): Group => ({ ...g, [field]: width }));
  });
}

/** «toy and phone» */
export const devicesText = (devices: readonly CostName[]): string =>
  devices.map((cost) => costNamed(cost)?.device ?? cost).join(' and ');

/** «out 72 → 80 costs nothing on toy (+4.1 score)», for a hover */
export function freeWidthText({ from, to, devices, scoreGain }: FreeWidth): string {
  const [field, before, after] = to.out === from.out ? ['btn', from.btn, to.btn] : ['out', from.out, to.out];
  return `${field} ${before} → ${after} costs nothing on ${devicesText(devices)} (+${scoreGain.toFixed(1)} score)`;
}
