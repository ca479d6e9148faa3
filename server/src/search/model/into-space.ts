import { gridCeil, gridFloor, roundToGrid } from '../../space/grid.ts';
import { tiedWidths } from '../evolve/tied-widths.ts';
import { BTN, DEPTH, encode, GENES, OUT, VARIANT } from './genome.ts';
import { graphPlan } from './graph-plan.ts';
import type { ChainModel, ChainSlot, GraphModel, Model } from './model.ts';

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The start with widths on the grid, then each group after the one it reads held to the constraints. */
export function intoSpace(model: Model): Int32Array {
  const { start, slots } = model;
  return settled(model, {
    out: (g) => roundToGrid(start.groups[g]?.out ?? 0, 1, slots[g]?.out.step),
    btn: (g) => roundToGrid(start.groups[g]?.btn ?? 0, 1, slots[g]?.btn.step),
    depth: (g) => start.groups[g]?.depth ?? 1,
  });
}

/** The smallest design of the space: every width and depth at its least, as far as those beside it allow. */
export const leastOf = (model: Model): Int32Array => settled(model, { out: () => 0, btn: () => 0, depth: () => 0 });

/** What each number of a group would be if nothing held it. */
interface Wanted {
  readonly out: (group: number) => number;
  readonly btn: (group: number) => number;
  readonly depth: (group: number) => number;
}

/** The nearest that a space allows, group by group. Where it allows nothing, what comes out breaks it. */
function settled(model: Model, wanted: Wanted): Int32Array {
  const genes = encode(model, model.start.groups);
  if (model.kind === 'chain') chainOutputs(model, genes, wanted);
  else graphOutputs(model, genes, wanted);
  const { space } = model;
  model.slots.forEach(({ movesBtn, movesDepth, btn, depth, variants }, g) => {
    const at = GENES * g;
    const out = genes[at + OUT] ?? 0;
    const expansion = variants[genes[at + VARIANT] ?? 0]?.expansion ?? 1;
    if (movesBtn) {
      const low = gridCeil(Math.max(btn.least, out / space.squeeze), btn.step);
      // Where nothing fits, what is too wide is told; nothing at all would be another block.
      genes[at + BTN] = Math.max(low, Math.min(wanted.btn(g), btn.most, gridFloor(expansion * out, btn.step)));
    }
    if (movesDepth) genes[at + DEPTH] = clamp(wanted.depth(g), depth.least, depth.most);
  });
  return genes;
}

function chainOutputs(model: ChainModel, genes: Int32Array, wanted: Wanted): void {
  const { slots, space, inputChannels } = model;
  const rooms = roomsOf(model);
  slots.forEach((slot, g) => {
    const room = rooms[g];
    if (!slot.movesOut || room === undefined) return;
    const before = slot.source < 0 ? inputChannels : (genes[GENES * slot.source + OUT] ?? 0);
    const held = !slot.stem;
    const low = gridCeil(held && space.monotone ? Math.max(room.low, before) : room.low, slot.out.step);
    const high = gridFloor(held ? Math.min(room.high, space.growth * before) : room.high, slot.out.step);
    genes[GENES * g + OUT] = clamp(wanted.out(g), low, high);
  });
}

/** From the last group to the first, the outputs that leave room for those behind it. */
function roomsOf({ slots, start, space }: ChainModel): { low: number; high: number }[] {
  const rooms = slots.map(({ movesOut, out }, g) => {
    const own = start.groups[g]?.out ?? 0;
    return movesOut ? { low: out.least, high: out.most } : { low: own, high: own };
  });
  const bound = ({ stem, keepsChannels, source, held }: ChainSlot): boolean =>
    held && !stem && !keepsChannels && source >= 0;
  for (let g = slots.length - 1; g >= 0; g--) {
    const [slot, room] = [slots[g], rooms[g]];
    const before = slot === undefined || !bound(slot) ? undefined : rooms[slot.source];
    if (slot === undefined || room === undefined || before === undefined || slots[slot.source]?.movesOut !== true)
      continue;
    before.low = Math.max(before.low, room.low / space.growth);
    if (space.monotone) before.high = Math.min(before.high, room.high);
  }
  return rooms;
}

/** In the order in which groups run, each by those before it; what a later one leaves no room for is set once more. */
function graphOutputs(model: GraphModel, genes: Int32Array, wanted: Wanted): void {
  const { slots, ties } = model;
  const tied = tiedWidths(model);
  const { order } = graphPlan(model).network;
  const done = new Set<number>();
  const settle = (g: number, asked?: (other: number) => boolean): void => {
    if (slots[g]?.movesOut !== true) return;
    tied.interval(genes, 0, g, asked);
    const now = asked === undefined ? (genes[GENES * g + OUT] ?? 0) : wanted.out(g);
    const out = clamp(now, Math.min(tied.low, tied.high), tied.high);
    for (const m of tied.membersOf(g)) genes[GENES * m + OUT] = out;
  };
  for (const g of order) {
    const owner = ties.owner[g] ?? -1;
    if (!done.has(owner)) settle(g, (other) => done.has(ties.owner[other] ?? -1) || slots[other]?.movesOut === false);
    done.add(owner);
  }
  // Sums tie what stands far apart, so that a width may be held from two sides: a few rounds, or the start is refused.
  for (let round = 0; round < slots.length; round++) {
    const before = genes.join();
    for (const g of order) settle(g);
    if (genes.join() === before) return;
  }
}
