import { EXIT, type ExitCode } from '../answers/exit.ts';
import { openMeasureClient } from '../answers/measure-program.ts';
import type { MeasureClient } from '../measure/client.ts';
import type { MeasureFailure } from '../measure/failure.ts';
import { interruptibly } from './interruptible.ts';
import { say } from './output.ts';

/** Runs with a measuring process that is gone afterwards. Ctrl-C cancels; a second one ends the command at once. */
export async function withMeasureClient<T>(
  run: (client: MeasureClient, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const client = openMeasureClient();
  try {
    return await interruptibly((signal) => run(client, signal));
  } finally {
    client.close();
  }
}

/** Says why nothing was measured. The environment is at fault, unless the user stopped it. */
export function reportFailure({ code, message, nextStep }: MeasureFailure): ExitCode {
  say(`error: ${message}`);
  if (nextStep !== '') say(`next step: ${nextStep}`);
  if (code === 'unmeasurable') return EXIT.input;
  return code === 'cancelled' ? EXIT.interrupted : EXIT.environment;
}
