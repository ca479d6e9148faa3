import { DEPTH } from '../model/genome.ts';
import type { Model } from '../model/model.ts';
import type { Judge } from './judge.ts';
import type { Mutator } from './mutator.ts';

/** Widths that cannot shrink are passed over, but not for ever. */
const FUTILE = 16;

/**
 * Brings a row back into the budget by shrinking random widths (or depths, where the layers are too many, or the whole network
 * too deep for its width): first by one step, then by as many as the slope of the exceeded cost asks for. Each of these candidates is an evaluation;
 * their number is returned.
 */
export function repair(mutator: Mutator, judge: Judge, row: number, tries: number): number {
  const { model } = mutator.evaluator;
  const layers = model.additive.indexOf('layers');
  let spent = 0;
  for (let futile = 0; spent < tries && futile < FUTILE; ) {
    const exceeded = judge.exceeded();
    if (exceeded < 0) break;
    const whole = isOfStages(model, exceeded);
    const deep = exceeded === layers || whole || !mutator.canChange('fine') ? mutator.randomDeep(row) : -1;
    const place = exceeded === layers || deep >= 0 ? deep : mutator.randomWidth();
    // Depth over width: where nothing can be shortened, widths make it less.
    const grows = whole && deep < 0;
    const used = place < 0 ? 0 : change(mutator, judge, row, place, exceeded, tries - spent, grows);
    spent += used;
    if (used === 0) futile += 1;
  }
  return spent;
}

const isOfStages = ({ additive, ofStages }: Model, place: number): boolean =>
  place >= additive.length && place < additive.length + ofStages.length;

/** Shrinks one gene as far as a straight line through its first step says, or widens it; the number of candidates it took. */
function change(
  mutator: Mutator,
  judge: Judge,
  row: number,
  place: number,
  cost: number,
  tries: number,
  grows: boolean,
): number {
  const size = mutator.stepOf(place);
  const step = size * (grows ? -1 : 1);
  const value = mutator.geneOf(row, place);
  const before = judge.value(cost);
  if (!mutator.setGene(row, place, value - step)) return 0;
  mutator.refresh(row);
  const slope = before - judge.value(cost);
  const excess = -judge.slack(cost);
  if (tries < 2 || excess <= 0 || slope <= 0) return 1;
  // Widths never to less than half at a time: costs bend, and others may give way too.
  const most = (place & 3) === DEPTH ? value : value / (2 * size);
  const steps = Math.floor(Math.min(Math.ceil(excess / slope), most));
  if (steps < 1 || !mutator.setGene(row, place, value - step * (1 + steps))) return 1;
  mutator.refresh(row);
  return 2;
}
