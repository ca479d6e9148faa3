import { IMAGE_CHANNELS } from '../../latency/layout.ts';
import { gridCeil } from '../../space/grid.ts';
import type { Widths } from '../../space/space.ts';
import { blockOfTimes, commonBlock } from '../model/block-times.ts';
import type { ChainModel, ChainSlot } from '../model/model.ts';
import { compileTables, type Tables } from '../model/tables.ts';

/**
 * The model with fewer widths, where the others need not be looked at: a device's kernels take channels by the block, so that a
 * network whose widths are rounded up to it takes no longer, and scores no less, because a score grows with every width. Of the
 * designs of a space that are limited in milliseconds and in layers alone, the best is then among those with whole blocks.
 *
 * That holds where nothing else that is limited depends on widths, and where a design that is rounded up is still one of the space:
 * its ratios of widths are whole numbers, and the widths that stay, and the greatest that there may be, are whole blocks too. The
 * block is the greatest that all of these have in common; where it is no more than a step, the model is returned as it is.
 */
export function inBlocks(model: ChainModel): ChainModel {
  if (!keepsRatios(model) || !limitsNoWidths(model)) return model;
  const tables = compileTables(model);
  const limited = model.additive.flatMap((cost, c) => (isLimited(model, c) || isGoal(model, cost) ? [c] : []));
  const times = limited.filter((c) => tables.timed.includes(c));
  if (times.length === 0 || limited.some((c) => tables.flat[c] !== 1 && !times.includes(c))) return model;
  if (!scoreGrows(tables)) return model;
  const block = blockOf(model, tables, times);
  const steps = model.slots.flatMap((slot) => widthsOf(slot).map(({ step }) => step));
  if (steps.some((step) => block % step !== 0 && step % block !== 0)) return model;
  return { ...model, slots: model.slots.map((slot) => withBlock(slot, block)) };
}

const isLimited = ({ limits }: ChainModel, c: number): boolean => (limits[c] ?? Infinity) < Infinity;
const isGoal = ({ task: { goal } }: ChainModel, cost: string): boolean =>
  goal.kind === 'minimise' && goal.cost === cost;

/** Whether widths that are rounded up are within the space's ratios where they were so before. */
function keepsRatios({ space, slots }: ChainModel): boolean {
  const ratios = [space.growth, space.squeeze, ...slots.flatMap((slot) => slot.variants.map((v) => v.expansion))];
  // The input of the network is not rounded, and nothing is an image's channels by being narrow.
  const free = slots.every((slot) => slot.source >= 0 || slot.stem || !slot.movesOut);
  return free && ratios.every(Number.isInteger) && slots.every((slot) => widthsOf(slot).every(isNoImage));
}

const isNoImage = ({ least }: Widths): boolean => least > IMAGE_CHANNELS;

const widthsOf = ({ movesOut, movesBtn, out, btn }: ChainSlot): Widths[] => [
  ...(movesOut ? [out] : []),
  ...(movesBtn ? [btn] : []),
];

/** Memory and costs of the whole network are no sums that tables could be asked about. */
function limitsNoWidths(model: ChainModel): boolean {
  return !model.usesMemory && model.ofStages.every((_, i) => !isLimited(model, model.additive.length + i));
}

/** Whether no width takes anything from the score: ln a, ln b, ln o of the first block, ln b and ln o of a later one. */
const scoreGrows = ({ rows }: Tables): boolean =>
  rows.every((row) => [1, 2, 3, 5, 6].every((at) => (row[at] ?? 0) >= 0));

function blockOf({ slots, start }: ChainModel, { times, timed }: Tables, limited: readonly number[]): number {
  const ofTimes = times.flatMap((row) =>
    row.flatMap((time, i) => (limited.includes(timed[i] ?? -1) ? [blockOfTimes(time)] : [])),
  );
  const fixed = slots.flatMap((slot, g) => [
    ...(slot.movesOut || slot.keepsChannels ? [] : [start.groups[g]?.out ?? 0]),
    ...(slot.movesBtn ? [] : [start.groups[g]?.btn ?? 0]),
  ]);
  const ends = slots.flatMap((slot) => widthsOf(slot).map(({ most }) => most));
  return commonBlock([...ofTimes, ...fixed, ...ends]);
}

function withBlock(slot: ChainSlot, block: number): ChainSlot {
  const rounded = (widths: Widths): Widths =>
    block > widths.step && widths.least <= widths.most
      ? { ...widths, least: gridCeil(widths.least, block), step: block }
      : widths;
  return { ...slot, out: rounded(slot.out), btn: rounded(slot.btn) };
}
