import { isOfWhole, isPeak } from '../../cost/registry.ts';
import { Dual } from '../bound/dual.ts';
import type { Proof, ProofJob } from '../executor.ts';
import type { SearchTask } from '../task.ts';
import { Effort } from './effort.ts';
import { leastMemory } from './least-memory.ts';
import { Prover } from './prover.ts';

/** What is done by default: about a second on one core. */
const BY_DEFAULT = [5e7];
/** What is done where a proof is asked for: some seconds, half a minute, some minutes; each begins with what is known. */
const ASKED_FOR = [2e8, 1.6e9, 1.28e10];

/** The efforts of a task, one after the other until there is a proof; none where none is wanted. */
export const effortsOf = ({ prove }: SearchTask): readonly number[] =>
  prove === undefined ? BY_DEFAULT : prove ? ASKED_FOR : [];

/**
 * Looks for a proof that a design is the best of its space within its budget, or for a better one (docs/search.md).
 * Between two of its steps, which take some ten milliseconds, it yields; a true that is sent in ends it with what it has.
 */
export function* proof(job: ProofJob): Generator<undefined, Proof, boolean> {
  const { task, certificate, best } = job;
  const { goal, estimator } = task;
  const effort = new Effort(job.effort);
  // What follows from the whole network is in no label: a design that is left out for another may be the one that holds it.
  if (task.budget.limits.some(({ cost }) => isOfWhole(cost))) return { ...certificate, best, proven: false };
  if (goal.kind === 'minimise' && isPeak(goal.cost)) {
    // A label does not know what waits beside its groups, nor what a design of it has in all.
    if (task.downstream !== undefined) return { ...certificate, best, proven: false };
    return yield* leastMemory(job, goal, effort);
  }
  const dual = new Dual(task, estimator);
  const { evaluator } = dual;
  evaluator.load(0, best);
  const incumbent = dual.within(evaluator) ? { genes: best, worth: dual.worthOf(evaluator) } : undefined;
  const prover = new Prover(
    dual,
    effort,
    relaxed(certificate, dual.fromUnits(certificate.bound), best.length),
    incumbent,
  );
  while (prover.step()) if (yield) break;
  const found = prover.best;
  if (found === undefined) return { ...certificate, best, proven: false };
  const bound = dual.inUnits(prover.done ? found.worth : prover.bound);
  // A cap on memory leaves out what waits for a downstream: the best under it bounds all others, and may be over the limit.
  if (!withinMemory(dual, found.genes)) return { ...certificate, bound, best, proven: false };
  return { ...certificate, bound, best: found.genes, proven: prover.done };
}

function withinMemory({ evaluator, model }: Dual, genes: Int32Array): boolean {
  evaluator.load(0, genes);
  return evaluator.memory <= model.memoryLimit;
}

/** What a certificate says to a prover. @param width genes of a design */
export const relaxed = ({ prices, designs }: ProofJob['certificate'], bound: number, width: number) => ({
  prices: [...prices],
  bound,
  telling: Array.from({ length: designs.length / width }, (_, i) => designs.slice(i * width, (i + 1) * width)),
});
