import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { z } from 'zod';

const ROOT = path.resolve(import.meta.dirname, '..');
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

const MANIFEST = z.object({ name: z.string(), version: z.string(), license: z.string() });

/** Folders of the packages that something of a bundle comes from, below the root of the project. */
function packagesOf(metafiles: readonly Metafile[]): string[] {
  const used = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    ),
  );
  return [...new Set(used.flatMap((file) => PACKAGE.exec(file)?.[1] ?? []))];
}

async function noticeOf(folder: string): Promise<{ readonly name: string; readonly text: string }> {
  const at = path.join(ROOT, folder);
  const { name, version, license } = MANIFEST.parse(JSON.parse(await readFile(path.join(at, 'package.json'), 'utf8')));
  const file = (await readdir(at)).find((entry) => /^licen[cs]e(-mit)?(\.(md|txt))?$/i.test(entry));
  const terms = file === undefined ? `Licence: ${license}` : await readFile(path.join(at, file), 'utf8');
  return { name, text: `${name} ${version} (${license})\n\n${terms.trim()}\n` };
}

/** The licences of everything that the bundles took in, as their terms ask of whoever passes them on. */
export async function noticesOf(metafiles: readonly Metafile[]): Promise<string> {
  return noticesOfPackages(packagesOf(metafiles));
}

/** The same of packages by their folders, below the root of the project. */
export async function noticesOfPackages(folders: readonly string[]): Promise<string> {
  const notices = await Promise.all(folders.map(noticeOf));
  notices.sort((a, b) => (a.name < b.name ? -1 : 1));
  const line = `\n${'-'.repeat(80)}\n\n`;
  return `The programs beside this file contain the following packages.\n${line}${notices.map((n) => n.text).join(line)}`;
}
