import { CHANNEL_STEP, gridCeil, gridFloor, roundToGrid } from '../../space/grid.ts';
import { tiedWidths } from '../evolve/tied-widths.ts';
import { BTN, DEPTH, encode, GENES, OUT, VARIANT } from './genome.ts';
import { graphPlan } from './graph-plan.ts';
import type { ChainModel, GraphModel, Model } from './model.ts';

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The start with widths on the grid, then each group after the one it reads held to the constraints. */
export function intoSpace(model: Model): Int32Array {
  const genes = encode(model, model.start.groups);
  if (model.kind === 'chain') chainOutputs(model, genes);
  else graphOutputs(model, genes);
  const { space } = model;
  model.slots.forEach((slot, g) => {
    const at = GENES * g;
    const own = model.start.groups[g];
    // A chain leaves all of a group whose output stays.
    if (own === undefined || (model.kind === 'chain' && !slot.movesOut)) return;
    const out = genes[at + OUT] ?? 0;
    const expansion = slot.variants[genes[at + VARIANT] ?? 0]?.expansion ?? 1;
    if (slot.movesBtn)
      genes[at + BTN] = clamp(roundToGrid(own.btn), gridCeil(out / space.squeeze), gridFloor(expansion * out));
    if (slot.movesDepth) genes[at + DEPTH] = clamp(own.depth, 1, slot.maxDepth);
  });
  return genes;
}

function chainOutputs({ slots, start, space, inputChannels }: ChainModel, genes: Int32Array): void {
  slots.forEach((slot, g) => {
    const own = start.groups[g];
    if (!slot.movesOut || own === undefined) return;
    const before = slot.source < 0 ? inputChannels : (genes[GENES * slot.source + OUT] ?? 0);
    const low = slot.stem || !space.monotone ? CHANNEL_STEP : gridCeil(before);
    const high = slot.stem ? slot.maxOut : Math.min(slot.maxOut, gridFloor(space.growth * before));
    genes[GENES * g + OUT] = clamp(roundToGrid(own.out), low, high);
  });
}

/** In the order in which groups run, each by those before it; what a later one leaves no room for is set once more. */
function graphOutputs(model: GraphModel, genes: Int32Array): void {
  const { slots, start, ties } = model;
  const tied = tiedWidths(model);
  const { order } = graphPlan(model).network;
  const done = new Set<number>();
  const settle = (g: number, asked?: (other: number) => boolean): void => {
    const own = start.groups[g];
    if (own === undefined || slots[g]?.movesOut !== true) return;
    tied.interval(genes, 0, g, asked);
    const now = asked === undefined ? (genes[GENES * g + OUT] ?? 0) : roundToGrid(own.out);
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
