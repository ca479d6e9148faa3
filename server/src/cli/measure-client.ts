import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BackendSettings } from '../measure/backends/backend.ts';
import type { MeasureClient } from '../measure/client.ts';
import type { MeasureFailure } from '../measure/failure.ts';
import { processClient } from '../measure/node/process-client.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { interruptibly } from './interruptible.ts';
import { say } from './output.ts';

/** Where the bundled measuring program stands: beside this bundle. */
const PROGRAM = fileURLToPath(new URL('./measure.js', import.meta.url));

/**
 * The CUDA package is looked for where MAE_CUDA_FOLDER says, then where mae itself is installed; never where the command
 * was called nor beside the file: whoever looks at somebody's checkout does not run its code.
 */
export function backendSettings(): BackendSettings {
  const wanted = process.env['MAE_CUDA_FOLDER'];
  return { cudaFolders: [...(wanted === undefined || wanted === '' ? [] : [resolve(wanted)]), dirname(PROGRAM)] };
}

export const openMeasureClient = (): MeasureClient => processClient({ program: PROGRAM });

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
