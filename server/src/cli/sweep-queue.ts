import { randomBytes } from 'node:crypto';
import { EXIT, type ExitCode, fail } from '../answers/exit.ts';
import type { Place } from '../queue/program.ts';
import { SWEEP_VERSION, type SweepRun } from '../sweep/wire.ts';
import { interruptibly } from './interruptible.ts';
import { report, say } from './output.ts';
import { withRuns } from './queue.ts';
import { finish, type SweepOutput, teller } from './sweep.ts';
import type { SweepPlan } from './sweep-plan.ts';

/** A sweep by whoever works at a queue; it goes on there when this command ends. */
export async function sweepOn(place: Place, plan: SweepPlan, options: SweepOutput): Promise<ExitCode> {
  if (plan.tasks.some(({ profiles }) => profiles !== undefined))
    return report(fail(EXIT.usage, 'error: option --redis: times on a device are swept on this machine only'));
  const run: SweepRun = {
    version: SWEEP_VERSION,
    id: randomBytes(6).toString('hex'),
    created: new Date().toISOString(),
    ...plan.sent,
  };
  return withRuns(place, (runs) =>
    interruptibly(async (signal) => {
      await runs.write(run);
      // Who reads this may end us: the run is written down by now.
      say(`run ${run.id}: ${run.points.length} searches`);
      await runs.enqueue(run);
      const outcomes = await runs.watch(run, signal, teller(run.points));
      if (signal.aborted) say(`It goes on there: mae runs watch ${run.id}, or mae runs cancel ${run.id}.`);
      return finish(plan, outcomes, options);
    }),
  );
}
