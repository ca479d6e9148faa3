import { writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { buildMeasure } from './scripts/build-measure.ts';
import { noticesOf } from './scripts/notices.ts';

/** Every program of the product is one ES module in dist/; VS Code's extension host loads them since 1.100. */
const minify = process.argv.includes('--minify');
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
};

/** CommonJS dependencies inside an ES module bundle still call require(). */
const requireBanner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

const programs = await build({
  ...common,
  entryPoints: {
    client: 'client/src/extension.ts',
    server: 'server/src/server/main.ts',
    cli: 'server/src/cli/main.ts',
    mcp: 'server/src/mcp/serve.ts',
    queue: 'server/src/queue/program.ts',
    'search-worker': 'server/src/search/node/worker.ts',
    'model-worker': 'server/src/server/model-worker.ts',
  },
  outdir: 'dist',
  format: 'esm',
  banner: requireBanner,
  external: ['vscode'],
});

// The pages of the webviews, with their style sheets beside them.
const pages = await build({
  ...common,
  platform: 'browser',
  target: 'es2023',
  entryPoints: {
    dashboard: 'client/webview/dashboard.ts',
    picture: 'client/webview/picture.ts',
    compare: 'client/webview/compare.ts',
    numbers: 'client/webview/numbers.ts',
    model: 'client/webview/model.ts',
  },
  outdir: 'dist/webview',
  format: 'esm',
});

// A program of its own: only it holds TensorFlow.js, and it is started when the first measurement is asked for.
const measure = await buildMeasure('dist', common);

await writeFile('dist/THIRD-PARTY-NOTICES.txt', await noticesOf([programs.metafile, pages.metafile, measure]));
