import type { Group } from './backbone.ts';
import type { BlockFault } from './block-definition.ts';
import { blockOf } from './blocks.ts';

/** What is wrong with the widths of a group that reads so many channels: its channel groups have to divide them. */
export function widthFaults(g: Group, channels: number): readonly BlockFault[] {
  const { grouped, faults } = blockOf(g);
  const widths = grouped.map((what) => ({ what, width: what === 'in' ? channels : g[what] }));
  const wrong = widths.find(({ width }) => width % g.groups !== 0);
  if (wrong === undefined) return faults?.(g, channels) ?? [];
  let right = g.groups;
  while (widths.some(({ width }) => width % right !== 0)) right -= 1;
  const message = `${g.groups} channel groups do not divide ${wrong.what} ${wrong.width}: use groups: ${right}, or another width.`;
  return [{ argument: 'groups', message, right: String(right) }];
}
