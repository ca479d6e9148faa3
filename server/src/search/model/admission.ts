import type { Group } from '../../backbone/backbone.ts';
import { violations } from '../../space/constraints.ts';
import { Judge } from '../evolve/judge.ts';
import { evaluatorFor } from './evaluator-for.ts';
import { BTN, decode, GENES, OUT, VARIANT } from './genome.ts';
import type { GraphModel, Model, Slot } from './model.ts';

/** Says of genes from outside, as a file has them, whether they are a design that the search could have made. */
export function admission(model: Model): (genes: Int32Array) => boolean {
  const evaluator = evaluatorFor(model, 1);
  const judge = new Judge(evaluator);
  const layers = model.task.budget.limits.find((limit) => limit.cost === 'layers')?.amount;
  return (genes) => {
    const known = model.slots.every(({ variants }, g) => variants[genes[GENES * g + VARIANT] ?? -1] !== undefined);
    if (!known) return false;
    const design = decode(model, genes);
    const whole = model.slots.every((slot, g) => isPossible(slot, design.groups[g], model.start.groups[g]));
    if (!whole || violations(design, model.space, layers, undefined, model.rules).length > 0) return false;
    if (model.kind === 'graph' && !fitsTies(model, genes)) return false;
    evaluator.load(0, genes);
    return judge.exceeded() < 0;
  };
}

/** What does not move is as it was written; of the rest the constraints say all, but what is on no grid of theirs is positive. */
function isPossible(slot: Slot, found: Group | undefined, start: Group | undefined): boolean {
  if (found === undefined || start === undefined) return false;
  const holds = (moves: boolean, value: number, own: number): boolean => (moves ? value >= 1 : value === own);
  return (
    holds(slot.movesOut, found.out, start.out) &&
    holds(slot.movesBtn, found.btn, start.btn) &&
    holds(slot.movesDepth, found.depth, start.depth)
  );
}

/** Whether tied outputs are one width, and what moves is on the grid of graphs. */
function fitsTies({ slots, ties }: GraphModel, genes: Int32Array): boolean {
  return slots.every(({ movesOut, movesBtn, out, btn }, g) => {
    const [width = 0, inner = 0] = [genes[GENES * g + OUT], genes[GENES * g + BTN]];
    const owner = ties.owner[g] ?? -1;
    const tied = owner < 0 || genes[GENES * owner + OUT] === width;
    return tied && (!movesOut || width % out.step === 0) && (!movesBtn || inner % btn.step === 0);
  });
}
