import { copyFile, cp, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const require = createRequire(import.meta.url);
const ROOT = join(import.meta.dirname, '..');
const WASM_FILE = 'tfjs-backend-wasm-simd.wasm';

/** tfjs would fetch weights over the network with it; measuring never does. */
export const withoutFetch: Plugin = {
  name: 'without-node-fetch',
  setup(builder) {
    builder.onResolve({ filter: /^node-fetch$/ }, () => ({ path: 'node-fetch', namespace: 'stub' }));
    builder.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** CommonJS inside an ES module bundle still calls require(), and emscripten's glue reads __dirname. */
const BANNER = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
  'const __dirname = import.meta.dirname;',
].join(' ');

/** How esbuild makes the measuring program, the only one that holds TensorFlow.js. */
export function measureBundle(outdir: string, options: BuildOptions = {}): BuildOptions {
  return {
    bundle: true,
    platform: 'node',
    target: 'node22',
    legalComments: 'none',
    logLevel: 'warning',
    // The package's `main` is one CommonJS file with everything; `module` lets unused operations go.
    mainFields: ['module', 'main'],
    ...options,
    absWorkingDir: ROOT,
    entryPoints: { measure: 'server/src/measure/node/process.ts' },
    outdir,
    format: 'esm',
    banner: { js: BANNER },
    plugins: [withoutFetch],
    external: ['webgpu', '@tensorflow/tfjs-node-gpu'],
  };
}

/** Copies the one wasm file that the measuring program reads to where that is. */
export async function copyWasm(outdir: string): Promise<void> {
  await mkdir(outdir, { recursive: true });
  const dist = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  await copyFile(join(dist, 'dist', WASM_FILE), join(outdir, WASM_FILE));
}

/** Builds the measuring program with its wasm file into a folder. */
export async function buildMeasure(outdir: string): Promise<void> {
  await build(measureBundle(outdir));
  await copyWasm(outdir);
}

/**
 * Copies npm's webgpu with the binary of one platform beside the bundle, for a package of the extension that has no
 * node_modules. The measuring program looks there first.
 *
 * @param target a target of vsce: linux-x64, linux-arm64, win32-x64, win32-arm64, darwin-x64 or darwin-arm64
 */
export async function copyDawn(outdir: string, target: string): Promise<void> {
  const from = dirname(require.resolve('webgpu/package.json'));
  const to = join(outdir, 'webgpu');
  const platform = target.startsWith('darwin-') ? 'darwin-universal' : target;
  // Dawn compiles shaders with dxcompiler or with d3dcompiler_47; the latter is a quarter of the size and does for us.
  const filter = (file: string): boolean => !basename(file).startsWith('dxcompiler');
  await cp(join(from, 'dist', platform), join(to, 'dist', platform), { recursive: true, filter });
  for (const file of ['package.json', 'index.js', 'LICENSE.md']) await copyFile(join(from, file), join(to, file));
}
