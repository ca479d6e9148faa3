import { gridCeil, gridFloor } from '../../space/grid.ts';
import type { ChainModel } from '../model/model.ts';

/**
 * Which widths and depths a space leaves, as the bound and the proof ask for them. They ask nobody else, so that what a
 * space may say of these is held here and by the moves.
 */

/** Every width that the output of a group may have, or about `perOctave` of them where that is fewer. */
export function outGrid({ slots, start }: ChainModel, g: number, perOctave = Infinity): Int32Array {
  const slot = slots[g];
  // What does not move is where it was.
  if (slot?.movesOut !== true) return Int32Array.of(start.groups[g]?.out ?? 0);
  const { least, most, step } = slot.out;
  const widths: number[] = [];
  for (let o = least; o <= most; ) {
    widths.push(o);
    o += Math.max(step, gridFloor(o / perOctave, step));
  }
  if (widths.at(-1) !== most && most >= least) widths.push(most);
  return Int32Array.from(widths);
}

/** The least and the greatest output of a group that reads so many channels; both count. */
export const leastOut = ({ slots, space }: ChainModel, g: number, a: number): number =>
  slots[g]?.stem === true || !space.monotone || slots[g]?.held === false ? 0 : a;
export const mostOut = ({ slots, space }: ChainModel, g: number, a: number): number =>
  slots[g]?.stem === true || slots[g]?.held === false ? Infinity : space.growth * a;

/** Every depth that a group may have, rising. */
export function depthsOf({ slots, start }: ChainModel, g: number): number[] {
  const slot = slots[g];
  if (slot?.movesDepth !== true) return [start.groups[g]?.depth ?? 1];
  const { least, most } = slot.depth;
  return Array.from({ length: 1 + most - least }, (_, d) => least + d);
}

/** Bottlenecks of a group are multiples of this, where they move. */
export const btnStep = ({ slots }: ChainModel, g: number): number => slots[g]?.btn.step ?? 1;

/** The narrowest bottleneck of an output; of one that stays as it is written, the least that it may be. */
export function narrowest({ slots, space }: ChainModel, g: number, o: number): number {
  const slot = slots[g];
  if (slot?.movesBtn !== true) return Math.ceil(o / space.squeeze);
  return gridCeil(Math.max(slot.btn.least, o / space.squeeze), slot.btn.step);
}

/** The widest bottleneck of an output, where it may be so many times as wide. */
export function widestBtn({ slots }: ChainModel, g: number, o: number, expansion: number): number {
  const slot = slots[g];
  if (slot?.movesBtn !== true) return Math.floor(expansion * o);
  return gridFloor(Math.min(slot.btn.most, expansion * o), slot.btn.step);
}
