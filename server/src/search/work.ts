import { certify } from './bound/bound.ts';
import { sharpened } from './bound/sharpen.ts';
import { Island } from './evolve/island.ts';
import { planOf } from './evolve/plan.ts';
import type { Certificate, EpochJob, IslandState } from './executor.ts';
import type { Evaluator } from './model/evaluator.ts';
import { evaluatorFor } from './model/evaluator-for.ts';
import { compileModel } from './model/model.ts';
import type { SearchTask } from './task.ts';

/** Does the jobs of an executor in the thread it lives in. The compiled task is kept between jobs. */
export class Work {
  private key = '';
  private evaluator: Evaluator | undefined;

  evolve({ task, state, until, immigrants, settlers }: EpochJob): IslandState {
    const island = new Island(this.evaluatorOf(task), planOf(task), state);
    island.admit(immigrants);
    island.settle(settlers, until);
    island.run(until);
    return island.save();
  }

  certify(task: SearchTask): Certificate | undefined {
    return certify(task);
  }

  sharpen(task: SearchTask, certificate: Certificate, best: Int32Array): Certificate {
    return sharpened(task, certificate, best);
  }

  private evaluatorOf(task: SearchTask): Evaluator {
    const key = JSON.stringify(task);
    if (this.evaluator === undefined || key !== this.key) {
      this.evaluator = evaluatorFor(compileModel(task), planOf(task).capacity + 1);
      this.key = key;
    }
    return this.evaluator;
  }
}
