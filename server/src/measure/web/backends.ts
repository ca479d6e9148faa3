import type { OpenBackends } from '../backends/choose.ts';
import { startWasm } from '../backends/start-wasm.ts';
import { startWebgpu } from '../backends/start-webgpu.ts';
import { done, failed, type Outcome } from '../failure.ts';

const NEXT_STEP = 'Use the wasm backend, or another browser.';

const absent = (name: string) => async (): Promise<Outcome<never>> =>
  failed(
    'backend-absent',
    `A browser has no ${name}.`,
    'Open the folder in VS Code on the desktop, or run mae measure.',
  );

async function findAdapter(): Promise<Outcome<GPUAdapter>> {
  const { gpu } = navigator as { readonly gpu?: GPU };
  if (gpu === undefined) return failed('backend-absent', 'This browser has no WebGPU in its workers.', NEXT_STEP);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  return adapter === null ? failed('no-device', 'WebGPU found no graphics device.', NEXT_STEP) : done(adapter);
}

/** What measures in a browser's worker. */
export const webBackends = (): OpenBackends => ({
  wasm: () => startWasm('./', { device: 'the CPU, by the browser', versions: {} }),
  webgpu: () => startWebgpu(findAdapter, { versions: {}, nextStep: NEXT_STEP }),
  cuda: absent('CUDA'),
  onnx: absent('ONNX Runtime of Node'),
});
