import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certify } from '../../../server/src/search/bound/bound.ts';
import { optimisedOf, proofFrom, startOf } from '../proof/proofs.ts';
import { optimumOf } from './enumerate.ts';
import { bottleneck, CASES, conv, least, randomTask, taskOf } from './small-tasks.ts';

/**
 * A wrong certificate is worse than none. Each of these spaces is small enough to look at every design: no bound may be
 * on the wrong side of the best of them, and what is called proven has to be the best of them.
 */
describe('brute force: the bound of', () => {
  it.each(CASES)('$name', (entry) => {
    const task = taskOf(entry);
    const optimum = optimumOf(task);
    if (optimum === undefined) throw new Error('the space is too large to look at');
    expect(optimum.looked).toBeGreaterThan(50);
    expect(optimum.value).toBeGreaterThan(0);
    const certificate = certify(task);
    const sign = task.goal.kind === 'maximise' ? 1 : -1;
    expect(sign * (certificate?.bound ?? Number.NaN)).toBeGreaterThanOrEqual(sign * optimum.value - 1e-9);
    // From the best design, and from one that is far from it.
    for (const genes of [optimum.genes, startOf(task)]) {
      const found = proofFrom(task, genes ?? Int32Array.of());
      expect(found?.proven).toBe(true);
      expect(optimisedOf(task, found?.best)).toBeCloseTo(optimum.value, 9);
      expect(found?.bound).toBeCloseTo(optimum.value, 9);
    }
  });

  it('the least memory is not known where the budgets leave no design that holds the score', () => {
    const scarce = { groups: [conv(2), bottleneck], limits: { params: 2_000, macs: 1e6 } };
    expect(certify(taskOf({ ...scarce, goal: least('memory', 10) }))?.bound).toBeGreaterThan(0);
    expect(certify(taskOf({ ...scarce, goal: least('memory', 22) }))).toBeUndefined();
  });

  it('random tasks is on the right side of the best design', () => {
    fc.assert(
      fc.property(randomTask, (task) => {
        const { genes, value } = optimumOf(task, 20_000) ?? { value: Number.NaN, genes: Int32Array.of() };
        fc.pre(!Number.isNaN(value));
        const sign = task.goal.kind === 'maximise' ? 1 : -1;
        for (const known of [certify(task), proofFrom(task, genes, 1e4)])
          expect(sign * (known?.bound ?? Number.NaN)).toBeGreaterThanOrEqual(sign * value - 1e-9 * Math.abs(value));
        // Whatever waits for a downstream: what is called proven is within every limit, and the best.
        const found = proofFrom(task, startOf(task) ?? genes, 1e6);
        if (found?.proven === true) expect(optimisedOf(task, found.best)).toBeCloseTo(value, 6);
      }),
      { numRuns: 25 },
    );
  });
});
