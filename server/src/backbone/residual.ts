import type { Ref } from '../graph/cell.ts';
import type { CellBuilder } from '../graph/cell-builder.ts';
import type { Activation } from '../graph/operator.ts';
import type { Group } from './backbone.ts';
import type { BlockPlace } from './block-definition.ts';

/** The activation that a group names; none at all where it says so. */
export const actOf = ({ act }: Group): Activation | undefined => (act === 'none' ? undefined : act);

/** Hidden width of squeeze-and-excitation: q = 8·max(1, ⌊round(x/4)/8⌋) (docs/method.md 1). */
export const squeezeWidth = (channels: number): number => 8 * Math.max(1, Math.floor(Math.round(channels / 4) / 8));

export const isSqueezed = ({ se, squeeze }: Pick<Group, 'se' | 'squeeze'>): boolean => se || squeeze > 0;

/** Global average pool, 1×1 to q, SiLU, 1×1 back, sigmoid, scale, where the group has it. It is left out of the score. */
export function squeezeExcite(cell: CellBuilder, x: Ref, g: Group): Ref {
  if (!isSqueezed(g)) return x;
  const role = 'squeeze-excite';
  const channels = cell.channels(x);
  const hidden = g.squeeze > 0 ? g.squeeze : squeezeWidth(channels);
  const pooled = cell.add({ op: 'globalpool' }, [x], role);
  const narrow = cell.conv(pooled, { out: hidden, kernel: 1, act: 'silu' }, role);
  const gate = cell.conv(narrow, { out: channels, kernel: 1, act: 'sigmoid' }, role);
  return cell.add({ op: 'product' }, [x, gate], role);
}

/** Average-pool 2×2 where the resolution halves, unless a strided 1×1 does it; then 1×1 where it projects. */
export function shortcut(
  cell: CellBuilder,
  out: number,
  stride: number,
  kind: Group['shortcut'],
  projects: boolean,
): Ref {
  const pools = stride === 2 && kind === 'pool';
  const x = pools ? cell.add({ op: 'avgpool', kernel: 2, stride: 2 }, [cell.input()], 'shortcut') : cell.input();
  return projects ? cell.conv(x, { out, kernel: 1, stride: pools ? 1 : stride }, 'shortcut') : x;
}

/** Adds the shortcut to the main path; the block's last activation comes behind that. */
export function residual(cell: CellBuilder, x: Ref, g: Group, { stride }: BlockPlace, projects: boolean): Ref {
  const beside = shortcut(cell, cell.channels(x), stride, g.shortcut, projects);
  return cell.act(cell.add({ op: 'sum', residual: true }, [x, beside]), actOf(g));
}

/** Whether the shape changes so that a shortcut cannot be the input itself. */
export const changesWidth = (cell: CellBuilder, g: Group): boolean => cell.channels(cell.input()) !== g.out;

/** Whether a shortcut halves the resolution by a strided 1×1 convolution. */
export const stridesShortcut = (g: Group, { stride }: BlockPlace): boolean => stride === 2 && g.shortcut === 'conv';
