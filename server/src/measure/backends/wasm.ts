import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { BackendWasm, init, setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js';
import { version } from '@tensorflow/tfjs-backend-wasm/dist/version.js';
import { done, failed, type Outcome, thrownText } from '../failure.ts';
import { registerBackend, registerKernel, setBackend } from '../tf.ts';
import type { OpenedBackend } from './backend.ts';
import { WASM_KERNELS } from './wasm-kernels.ts';

/** The build copies the binary beside the bundle. tfjs asks for this one wherever SIMD is: every Node we support. */
export const WASM_FILE = 'tfjs-backend-wasm-simd.wasm';

/** A wasm memory ends at 4 GB; what the allocator and XNNPACK need beside the tensors is left free. */
const MAX_TOTAL_BYTES = 3 * 1024 ** 3;
const MAX_TENSOR_BYTES = 1024 ** 3;

export const cpuName = (): string => cpus()[0]?.model.trim() || process.arch;

/** Loads the wasm backend (SIMD, one thread) into this thread. */
export async function openWasm(): Promise<Outcome<OpenedBackend>> {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  if (!existsSync(folder + WASM_FILE)) {
    return failed(
      'backend-broken',
      `The file ${WASM_FILE} is missing beside the measuring program.`,
      'Reinstall the extension; in a checkout run npm run build.',
    );
  }
  try {
    setWasmPaths(folder);
    for (const kernel of WASM_KERNELS) registerKernel(kernel);
    const { wasm } = await init();
    registerBackend('wasm', () => new BackendWasm(wasm));
    // setBackend returns false where getBackend would already name the new one.
    if (!(await setBackend('wasm'))) throw new Error('tfjs refused the backend');
  } catch (thrown) {
    return failed(
      'backend-broken',
      `The wasm backend did not start: ${thrownText(thrown)}`,
      'Reinstall the extension; the file may be damaged.',
    );
  }
  return done({
    name: 'wasm',
    device: cpuName(),
    kind: 'cpu',
    versions: { '@tensorflow/tfjs-backend-wasm': version, node: process.versions.node },
    maxTensorBytes: MAX_TENSOR_BYTES,
    maxTotalBytes: MAX_TOTAL_BYTES,
  });
}
