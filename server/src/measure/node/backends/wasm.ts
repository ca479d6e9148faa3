import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { OpenedBackend } from '../../backends/backend.ts';
import { startWasm } from '../../backends/start-wasm.ts';
import { failed, type Outcome } from '../../failure.ts';
import { WASM_FILE } from '../../wasm-file.ts';

export const cpuName = (): string => cpus()[0]?.model.trim() || process.arch;

/** Loads the wasm backend into this thread; the build copies its file beside the bundle. */
export async function openWasm(): Promise<Outcome<OpenedBackend>> {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  if (existsSync(folder + WASM_FILE))
    return startWasm(folder, { device: cpuName(), versions: { node: process.versions.node } });
  return failed(
    'backend-broken',
    `The file ${WASM_FILE} is missing beside the measuring program.`,
    'Reinstall the extension; in a checkout run npm run build.',
  );
}
