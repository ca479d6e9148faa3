import { describe, expect, it } from 'vitest';
import { optimumOf } from '../bound/enumerate.ts';
import { taskOf } from '../bound/small-tasks.ts';
import { ENUMERATED } from './enumerated-tasks.ts';
import { optimisedOf, proofFrom, startOf } from './proofs.ts';

/** Efforts that are far too small, that end somewhere on the way, and that are enough. */
const EFFORTS = [1, 3e4, 3e5, 5e7];

describe('every design of a small space was looked at, and the proven best is the best of them', () => {
  it.each(ENUMERATED)('$name', ({ estimator = 'fan-in', ...entry }) => {
    const task = { ...taskOf(entry), estimator };
    const optimum = optimumOf(task);
    if (optimum === undefined) throw new Error('the space is too large to look at');
    expect(optimum.looked).toBeGreaterThan(10_000);
    const sign = task.goal.kind === 'maximise' ? 1 : -1;
    const start = startOf(task) ?? Int32Array.of();
    for (const effort of EFFORTS) {
      const found = proofFrom(task, start, effort);
      if (found === undefined) throw new Error('a bound is known');
      expect(sign * found.bound).toBeGreaterThanOrEqual(sign * optimum.value - 1e-9);
      if (!found.proven) continue;
      // Nothing but the best is ever called that.
      expect(optimisedOf(task, found.best)).toBeCloseTo(optimum.value, 9);
      expect(found.bound).toBeCloseTo(optimum.value, 9);
    }
    expect(proofFrom(task, start)?.proven).toBe(true);
    // From the best design itself nothing better is found.
    expect(proofFrom(task, optimum.genes)).toMatchObject({ proven: true, best: optimum.genes });
  });
});
