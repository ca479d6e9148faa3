import type { ChoiceArgument } from '../backbone/arguments.ts';
import type { Ref } from '../graph/cell.ts';
import type { DetectorBuilder, Level } from './builder.ts';
import type { PartValues } from './detector.ts';
import { numberOf, wordOf } from './part-arguments.ts';
import { type Layer, NORM_GROUPS, type PartCell } from './part-cell.ts';
import type { PartFault } from './part-definition.ts';

/** Which norm the convolutions of a tower have; what has none has a bias. */
export const norm = (usual: 'gn' | 'none'): ChoiceArgument => ({
  name: 'norm',
  type: 'choice',
  values: {
    gn: 'GroupNorm of 32 groups (GFL, FCOS)',
    bn: 'BatchNorm, the same for all levels',
    separate: 'BatchNorm of its own for each level, with common convolutions (SpineNet’s RetinaNet)',
    none: 'no norm but a bias (RetinaNet)',
  },
  default: usual,
  doc: 'Norm behind the convolutions of the towers.',
  synonyms: 'normcfg normtype normalization',
});

/** What the norm of a tower's layers is at a level: the first has the weights that all others share. */
function layerOf(values: PartValues, first: boolean): Omit<Layer, 'out' | 'kernel'> {
  const kind = wordOf(values, 'norm');
  const shared = !first;
  switch (kind) {
    case 'gn':
      return { bias: false, norm: 'group', act: 'relu', shared };
    case 'bn':
      return { bias: false, norm: 'batch', act: 'relu', shared };
    case 'separate':
      return { bias: false, norm: 'batch', act: 'relu', shared: shared && 'convolution' };
    default:
      return { bias: true, act: 'relu', shared };
  }
}

/** `convs` times 3×3 with norm and ReLU. */
export const tower = (net: DetectorBuilder, level: Level, name: string, values: PartValues, first: boolean): Level =>
  net.add(`${level.name} ${name} tower`, [level], (cell, x) => {
    let y = x;
    for (let i = 0; i < numberOf(values, 'convs'); i++)
      y = cell.layer(y, { out: numberOf(values, 'width'), kernel: 3, ...layerOf(values, first) });
    return y;
  });

/** A prediction: a convolution with its bias and nothing behind it. */
export const predict = (
  net: DetectorBuilder,
  read: Level,
  place: string,
  out: number,
  first: boolean,
  { kernel = 3, behind }: { readonly kernel?: number; readonly behind?: (cell: PartCell, y: Ref) => Ref } = {},
): Level =>
  net.add(place, [read], (cell, x) => {
    const y = cell.layer(x, { out, kernel, bias: true, shared: !first });
    return behind?.(cell, y) ?? y;
  });

/** GroupNorm divides the width by 32. */
export function towerFaults(values: PartValues): PartFault[] {
  const width = numberOf(values, 'width');
  if (wordOf(values, 'norm') !== 'gn' || width % NORM_GROUPS === 0) return [];
  const right = Math.max(NORM_GROUPS, NORM_GROUPS * Math.round(width / NORM_GROUPS));
  const message = `GroupNorm has ${NORM_GROUPS} groups, which do not divide ${width} channels: write width: ${right}, or norm: bn.`;
  return [{ argument: 'width', message, right: String(right) }];
}
