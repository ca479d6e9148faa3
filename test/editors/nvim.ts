import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const DOCS = fileURLToPath(new URL('../../docs/editors.md', import.meta.url));
const SESSION = fileURLToPath(new URL('./session.lua', import.meta.url));

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The blocks of a language that docs/editors.md shows, in order: what people copy is what is tested. */
export function documented(language: string): string[] {
  const blocks = readFileSync(DOCS, 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(([, name, code = '']) => (name === language ? [code] : []));
}

export interface Session<T> {
  readonly exit: number | null;
  /** What Neovim printed: messages of the server, and Lua errors. */
  readonly messages: string;
  /** What the script handed to `tell`, by name. */
  readonly told: T;
  readonly file: string;
}

/**
 * Neovim without a window, in a home of its own, with the settings of the docs and `mae` on its PATH. It opens a file
 * with the text and runs a Lua script, in which the functions of `session.lua` are known.
 */
export async function inNeovim<T>(text: string, script: string): Promise<Session<T>> {
  const folder = mkdtempSync(join(tmpdir(), 'mae-nvim-'));
  folders.push(folder);
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('init.lua'), documented('lua')[0] ?? '');
  writeFileSync(at('design.mae'), text);
  writeFileSync(at('script.lua'), script);
  mkdirSync(at('bin'));
  writeFileSync(at('bin/mae'), `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`);
  chmodSync(at('bin/mae'), 0o755);
  const args = ['--headless', '-n', '-i', 'NONE', '-u', 'init.lua', 'design.mae', '-S', SESSION];
  const child = spawn('nvim', args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: `${at('bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      HOME: folder,
      XDG_CONFIG_HOME: at('config'),
      XDG_DATA_HOME: at('data'),
      XDG_STATE_HOME: at('state'),
      XDG_CACHE_HOME: at('cache'),
    },
  });
  let messages = '';
  const listen = (chunk: Buffer): void => {
    messages += chunk.toString('utf8');
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (exit !== 0) throw new Error(`nvim ended with ${exit}:\n${messages}`);
  const told = JSON.parse(readFileSync(at('told.json'), 'utf8')) as T;
  return { exit, messages, told, file: readFileSync(at('design.mae'), 'utf8') };
}
