import { createRequire } from 'node:module';
import type * as ort from 'onnxruntime-node';
import { locatePackage } from '../files/locate-package.ts';

export const RUNTIME_PACKAGE = 'onnxruntime-node';
/** What it is called in a profile. */
export const RUNTIME_NAME = 'onnxruntime-node';

/** What is used of onnxruntime-node, which may not be there. */
export interface Runtime {
  readonly ort: Pick<typeof ort, 'InferenceSession' | 'Tensor'>;
  readonly version: string;
}

export type LoadedRuntime =
  | { readonly ok: true; readonly runtime: Runtime }
  | { readonly ok: false; readonly message: string; readonly nextStep: string };

const INSTALL =
  `Run npm install ${RUNTIME_PACKAGE} in a folder that MAE_CUDA_FOLDER names, with ONNXRUNTIME_NODE_INSTALL=skip where ` +
  'there is no GPU to download for.';

/** Loads ONNX Runtime, which is never bundled, from the first of the folders that has it. */
export function loadRuntime(folders: readonly string[]): LoadedRuntime {
  const found = locatePackage(RUNTIME_PACKAGE, folders);
  if (found === undefined)
    return { ok: false, message: `${RUNTIME_PACKAGE} is not installed, which times networks.`, nextStep: INSTALL };
  try {
    const require = createRequire(import.meta.url);
    const runtime: Runtime['ort'] = require(found.entry);
    const manifest: { version?: unknown } = require(found.manifest);
    return { ok: true, runtime: { ort: runtime, version: String(manifest.version) } };
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { ok: false, message: `${RUNTIME_PACKAGE} did not load: ${why}`, nextStep: INSTALL };
  }
}
