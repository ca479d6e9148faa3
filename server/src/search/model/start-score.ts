import type { SearchTask } from '../task.ts';
import { evaluatorFor } from './evaluator-for.ts';
import { encode } from './genome.ts';
import { compileModel } from './model.ts';

/** The score of the start network as it is written, whatever it breaks of the space. */
export function startScore(task: SearchTask): number {
  const anything = { ...task.space, kernelMargin: 0 };
  const evaluator = evaluatorFor(compileModel(task, anything), 1);
  evaluator.load(0, encode(evaluator.model, task.start.groups));
  return evaluator.score;
}
