import { BackendWasm, init, setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js';
import { version } from '@tensorflow/tfjs-backend-wasm/dist/version.js';
import { done, failed, type Outcome, thrownText } from '../failure.ts';
import { registerBackend, registerKernel, setBackend } from '../tf.ts';
import type { OpenedBackend } from './backend.ts';
import { WASM_KERNELS } from './wasm-kernels.ts';

/** A wasm memory ends at 4 GB; what the allocator and XNNPACK need beside the tensors is left free. */
const MAX_TOTAL_BYTES = 3 * 1024 ** 3;
const MAX_TENSOR_BYTES = 1024 ** 3;

/**
 * Starts the wasm backend (SIMD, one thread) in this thread.
 *
 * @param folder where the wasm file is read from, with a slash at its end
 */
export async function startWasm(
  folder: string,
  { device, versions }: Pick<OpenedBackend, 'device' | 'versions'>,
): Promise<Outcome<OpenedBackend>> {
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
    device,
    kind: 'cpu',
    versions: { '@tensorflow/tfjs-backend-wasm': version, ...versions },
    maxTensorBytes: MAX_TENSOR_BYTES,
    maxTotalBytes: MAX_TOTAL_BYTES,
  });
}
