import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { copyWasm, withoutFetch } from './build-measure.ts';

const ROOT = join(import.meta.dirname, '..');

/** Folders of texts that the server in a browser has in its bundle, because it reads no files. */
const SHIPPED = ['examples', 'examples/detectors', 'spaces'] as const;

/** Builds dist/web: the extension for a browser, the language server and its search worker as one script each. */
export async function buildWeb(minify: boolean): Promise<readonly Metafile[]> {
  const common = {
    bundle: true,
    platform: 'browser',
    target: 'es2023',
    minify,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    absWorkingDir: ROOT,
    outdir: 'dist/web',
  } as const satisfies BuildOptions;
  // A worker of a worker is started from a text that the other has: neither may be a module there.
  const worker = await build({
    ...common,
    entryPoints: { 'search-worker': 'server/src/search/web/worker.ts' },
    format: 'iife',
    write: false,
  });
  const server = await build({
    ...common,
    entryPoints: { server: 'server/src/server/web/main.ts' },
    format: 'iife',
    define: {
      SEARCH_WORKER: JSON.stringify(worker.outputFiles[0]?.text),
      SHIPPED_TEXTS: JSON.stringify(await shippedTexts()),
    },
  });
  // Of its own, with the binary beside it: both are read when something is first measured.
  const measure = await build({
    ...common,
    entryPoints: { measure: 'server/src/measure/web/worker.ts' },
    mainFields: ['module', 'main'],
    format: 'iife',
    plugins: [withoutFetch],
  });
  await copyWasm(join(ROOT, common.outdir));
  // VS Code's host in a browser refuses ES modules.
  const client = await build({
    ...common,
    entryPoints: { client: 'client/web/extension.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
  });
  return [worker.metafile, server.metafile, measure.metafile, client.metafile];
}

/** Texts by their path in the package. */
async function shippedTexts(): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const folder of SHIPPED)
    for (const file of await readdir(join(ROOT, folder)))
      if (file.endsWith('.mae')) texts[`${folder}/${file}`] = await readFile(join(ROOT, folder, file), 'utf8');
  return texts;
}
