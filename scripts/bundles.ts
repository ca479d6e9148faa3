import type { BuildOptions } from 'esbuild';
import { measureBundle } from './build-measure.ts';

/** Every program of the product but the command line, by the name that it has in dist/. */
export const PROGRAMS = {
  client: 'client/src/extension.ts',
  server: 'server/src/server/main.ts',
  mcp: 'server/src/mcp/serve.ts',
  queue: 'server/src/queue/program.ts',
  'search-worker': 'server/src/search/node/worker.ts',
  'model-worker': 'server/src/server/model-worker.ts',
} as const;

/** The command line. A command loads the pieces that it needs, so that it begins soon; they stand beside it. */
export const COMMANDS = { cli: 'server/src/cli/main.ts' } as const;

/** The pages of the webviews, each with its style sheet beside it. */
export const PAGES = {
  dashboard: 'client/webview/dashboard.ts',
  picture: 'client/webview/picture.ts',
  compare: 'client/webview/compare.ts',
  numbers: 'client/webview/numbers.ts',
  model: 'client/webview/model.ts',
} as const;

/** How the names of the pieces of the command line begin. */
export const PIECE = 'cli-';

/** CommonJS dependencies inside an ES module bundle still call require(). */
const REQUIRE =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

export interface Bundles {
  /** What runs in Node: VS Code's extension host, the server, and the processes of server and command line. */
  readonly programs: BuildOptions;
  readonly commands: BuildOptions;
  readonly pages: BuildOptions;
  /** A program of its own: only it holds TensorFlow.js, and it is started when the first measurement is asked for. */
  readonly measure: BuildOptions;
}

/** All of dist/ for esbuild: ES modules, which VS Code's extension host loads since 1.100. */
export function bundles(minify: boolean): Bundles {
  const common = {
    bundle: true,
    platform: 'node',
    target: 'node22',
    minify,
    sourcemap: minify ? false : 'linked',
    // The licences have a file of their own.
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    format: 'esm',
  } as const satisfies BuildOptions;
  return {
    programs: { ...common, entryPoints: PROGRAMS, outdir: 'dist', banner: { js: REQUIRE }, external: ['vscode'] },
    commands: {
      ...common,
      entryPoints: COMMANDS,
      outdir: 'dist',
      banner: { js: REQUIRE },
      splitting: true,
      chunkNames: `${PIECE}[name]-[hash]`,
    },
    pages: { ...common, platform: 'browser', target: 'es2023', entryPoints: PAGES, outdir: 'dist/webview' },
    measure: measureBundle('dist', common),
  };
}
