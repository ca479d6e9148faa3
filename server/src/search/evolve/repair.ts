import { CHANNEL_STEP } from '../../space/grid.ts';
import { DEPTH, GENES } from '../model/genome.ts';
import type { Judge } from './judge.ts';
import type { Mutator } from './mutator.ts';

/** Widths that cannot shrink are passed over, but not for ever. */
const FUTILE = 16;

/**
 * Brings a row back into the budget by shrinking random widths (or, where the layers are too many, depths), each by as
 * much as the slope of the exceeded cost asks for. A candidate that was scored on the way is an evaluation: their
 * number is returned.
 */
export function repair(mutator: Mutator, judge: Judge, row: number, tries: number): number {
  const layers = mutator.evaluator.model.additive.indexOf('layers');
  let spent = 0;
  let futile = 0;
  while (spent < tries && futile < FUTILE) {
    const exceeded = judge.exceeded();
    if (exceeded < 0) break;
    const shrunk = exceeded === layers ? shorten(mutator, judge, row, exceeded) : narrow(mutator, judge, row, exceeded);
    if (!shrunk) {
      futile += 1;
      continue;
    }
    mutator.refresh(row);
    spent += 1;
  }
  return spent;
}

/** Takes as many blocks from one random group as are too many. */
function shorten(mutator: Mutator, judge: Judge, row: number, layers: number): boolean {
  const g = mutator.randomDeep(row);
  if (g < 0) return false;
  const depth = mutator.geneOf(row, GENES * g + DEPTH);
  const before = judge.value(layers);
  mutator.setDepth(row, g, depth - 1);
  mutator.refresh(row);
  const excess = -judge.slack(layers);
  if (excess > 0) mutator.setDepth(row, g, depth - 1 - Math.ceil(excess / (before - judge.value(layers))));
  return true;
}

/** Shrinks one random width as far as a straight line through its last grid step says. */
function narrow(mutator: Mutator, judge: Judge, row: number, cost: number): boolean {
  const place = mutator.randomWidth();
  const width = mutator.geneOf(row, place);
  const before = judge.value(cost);
  if (!mutator.setWidth(row, place, width - CHANNEL_STEP)) return false;
  mutator.refresh(row);
  const excess = -judge.slack(cost);
  const slope = before - judge.value(cost);
  if (excess > 0 && slope > 0) {
    // Never to less than half at a time: costs bend, and other widths may give way too.
    const steps = Math.min(Math.ceil(excess / slope), width / (2 * CHANNEL_STEP));
    mutator.setWidth(row, place, width - CHANNEL_STEP * (1 + Math.floor(steps)));
  }
  return true;
}
