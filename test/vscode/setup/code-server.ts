import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installEnvironment } from '../../../scripts/npm/npm.ts';
import manifest from '../package.json' with { type: 'json' };
import { onPath } from './find.ts';
import { run } from './run.ts';

const VERSION = manifest.dependencies['code-server'];
const HERE = path.resolve(import.meta.dirname, '..');

/** An interrupted install leaves its folder behind; after this many hours nobody can still be writing to it. */
const ABANDONED_HOURS = 2;

/** Where caches of programs live on this system; outside the checkout, so that a fresh clone finds it again. */
function cacheFolder(): string {
  const local = { win32: process.env['LOCALAPPDATA'], darwin: path.join(os.homedir(), 'Library', 'Caches') };
  const base = process.platform === 'win32' || process.platform === 'darwin' ? local[process.platform] : undefined;
  return path.join(process.env['XDG_CACHE_HOME'] || base || path.join(os.homedir(), '.cache'), 'mae-det');
}

const home = (): string => path.join(cacheFolder(), `code-server-${VERSION}`);
const entryOf = (folder: string): string => path.join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');

export const isInstalled = (): boolean => fs.existsSync(entryOf(home()));

/**
 * The script that starts code-server, installed on the first call. The folder appears under its final name only when
 * it is complete, so neither an interrupted install nor two at once can leave half of one.
 */
export async function installCodeServer(): Promise<string> {
  if (isInstalled()) return entryOf(home());
  fs.mkdirSync(cacheFolder(), { recursive: true });
  removeAbandoned();
  const folder = fs.mkdtempSync(`${home()}.installing-`);
  try {
    console.log(`Installing code-server ${VERSION} into ${home()}, once; this takes a few minutes.`);
    for (const file of ['package.json', 'package-lock.json'])
      fs.copyFileSync(path.join(HERE, file), path.join(folder, file));
    await run(process.execPath, [npmScript(), 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      env: environment(),
    });
    if (!fs.existsSync(entryOf(folder))) throw new Error(`code-server ${VERSION} has no ${entryOf('')}.`);
    moveIntoPlace(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return entryOf(home());
}

function environment(): NodeJS.ProcessEnv {
  const env = installEnvironment();
  // Its post-install script refuses any Node but 24, and its nested scripts take the first one on PATH.
  env['PATH'] = [path.dirname(process.execPath), process.env['PATH']].join(path.delimiter);
  // Newer npm blocks install scripts. Ours are named in package.json, but code-server's script runs npm again on its
  // own pinned packages, where npm reads neither our list nor one given by the environment.
  env['npm_config_dangerously_allow_all_scripts'] = 'true';
  return env;
}

function moveIntoPlace(folder: string): void {
  try {
    fs.renameSync(folder, home());
  } catch (error) {
    // Somebody else finished first; theirs is as good.
    if (!isInstalled()) throw error;
  }
}

function removeAbandoned(): void {
  const limit = Date.now() - ABANDONED_HOURS * 3_600_000;
  for (const name of fs.readdirSync(cacheFolder())) {
    const folder = path.join(cacheFolder(), name);
    if (name.includes('.installing-') && fs.statSync(folder).mtimeMs < limit)
      fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** npm as a script, so that it runs on this very Node (24), whichever Node it was installed with. */
function npmScript(): string {
  if (!process.version.startsWith('v24.')) {
    throw new Error(
      `code-server needs Node 24 but this is ${process.version}: start the tests by npm, as in \`npm test\`.`,
    );
  }
  const given = process.env['npm_execpath'];
  if (given && /npm-cli\.js$/.test(given)) return given;
  const npm = onPath('npm');
  const beside = npm && path.join(path.dirname(npm), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const script = beside && fs.existsSync(beside) ? beside : npm && fs.realpathSync(npm);
  if (!script?.endsWith('npm-cli.js')) throw new Error('npm was not found on PATH; code-server is installed with it.');
  return script;
}
