import { millionWeights } from '../latency/device-model.ts';
import { isProductSum, type Operation, workOf } from '../latency/operation.ts';
import type { OperatorKind } from './kinds.ts';

/** How fine a grid is: each level has the points of those before it. */
export const LEVELS = 3;

/** Widths and sides of maps by level. Rates change most where both are small. */
const WIDTHS = [
  [16, 256],
  [64, 1024],
  [32, 128, 512, 2048],
] as const;
const SIDES = [
  [10, 40, 160],
  [5, 20, 80, 320],
  [7, 14, 28, 56, 112],
] as const;
/** A 1 × 1 map is what squeeze-and-excitation's convolutions read, which run at a tenth of others' rate. */
const ONE = 1;
/** Of an image's convolution: it reads 3 channels. */
const IMAGE_WIDTHS = [
  [16, 64],
  [32, 48],
  [24, 96],
] as const;
const IMAGE_SIDES = [[160, 320, 640], [224, 480], [800]] as const;
/** Channels of one group. */
const GROUP_WIDTHS = [[16, 32], [64], [128]] as const;
const PLAIN_GROUP_WIDTHS = [[4, 8, 24], [40], [2]] as const;
const GROUPS = 4;

/** More would take long and say nothing new: what is larger runs at the same rate. */
const MOST_MACS = 4e8;
const MOST_MILLION_WEIGHTS = 5;
const MOST_ELEMENTS = 7e6;

const upTo = (ticks: readonly (readonly number[])[], level: number): number[] => ticks.slice(0, level + 1).flat();

/** The shapes that a kind of operator is timed at. */
export function pointsOf(kind: OperatorKind, level: number, channelBlock: number): Operation[] {
  const { op, kernel, stride, grouping } = kind;
  const base = { op, kernel, stride, grouping };
  const points: Operation[] = [];
  const add = (read: number, out: number, groups: number, side: number): void => {
    const point = { ...base, in: read, out, groups, height: side, width: side };
    if (isTimed(point)) points.push(point);
  };
  if (kind.image) {
    for (const out of upTo(IMAGE_WIDTHS, level)) for (const side of upTo(IMAGE_SIDES, level)) add(3, out, 1, side);
    return points;
  }
  if (grouping === 'several') {
    const widths = upTo(op === 'conv' ? GROUP_WIDTHS : PLAIN_GROUP_WIDTHS, level);
    for (const read of widths)
      for (const out of widths) for (const side of upTo(SIDES, level)) add(GROUPS * read, GROUPS * out, GROUPS, side);
    return points;
  }
  const sides = [...upTo(SIDES, level), ...(kernel === 1 && stride === 1 ? [ONE] : [])];
  // What runs outside the blocks where a width is no multiple of them is timed at such widths.
  const shift = op.endsWith('plain') && channelBlock > 8 ? 8 : 0;
  const widths = upTo(WIDTHS, level).map((width) => width + shift);
  for (const out of widths)
    for (const side of sides) {
      if (!isProductSum(kind)) add(readOf(op, out), out, 1, side);
      else if (grouping === 'each') add(out, out, out, side);
      else for (const read of widths) add(read, out, 1, side);
    }
  return points;
}

/** What an operator reads that writes so many channels. */
const readOf = (op: string, out: number): number =>
  op.startsWith('concat') ? out / 2 : op.startsWith('split') ? 2 * out : out;

function isTimed(point: Operation): boolean {
  const positions = point.height * point.width;
  const elements = positions * Math.max(point.in, point.out / point.stride ** 2);
  if (elements > MOST_ELEMENTS || millionWeights(point) > MOST_MILLION_WEIGHTS) return false;
  return !isProductSum(point) || workOf(point) <= MOST_MACS;
}
