import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BackendSettings } from '../measure/backends/backend.ts';
import type { MeasureClient } from '../measure/client.ts';
import { processClient } from '../measure/node/process-client.ts';

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
