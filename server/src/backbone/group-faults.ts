import type { Group } from './backbone.ts';
import type { BlockFault } from './block-definition.ts';

/** Channel groups have to divide what their convolution reads and writes. */
export function groupFaults(
  groups: number,
  widths: readonly { readonly what: string; readonly width: number }[],
): BlockFault[] {
  const wrong = widths.find(({ width }) => width % groups !== 0);
  if (wrong === undefined) return [];
  let right = groups;
  while (widths.some(({ width }) => width % right !== 0)) right -= 1;
  const message = `${groups} channel groups do not divide ${wrong.what} ${wrong.width}: use groups: ${right}, or another width.`;
  return [{ argument: 'groups', message, right: String(right) }];
}

/** The same of blocks whose k×k convolution leads from the bottleneck to the output. */
export const bottleneckToOut = ({ groups, btn, out }: Group): BlockFault[] =>
  groupFaults(groups, [
    { what: 'btn', width: btn },
    { what: 'out', width: out },
  ]);
