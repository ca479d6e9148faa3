import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../test/vscode/setup/run.ts';
import { installEnvironment, npm } from '../npm/npm.ts';

/** The page's sources, with a manifest and a lock file of their own. */
export const SOURCES = path.resolve(import.meta.dirname, '../../web-demo');

/** Says which lock file the packages beside it are of. npm takes the whole folder away before it installs. */
const STAMP = path.join(SOURCES, 'node_modules', '.installed');

/** Installs the packages that the page is built of, once for each lock file; an install that was interrupted is done again. */
export async function installWebDemo(): Promise<void> {
  const lock = createHash('sha256')
    .update(await readFile(path.join(SOURCES, 'package-lock.json')))
    .digest('hex');
  if ((await readFile(STAMP, 'utf8').catch(() => undefined)) === lock) return;
  console.log('Installing VS Code for the static page, once: about 40 MB.');
  const [program, args, how] = npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  await run(program, args, { ...how, cwd: SOURCES, env: installEnvironment() }).catch((cause: unknown) => {
    const where = 'The packages of web-demo/package-lock.json come from npm’s registry: is it within reach?';
    throw new Error(`VS Code for the static page could not be installed. ${where}`, { cause });
  });
  await writeFile(STAMP, lock);
}
