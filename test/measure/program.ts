import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { buildMeasure } from '../../scripts/build-measure.ts';
import type { Staged } from '../../server/src/analysis/stage-log-stds.ts';
import type { ClientState, MeasureClient } from '../../server/src/measure/client.ts';
import { requestOf } from '../../server/src/measure/measure.ts';
import type { MeasureSettings } from '../../server/src/measure/measure-settings.ts';
import { MEASURE_DEFAULTS } from '../../server/src/measure/measure-settings.ts';
import type { MeasureRequest } from '../../server/src/measure/messages.ts';
import { DRAW_THREADS } from '../../server/src/measure/node/machine.ts';
import { type ProcessOptions, processClient } from '../../server/src/measure/node/process-client.ts';
import { planOf } from '../../server/src/measure/plan.ts';

/** Inside the project, because the native webgpu module is found from where the program lies. */
const CACHE = join(import.meta.dirname, '../../node_modules/.cache');

const folders: string[] = [];
const clients: MeasureClient[] = [];

// Once for the whole file: a hook that is set inside a test is too late.
afterAll(async () => {
  for (const client of clients) client.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** The measuring program, built into a folder of the test file's own. */
export async function builtProgram(): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'mae-measure-'));
  folders.push(folder);
  await buildMeasure(folder);
  return join(folder, 'measure.js');
}

/** A client that is closed when the test file ends. */
export function clientOf(
  program: string,
  options: Omit<ProcessOptions, 'program'> = {},
  onState?: (state: ClientState) => void,
): MeasureClient {
  const client = processClient({ program, ...options }, onState);
  clients.push(client);
  return client;
}

export const requestFor = (network: Staged, settings: Partial<MeasureSettings> = {}): MeasureRequest =>
  requestOf(planOf(network), { ...MEASURE_DEFAULTS, workers: DRAW_THREADS, backend: 'wasm', ...settings });
