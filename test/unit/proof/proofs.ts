import { analyse } from '../../../server/src/analysis/analyse.ts';
import { wholeCosts } from '../../../server/src/analysis/whole-costs.ts';
import { costOf, exceeded } from '../../../server/src/cost/budget.ts';
import { certify } from '../../../server/src/search/bound/bound.ts';
import type { Proof } from '../../../server/src/search/executor.ts';
import { decode } from '../../../server/src/search/model/genome.ts';
import { compileModel } from '../../../server/src/search/model/model.ts';
import { prepare } from '../../../server/src/search/model/prepare.ts';
import { proof } from '../../../server/src/search/proof/prove.ts';
import type { SearchTask } from '../../../server/src/search/task.ts';
import { brokenOf } from '../downstreams.ts';

/** Goes through a proof to its end, or for so many of its steps. */
export function proofFrom(task: SearchTask, best: Int32Array, effort = 4e7, steps = Infinity): Proof | undefined {
  const certificate = certify(task);
  if (certificate === undefined) return undefined;
  const attempt = proof({ task, certificate, best, effort });
  let step = attempt.next(false);
  for (let n = 1; step.done !== true; n++) step = attempt.next(n >= steps);
  return step.value;
}

/** Genes of the start, as a search would begin with it. */
export function startOf(task: SearchTask): Int32Array | undefined {
  const prepared = prepare(task);
  return prepared.kind === 'problem' ? undefined : prepared.genes;
}

/** What is optimised, of a design that is in the space and within the budget by the full analysis. */
export function optimisedOf(task: SearchTask, genes: Int32Array | undefined): number {
  if (genes === undefined) return Number.NaN;
  const model = compileModel(task);
  const design = decode(model, genes);
  const { score } = analyse(design);
  const costs = wholeCosts(design, task.downstream);
  const wrong = [...exceeded(costs, task.budget), ...brokenOf(task, design)];
  if (wrong.length > 0) throw new Error(`a proof's design is outside: ${JSON.stringify(wrong)}`);
  const own = task.estimator === 'exact' ? score.exact : score.fanIn;
  const { goal } = task;
  if (goal.kind === 'maximise') return own;
  if (own < goal.score - 1e-9) throw new Error(`a proof's design holds ${own} of ${goal.score}`);
  return costOf(costs, goal.cost);
}
