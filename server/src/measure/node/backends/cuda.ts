import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import util, { promisify } from 'node:util';
import { locatePackage } from '../../../files/locate-package.ts';
import type { BackendSettings, OpenedBackend } from '../../backends/backend.ts';
import { done, failed, type Outcome, thrownText } from '../../failure.ts';
import { engine, setBackend } from '../../tf.ts';
import { cpuName } from './wasm.ts';

export const CUDA_PACKAGE = '@tensorflow/tfjs-node-gpu';

const INSTALL =
  'Run the command "MAE-DET: Install CUDA backend" in VS Code, or npm install @tensorflow/tfjs-node-gpu in a folder that ' +
  'MAE_CUDA_FOLDER names; or use the webgpu backend, which needs no CUDA.';

/**
 * tfjs-node 4.22 calls util.isNullOrUndefined and util.isArray, which Node 23 removed: without them nearly every
 * operation throws. Node's own modules cannot be changed through an import, hence the default export.
 */
export function restoreRemovedUtilities(
  target: Record<string, unknown> = util as unknown as Record<string, unknown>,
): void {
  target['isNullOrUndefined'] ??= (value: unknown): boolean => value === null || value === undefined;
  target['isArray'] ??= Array.isArray;
}

/** What went wrong when the native part was loaded, told from what the loader says. */
function loadFailure(text: string, folder: string): Outcome<never> {
  if (/can not be found at path|Cannot find module/.test(text)) {
    return failed(
      'backend-broken',
      `The native part of ${CUDA_PACKAGE} is not there; its download probably failed.`,
      `Run npm rebuild ${CUDA_PACKAGE} in ${folder}, with access to the network. ${INSTALL}`,
    );
  }
  if (/cannot open shared object|DLL|not find.*librar|image not found/i.test(text)) {
    return failed(
      'backend-broken',
      `A library that ${CUDA_PACKAGE} needs is missing: ${text}`,
      'Install CUDA 11.2 and cuDNN 8.1, which its TensorFlow 2.9.1 is built for, or use the webgpu backend.',
    );
  }
  return failed('backend-broken', `${CUDA_PACKAGE} did not load: ${text}`, INSTALL);
}

/** Whether TensorFlow really has a GPU: the package falls back to the CPU without a word. */
function usesGpu(): boolean {
  const backend: unknown = engine().findBackend('tensorflow');
  return (
    typeof backend === 'object' &&
    backend !== null &&
    'isUsingGpuDevice' in backend &&
    backend.isUsingGpuDevice === true
  );
}

/** Name and driver of the GPU that TensorFlow takes, which is the first that CUDA may see. */
async function gpuName(): Promise<{ name: string; driver: string }> {
  const visible = process.env['CUDA_VISIBLE_DEVICES']?.split(',')[0] ?? '0';
  try {
    const args = ['--query-gpu=name,driver_version', '--format=csv,noheader', '-i', visible];
    const { stdout } = await promisify(execFile)('nvidia-smi', args, { timeout: 5000 });
    const [name = '', driver = ''] =
      stdout
        .split('\n')[0]
        ?.split(',')
        .map((part) => part.trim()) ?? [];
    return { name, driver };
  } catch {
    return { name: '', driver: '' };
  }
}

/**
 * Loads tfjs-node-gpu, which is never bundled. It brings its own copy of tfjs-core, but both use the engine that is
 * kept on the global object, so our operations run on its kernels. It can be loaded once per process only.
 */
export async function openCuda(settings: BackendSettings): Promise<Outcome<OpenedBackend>> {
  const found = locatePackage(CUDA_PACKAGE, settings.cudaFolders);
  if (found === undefined) return failed('backend-absent', `${CUDA_PACKAGE} is not installed.`, INSTALL);
  const folder = dirname(dirname(dirname(dirname(found.manifest))));
  restoreRemovedUtilities();
  // Else TensorFlow takes all memory of the GPU, and the desktop or a training run beside it fails.
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';
  const require = createRequire(import.meta.url);
  try {
    require(found.entry);
    if (!(await setBackend('tensorflow'))) throw new Error('TensorFlow could not start');
  } catch (thrown) {
    return loadFailure(thrownText(thrown), folder);
  }
  const manifest: { version?: unknown } = require(found.manifest);
  const versions = { [CUDA_PACKAGE]: String(manifest.version), node: process.versions.node };
  const limits = { maxTensorBytes: 2 ** 31, maxTotalBytes: Number.POSITIVE_INFINITY };
  if (!usesGpu()) {
    const device = `${cpuName()} (TensorFlow found no CUDA device)`;
    return done({ name: 'cuda', device, kind: 'cpu', versions, ...limits });
  }
  const { name, driver } = await gpuName();
  const device = name === '' ? 'CUDA device 0' : name;
  return done({
    name: 'cuda',
    device,
    kind: 'gpu',
    versions: driver === '' ? versions : { ...versions, 'nvidia driver': driver },
    ...limits,
  });
}
