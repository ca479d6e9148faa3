import { spawnSync } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { copyDawn } from './build-measure.ts';
import { extensionPage } from './extension-page.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** The platforms that npm's webgpu has a binary for, as vsce names them. */
export const TARGETS = ['linux-x64', 'linux-arm64', 'win32-x64', 'win32-arm64', 'darwin-x64', 'darwin-arm64'] as const;
export type Target = (typeof TARGETS)[number];

const isTarget = (name: string | undefined): name is Target => TARGETS.some((target) => target === name);

/** The target of this machine; undefined where there is no binary, and the package then measures by wasm only. */
export function hostTarget(): Target | undefined {
  const name = `${process.platform}-${process.arch}`;
  return isTarget(name) ? name : undefined;
}

/** Where vsce finds the page of the extension; in the package it is the README. */
const PAGE = 'dist/readme.md';

export interface Packing {
  /** Whether the repository of the manifest can be reached: pictures and links of the page then lead there. */
  readonly published?: boolean;
}

/** Builds and packs the extension for one platform, with only that platform's GPU binary inside, and returns the file. */
export async function packageExtension(
  target: Target | undefined = hostTarget(),
  { published = false }: Packing = {},
): Promise<string> {
  const file = path.join(ROOT, `${manifest.name}-${target === undefined ? '' : `${target}-`}${manifest.version}.vsix`);
  await rm(path.join(ROOT, 'dist', 'webgpu'), { recursive: true, force: true });
  if (target !== undefined) await copyDawn(path.join(ROOT, 'dist'), target);
  if (!published) await writePage();
  const page = published ? [] : ['--readme-path', PAGE, '--no-rewrite-relative-links'];
  const platform = target === undefined ? [] : ['--target', target];
  const vsce = path.join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = [vsce, 'package', '--no-dependencies', ...page, ...platform, '--out', file];
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`vsce ended with exit code ${status}`);
  return file;
}

async function writePage(): Promise<void> {
  const readme = await readFile(path.join(ROOT, 'README.md'), 'utf8');
  await mkdir(path.join(ROOT, 'dist'), { recursive: true });
  await writeFile(path.join(ROOT, PAGE), extensionPage(readme));
}

if (import.meta.main) {
  const published = process.argv.includes('--published');
  const wanted = process.argv.slice(2).filter((argument) => argument !== '--published');
  const unknown = wanted.find((name) => name !== 'all' && !isTarget(name));
  if (unknown !== undefined) {
    console.error(`There is no target ${unknown}: use ${TARGETS.join(', ')} or all; none means this machine.`);
    process.exit(2);
  }
  const targets = wanted.includes('all') ? TARGETS : wanted.length > 0 ? wanted.filter(isTarget) : [undefined];
  for (const target of targets) {
    const file = await packageExtension(target, { published });
    console.log(`${path.basename(file)}: ${((await stat(file)).size / 1e6).toFixed(1)} MB`);
  }
}
