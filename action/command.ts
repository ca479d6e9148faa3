import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Output of more than this is no list of problems. */
const MOST = 1 << 28;

/** Runs a program to its end. @throws where it cannot be started */
export function run(program: string, args: readonly string[]): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: MOST });
  if (error !== undefined) throw error;
  return { exit: status ?? 3, stdout, stderr };
}

/** Without a shell, which on Windows npm's own script would need: what is installed may be written by anybody. */
function npm(args: readonly string[]): Ran {
  if (process.platform !== 'win32') return run('npm', args);
  return run(process.execPath, [path.join(path.dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'), ...args]);
}

/** The command `mae`, installed once into a folder of its own. Nothing that a package brings is run on installing. */
export function installed(spec: string, temp: string): (...args: readonly string[]) => Ran {
  const folder = mkdtempSync(path.join(temp, 'mae-det-'));
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', '--', spec];
  const { exit, stderr } = npm(args);
  if (exit !== 0) throw new Error(`npm could not install ${spec}: ${stderr.trim()}`);
  const program = path.join(folder, 'node_modules', 'mae-det', 'dist', 'cli.js');
  return (...all) => run(process.execPath, [program, ...all]);
}
