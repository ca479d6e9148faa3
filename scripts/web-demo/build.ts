import { cp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { z } from 'zod';
import { run } from '../../test/vscode/setup/run.ts';
import { noticesOfPackages } from '../notices.ts';
import { installWebDemo, SOURCES } from './install.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PAGE = path.join(ROOT, 'dist', 'web-demo');

/** What the package has for Node: a browser asks for none of it. */
const FOR_NODE = /^(dist\/[^/]+\.(js|wasm)|dist\/webgpu\/.*)$/;

/**
 * Builds the page with VS Code, the extension and the examples in it; the extension is the one that dist/ has.
 *
 * @returns the folder, which any static host can serve
 */
export async function buildWebDemo(): Promise<string> {
  await installWebDemo();
  const options = { cwd: SOURCES };
  await run(process.execPath, [path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], options);
  await run(process.execPath, [path.join(SOURCES, 'node_modules/vite/bin/vite.js'), 'build'], options);
  await copyExtension();
  await writeNotices();
  return PAGE;
}

/** The extension's files as they are packed, and the list that the page reads: a static host tells nobody what it has. */
async function copyExtension(): Promise<void> {
  const to = path.join(PAGE, 'extension');
  const sizes: Record<string, number> = {};
  const packed = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
  for (const file of packed.filter((name) => !FOR_NODE.test(name))) {
    await cp(path.join(ROOT, file), path.join(to, file));
    sizes[file] = (await stat(path.join(to, file))).size;
  }
  for (const needed of ['dist/web/client.cjs', 'dist/web/server.js', 'dist/webview/dashboard.js'])
    if (sizes[needed] === undefined)
      throw new Error(`${needed} is not there: build the extension first, by npm run build.`);
  await writeFile(path.join(to, 'files.json'), JSON.stringify(sizes));
}

/** The terms of the packages that the page has in it; the extension has a file of its own. */
async function writeNotices(): Promise<void> {
  const list = path.join(PAGE, 'packages.json');
  const folders = z.array(z.string()).parse(JSON.parse(await readFile(list, 'utf8')));
  await writeFile(path.join(PAGE, 'THIRD-PARTY-NOTICES.txt'), await noticesOfPackages(folders));
  await rm(list);
}
