import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
import { version } from '@tensorflow/tfjs-backend-webgpu/dist/version.js';
import { done, failed, type Outcome, thrownText } from '../failure.ts';
import { registerBackend, registerKernel, setBackend } from '../tf.ts';
import type { OpenedBackend } from './backend.ts';
import { WEBGPU_KERNELS } from './webgpu-kernels.ts';

/** Limits that a device is asked for at the adapter's best: the defaults of WebGPU are those of a phone. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/** Rasterisers that run on the CPU and look like a GPU. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|microsoft basic render|warp/i;

const describe = (info: GPUAdapterInfo): string =>
  info.description ||
  [info.vendor, info.architecture, info.device].filter((part) => part !== '').join(' ') ||
  'unnamed';

/** What a machine says of its WebGPU. */
export interface WebgpuMachine {
  readonly versions: OpenedBackend['versions'];
  /** What a person can do where it does not start. */
  readonly nextStep: string;
  /** Makes tfjs's backend where the machine needs more than to call. */
  readonly make?: (backend: () => WebGPUBackend) => WebGPUBackend;
}

/** Starts the webgpu backend on an adapter, or says why that cannot be; `find` may throw. */
export async function startWebgpu(
  find: () => Promise<Outcome<GPUAdapter>>,
  { versions, nextStep, make = (backend) => backend() }: WebgpuMachine,
): Promise<Outcome<OpenedBackend>> {
  try {
    const found = await find();
    if (!found.ok) return found;
    const adapter = found.value;
    const limits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
    const device = await adapter.requestDevice({ requiredLimits: limits });
    for (const kernel of WEBGPU_KERNELS) registerKernel(kernel);
    registerBackend('webgpu', () => make(() => new WebGPUBackend(device, adapter.info)));
    // setBackend returns false where getBackend would already name the new one.
    if (!(await setBackend('webgpu'))) throw new Error('tfjs refused the device');
    const { info } = adapter;
    const software = SOFTWARE.test(`${info.description} ${info.architecture} ${info.device} ${info.vendor}`);
    const maxTensorBytes = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
    return done({
      name: 'webgpu',
      device: describe(info),
      kind: software ? 'cpu' : 'gpu',
      versions: { '@tensorflow/tfjs-backend-webgpu': version, ...versions },
      maxTensorBytes,
      // WebGPU does not tell how much memory there is; what does not fit fails with a lost device.
      maxTotalBytes: Number.POSITIVE_INFINITY,
    });
  } catch (thrown) {
    return failed('backend-broken', `The webgpu backend did not start: ${thrownText(thrown)}`, nextStep);
  }
}
