import { Dual } from '../bound/dual.ts';
import type { Proof, ProofJob } from '../executor.ts';
import type { Goal } from '../task.ts';
import type { Effort } from './effort.ts';
import { relaxed } from './prove.ts';
import { Prover } from './prover.ts';

/** Share of a score that rounding may take. */
const ROUNDING = 1e-11;

/**
 * The least memory at a score to hold. Whether any design holds it with less than so many bytes is asked of an exact
 * search for the highest score under that cap: first for a byte less than the best design has, then, while there are such
 * designs, for the middle between that and what no design can do with.
 */
export function* leastMemory(
  job: ProofJob,
  { cost, score: hold }: Extract<Goal, { kind: 'minimise' }>,
  effort: Effort,
): Generator<undefined, Proof, boolean> {
  const { certificate, task } = job;
  const dual = new Dual({ ...task, goal: { kind: 'maximise' }, pareto: [cost] }, task.estimator);
  const { evaluator } = dual;
  let best = job.best;
  evaluator.load(0, best);
  const begun = dual.within(evaluator) && evaluator.score >= hold;
  // Bytes that no design does with, and those of the best one that holds the score.
  let [low, high] = [Math.ceil(certificate.bound) - 1, begun ? evaluator.memory : Infinity];
  const known = relaxed(certificate, Infinity, best.length);
  for (let first = true; low < high - 1; first = false) {
    const cap = first || high === Infinity ? high - 1 : Math.floor((low + high) / 2);
    dual.memoryCap = cap;
    const least = { genes: best, worth: hold - ROUNDING * Math.abs(hold) };
    const prover = new Prover(dual, effort, known, least);
    let holds = false;
    for (let goesOn = true; goesOn && !holds; ) {
      goesOn = prover.step();
      const found = prover.best ?? least;
      if (found.genes !== best) {
        evaluator.load(0, found.genes);
        holds = evaluator.score >= hold;
        if (holds) [best, high] = [found.genes, evaluator.memory];
      }
      if (yield) return { ...certificate, bound: Math.max(certificate.bound, low + 1), best, proven: false };
    }
    if (holds) continue;
    if (!prover.done || high === Infinity) break;
    low = cap;
  }
  const proven = low >= high - 1;
  return { ...certificate, bound: proven ? high : Math.max(certificate.bound, low + 1), best, proven };
}
