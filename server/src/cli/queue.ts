import { EXIT, type ExitCode } from '../answers/exit.ts';
import type { Place, Runs } from '../queue/program.ts';
import { say } from './output.ts';

/** BullMQ is a program of its own beside this bundle: no other command pays for it. */
const PROGRAM = new URL('./queue.js', import.meta.url);

export const queueProgram = (): Promise<typeof import('../queue/program.ts')> => import(PROGRAM.href);

/** Works with the runs of a queue; where there is none it says so. */
export async function withRuns(place: Place, use: (runs: Runs) => Promise<ExitCode>): Promise<ExitCode> {
  const { Runs } = await queueProgram();
  const runs = await Runs.open(place);
  if ('kind' in runs) {
    say(`error: option --redis: ${runs.message}`);
    return EXIT.environment;
  }
  try {
    return await use(runs);
  } finally {
    await runs.close();
  }
}
