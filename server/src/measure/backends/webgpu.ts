import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
import { version } from '@tensorflow/tfjs-backend-webgpu/dist/version.js';
import { done, failed, type Outcome, thrownText } from '../failure.ts';
import { registerBackend, registerKernel, setBackend } from '../tf.ts';
import type { OpenedBackend } from './backend.ts';
import { WEBGPU_KERNELS } from './webgpu-kernels.ts';

/** Where a packaged extension has the module, with the binary of its platform only; a checkout has it in node_modules. */
const BESIDE = fileURLToPath(new URL('webgpu/index.js', import.meta.url));

/** Limits that a device is asked for at the adapter's best: the defaults of WebGPU are those of a phone. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

const NEXT_STEP =
  process.platform === 'linux'
    ? 'Install the Vulkan driver of your GPU (vulkaninfo --summary shows what there is), or use the wasm backend.'
    : 'Update the driver of your GPU, or use the wasm backend.';

/** Dawn frees everything, and then crashes, when the object that create() gave is collected. */
const kept: { gpu?: GPU } = {};

/** Rasterisers that run on the CPU and look like a GPU. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|microsoft basic render|warp/i;

async function findAdapter(): Promise<Outcome<GPUAdapter>> {
  try {
    // The package is native and not bundled; it may be absent, or built for another platform.
    const dawn: typeof import('webgpu') = await (existsSync(BESIDE)
      ? import(pathToFileURL(BESIDE).href)
      : import('webgpu'));
    Object.assign(globalThis, dawn.globals);
    kept.gpu ??= dawn.create([]);
  } catch (thrown) {
    return failed(
      'backend-absent',
      `The webgpu module for ${process.platform}-${process.arch} could not be loaded: ${thrownText(thrown)}`,
      'Install the build of the extension for your platform; in a checkout run npm ci.',
    );
  }
  const adapter = await kept.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter !== null) return done(adapter);
  if (lacksVulkanLoader()) {
    return failed(
      'no-device',
      'The Vulkan loader libvulkan.so.1 is not installed, so no graphics device can be found.',
      'Install it (Debian, Ubuntu: libvulkan1; Fedora: vulkan-loader) and the Vulkan driver of your GPU.',
    );
  }
  return failed('no-device', 'WebGPU found no graphics device (Vulkan, Metal or Direct3D 12).', NEXT_STEP);
}

/** Dawn loads the loader when it looks for adapters, so afterwards it is in the process or it is not there. */
function lacksVulkanLoader(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return !readFileSync('/proc/self/maps', 'utf8').includes('libvulkan');
  } catch {
    return false;
  }
}

/** tfjs looks for navigator.gpu to see whether it may run, and for nothing else. */
function withNavigator<T>(run: () => T): T {
  const existing = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: kept.gpu }, configurable: true, writable: true });
  try {
    return run();
  } finally {
    if (existing === undefined) Reflect.deleteProperty(globalThis, 'navigator');
    else Object.defineProperty(globalThis, 'navigator', existing);
  }
}

const describe = (info: GPUAdapterInfo): string =>
  info.description ||
  [info.vendor, info.architecture, info.device].filter((part) => part !== '').join(' ') ||
  'unnamed';

/** Loads Dawn and opens the fastest adapter it knows: any GPU, and no CUDA. */
export async function openWebgpu(): Promise<Outcome<OpenedBackend>> {
  try {
    const found = await findAdapter();
    if (!found.ok) return found;
    const adapter = found.value;
    const limits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
    const device = await adapter.requestDevice({ requiredLimits: limits });
    for (const kernel of WEBGPU_KERNELS) registerKernel(kernel);
    registerBackend('webgpu', () => withNavigator(() => new WebGPUBackend(device, adapter.info)));
    // setBackend returns false where getBackend would already name the new one.
    if (!(await setBackend('webgpu'))) throw new Error('tfjs refused the device');
    const { info } = adapter;
    const software = SOFTWARE.test(`${info.description} ${info.architecture} ${info.device} ${info.vendor}`);
    const maxTensorBytes = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
    return done({
      name: 'webgpu',
      device: describe(info),
      kind: software ? 'cpu' : 'gpu',
      versions: { '@tensorflow/tfjs-backend-webgpu': version, webgpu: dawnVersion(), node: process.versions.node },
      maxTensorBytes,
      // WebGPU does not tell how much memory there is; what does not fit fails with a lost device.
      maxTotalBytes: Number.POSITIVE_INFINITY,
    });
  } catch (thrown) {
    return failed('backend-broken', `The webgpu backend did not start: ${thrownText(thrown)}`, NEXT_STEP);
  }
}

function dawnVersion(): string {
  try {
    const require = createRequire(import.meta.url);
    const manifest: unknown = require(existsSync(BESIDE) ? './webgpu/package.json' : 'webgpu/package.json');
    return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '?';
  } catch {
    return '?';
  }
}
