import type { Group } from '../../backbone/backbone.ts';
import { violations } from '../../space/constraints.ts';
import { Judge } from '../evolve/judge.ts';
import { Evaluator } from './evaluator.ts';
import { decode, GENES, VARIANT } from './genome.ts';
import type { Model, Slot } from './model.ts';

/** Says of genes from outside, as a file has them, whether they are a design that the search could have made. */
export function admission(model: Model): (genes: Int32Array) => boolean {
  const evaluator = new Evaluator(model, 1);
  const judge = new Judge(evaluator);
  const layers = model.task.budget.limits.find((limit) => limit.cost === 'layers')?.amount;
  return (genes) => {
    const known = model.slots.every(({ variants }, g) => variants[genes[GENES * g + VARIANT] ?? -1] !== undefined);
    if (!known) return false;
    const design = decode(model, genes);
    const whole = model.slots.every((slot, g) => isPossible(slot, design.groups[g], model.start.groups[g]));
    if (!whole || violations(design, model.space, layers).length > 0) return false;
    evaluator.load(0, genes);
    return judge.exceeded() < 0;
  };
}

/** The constraints of a space have no lower ends: a move that would reach 0 changes nothing. */
function isPossible(slot: Slot, found: Group | undefined, start: Group | undefined): boolean {
  if (found === undefined || start === undefined) return false;
  const holds = (moves: boolean, value: number, own: number): boolean => (moves ? value >= 1 : value === own);
  return (
    holds(slot.movesOut, found.out, start.out) &&
    holds(slot.movesBtn, found.btn, start.btn) &&
    holds(slot.movesDepth, found.depth, start.depth)
  );
}
