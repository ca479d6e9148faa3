import { build } from 'esbuild';

/**
 * Every program of the product is one bundle in dist/. The extension host loads CommonJS, so the client is that; the
 * others are ES modules for Node.
 */
const minify = process.argv.includes('--minify');
const common = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  minify,
  sourcemap: minify ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
};

/** CommonJS dependencies inside an ES module bundle still call require(). */
const requireBanner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

const esm = (entryPoints) => ({ ...common, entryPoints, outdir: 'dist', format: 'esm', banner: requireBanner });

await Promise.all([
  build({
    ...common,
    entryPoints: { client: 'client/src/extension.ts' },
    outdir: 'dist',
    format: 'cjs',
    external: ['vscode'],
  }),
  build(esm({ server: 'server/src/server/main.ts' })),
  build(esm({ cli: 'server/src/cli/main.ts' })),
]);
