import { certify } from './bound/bound.ts';
import { Island } from './evolve/island.ts';
import { planOf } from './evolve/plan.ts';
import type { Certificate, EpochJob, IslandState, Proof, ProofJob } from './executor.ts';
import type { Clock } from './host.ts';
import type { Evaluator } from './model/evaluator.ts';
import { evaluatorFor } from './model/evaluator-for.ts';
import { compileModel } from './model/model.ts';
import { proof } from './proof/prove.ts';
import type { SearchTask } from './task.ts';
import { known } from './watched.ts';

/** Does the jobs of an executor in the thread it lives in. The compiled task is kept between jobs. */
export class Work {
  private readonly clock: Clock;
  private key = '';
  private evaluator: Evaluator | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  evolve({ task, state, until, immigrants, settlers }: EpochJob): IslandState {
    const island = new Island(this.evaluatorOf(task), planOf(task), state);
    island.admit(immigrants);
    island.settle(settlers, until);
    island.run(until);
    return island.save();
  }

  certify(task: SearchTask): Certificate | undefined {
    return certify(known(task));
  }

  /** Looks for a proof until it is done or its time is up; whoever goes through it sends in true to end it before. */
  *prove(job: ProofJob): Generator<undefined, Proof, boolean> {
    const until = this.clock.now() + 1000 * (job.seconds ?? Infinity);
    known(job.task);
    const attempt = proof(job);
    let step = attempt.next(false);
    while (step.done !== true) step = attempt.next((yield) || this.clock.now() >= until);
    return step.value;
  }

  private evaluatorOf(task: SearchTask): Evaluator {
    const key = JSON.stringify(task);
    if (this.evaluator === undefined || key !== this.key) {
      this.evaluator = evaluatorFor(compileModel(known(task)), planOf(task).capacity + 1);
      this.key = key;
    }
    return this.evaluator;
  }
}
