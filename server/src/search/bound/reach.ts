import { CHANNEL_STEP, gridCeil, gridFloor } from '../../space/grid.ts';
import type { Model } from '../model/model.ts';

/**
 * Which widths and depths a space leaves, as the bound and the proof ask for them. They ask nobody else, so that what a
 * space may say of these is held here and by the moves.
 */

/** Every width that the output of a group may have, or about `perOctave` of them where that is fewer. */
export function outGrid({ slots, start }: Model, g: number, perOctave = Infinity): Int32Array {
  const slot = slots[g];
  // What does not move is where it was.
  if (slot?.movesOut === false) return Int32Array.of(start.groups[g]?.out ?? 0);
  const widths: number[] = [];
  for (let o = CHANNEL_STEP; o <= (slot?.maxOut ?? 0); ) {
    widths.push(o);
    o += Math.max(CHANNEL_STEP, gridFloor(o / perOctave));
  }
  const last = gridFloor(slot?.maxOut ?? 0);
  if (widths.at(-1) !== last && last > 0) widths.push(last);
  return Int32Array.from(widths);
}

/** The least and the greatest output of a group that reads so many channels; both count. */
export const leastOut = ({ slots, space }: Model, g: number, a: number): number =>
  slots[g]?.stem === true || !space.monotone ? CHANNEL_STEP : gridCeil(a);
export const mostOut = ({ slots, space }: Model, g: number, a: number): number =>
  slots[g]?.stem === true ? Infinity : space.growth * a;

/** Every depth that a group may have, rising. */
export const depthsOf = ({ slots, start }: Model, g: number): number[] =>
  slots[g]?.movesDepth === true
    ? Array.from({ length: slots[g]?.maxDepth ?? 1 }, (_, d) => d + 1)
    : [start.groups[g]?.depth ?? 1];

/** Bottlenecks of a group are multiples of this. */
export const BTN_STEP = CHANNEL_STEP;

/** The narrowest bottleneck of an output. */
export const narrowest = ({ space }: Model, o: number): number => BTN_STEP * Math.ceil(o / (space.squeeze * BTN_STEP));
