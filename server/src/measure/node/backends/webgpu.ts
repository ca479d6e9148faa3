import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { OpenedBackend } from '../../backends/backend.ts';
import { startWebgpu } from '../../backends/start-webgpu.ts';
import { done, failed, type Outcome, thrownText } from '../../failure.ts';

/** Where a packaged extension has the module, with the binary of its platform only; a checkout has it in node_modules. */
const BESIDE = fileURLToPath(new URL('webgpu/index.js', import.meta.url));

const NEXT_STEP =
  process.platform === 'linux'
    ? 'Install the Vulkan driver of your GPU (vulkaninfo --summary shows what there is), or use the wasm backend.'
    : 'Update the driver of your GPU, or use the wasm backend.';

/** Dawn frees everything, and then crashes, when the object that create() gave is collected. */
const kept: { gpu?: GPU } = {};

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

/** Loads Dawn and opens the fastest adapter it knows: any GPU, and no CUDA. */
export const openWebgpu = (): Promise<Outcome<OpenedBackend>> =>
  startWebgpu(findAdapter, {
    versions: { webgpu: dawnVersion(), node: process.versions.node },
    nextStep: NEXT_STEP,
    make: withNavigator,
  });

function dawnVersion(): string {
  try {
    const require = createRequire(import.meta.url);
    const manifest: unknown = require(existsSync(BESIDE) ? './webgpu/package.json' : 'webgpu/package.json');
    return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '?';
  } catch {
    return '?';
  }
}
