import { spawnSync } from 'node:child_process';
import { cp, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { copyWasm, measureBundle } from '../build-measure.ts';
import { bundles, PROGRAMS } from '../bundles.ts';
import { noticesOf } from '../notices.ts';
import { CONTENTS, npmManifest } from './manifest.ts';
import { npm } from './npm.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** What only an editor starts: the extension and the server of its own. `mae lsp` has the server in a piece. */
const EDITOR: readonly string[] = ['client', 'server'];

/** Builds the package of the command in a folder of its own and packs it there. @returns the packed file */
export async function packageNpm(folder: string): Promise<string> {
  const to = path.join(folder, 'package');
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  await buildPrograms(path.join(to, 'dist'));
  for (const name of CONTENTS.filter((one) => one !== 'dist')) await copyTexts(name, to);
  await cp(path.join(ROOT, 'LICENSE'), path.join(to, 'LICENSE'));
  await cp(path.join(import.meta.dirname, 'README.md'), path.join(to, 'README.md'));
  await writeFile(path.join(to, 'package.json'), `${JSON.stringify(npmManifest(), null, 2)}\n`);
  const [program, args, how] = npm('pack', '--silent', '--ignore-scripts', '--pack-destination', '..');
  const { status, error } = spawnSync(program, args, { ...how, cwd: to, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw error ?? new Error(`npm pack ended with exit code ${status}`);
  const { name, version } = npmManifest();
  return path.join(folder, `${name}-${version}.tgz`);
}

/** The programs that `mae` is and starts, with the wasm file that one of them reads, and the terms of what is in them. */
async function buildPrograms(outdir: string): Promise<void> {
  const { programs, commands } = bundles(true);
  const entryPoints = Object.fromEntries(Object.entries(PROGRAMS).filter(([name]) => !EDITOR.includes(name)));
  const common = { minify: true, metafile: true, absWorkingDir: ROOT } as const;
  const metafiles = [];
  const own = { ...common, outdir };
  for (const options of [
    { ...programs, ...own, entryPoints },
    { ...commands, ...own },
    measureBundle(outdir, common),
  ]) {
    const { metafile } = await build(options);
    if (metafile !== undefined) metafiles.push(metafile);
  }
  await copyWasm(outdir);
  await writeFile(path.join(outdir, 'THIRD-PARTY-NOTICES.txt'), await noticesOf(metafiles));
}

/** A folder or a file of the checkout, without pictures: those are for the extension's pages. */
const copyTexts = (name: string, to: string): Promise<void> =>
  cp(path.join(ROOT, name), path.join(to, name), {
    recursive: true,
    filter: (file) => path.basename(file) !== 'pictures',
  });

/** `npm run package:npm` packs into dist/npm. */
if (import.meta.main) {
  const file = await packageNpm(path.join(ROOT, 'dist', 'npm'));
  console.log(`${path.relative(ROOT, file)}: ${((await stat(file)).size / 1e6).toFixed(1)} MB`);
}
