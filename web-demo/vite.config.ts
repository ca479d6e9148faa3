import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const ROOT = path.resolve(import.meta.dirname, '..');
const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/** Maps that packages have of their own sources: several times what they belong to, and nobody debugs VS Code here. */
const withoutMaps: Plugin = {
  name: 'without-maps',
  generateBundle: (_, bundle) => {
    for (const name of Object.keys(bundle)) if (name.endsWith('.map')) delete bundle[name];
  },
};

/** Lists the folders of the packages that something of the page comes from, for its notices. */
const packages: Plugin = {
  name: 'packages',
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
    const folders = modules.flatMap((file) => PACKAGE.exec(file.replaceAll('\\', '/').replaceAll('\0', ''))?.[0] ?? []);
    const names = [...new Set(folders)].map((folder) => path.relative(ROOT, folder).replaceAll(path.sep, '/'));
    this.emitFile({ type: 'asset', fileName: 'packages.json', source: JSON.stringify(names.toSorted()) });
  },
};

export default defineConfig({
  root: import.meta.dirname,
  // Addresses are relative to the page: it may stand in any folder of a host.
  base: './',
  publicDir: false,
  logLevel: 'error',
  plugins: [withoutMaps, packages],
  worker: { format: 'es' },
  build: {
    outDir: path.join(ROOT, 'dist', 'web-demo'),
    emptyOutDir: true,
    target: 'es2023',
    // Frames and workers need an address of their own: one that is written into a script has no origin.
    assetsInlineLimit: 0,
  },
});
