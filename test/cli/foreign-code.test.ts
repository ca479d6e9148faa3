import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLI, ended, Folder, SMALL } from './mae.ts';

const PACKAGE = '@tensorflow/tfjs-node-gpu';

/** A checkout of somebody, whose package leaves a mark when it is run, with a folder inside. */
function checkout(): { readonly folder: Folder; readonly mark: string; readonly inside: string } {
  const folder = new Folder();
  const mark = folder.at('was-run');
  const home = join(folder.path, 'node_modules', PACKAGE);
  const inside = folder.at('designs');
  mkdirSync(home, { recursive: true });
  mkdirSync(inside);
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: PACKAGE, version: '4.22.0', main: 'index.js' }));
  writeFileSync(join(home, 'index.js'), `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '');`);
  for (const place of [folder.path, inside]) writeFileSync(join(place, 'a.mae'), SMALL);
  return { folder, mark, inside };
}

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  doctor: ['doctor'],
  measure: ['measure', 'a.mae', '--draws', '1', '--at', '32x32'],
  'measure on CUDA': ['measure', 'a.mae', '--draws', '1', '--at', '32x32', '--backend', 'cuda'],
  'search --confirm': ['search', 'a.mae', '--evaluations', '500', '--confirm', '1', '--draws', '1'],
};

describe("code of the folder that a command is called in isn't run", () => {
  test.each(Object.entries(COMMANDS))('mae %s', async (_, args) => {
    const { folder, mark, inside } = checkout();
    await Promise.all([folder.mae(...args), ended(spawn(process.execPath, [CLI, ...args], { cwd: inside }))]);
    expect(existsSync(mark)).toBe(false);
  });

  test('but that of a folder which is named', async () => {
    const { folder, mark } = checkout();
    await ended(spawn(process.execPath, [CLI, 'doctor'], { env: { ...process.env, MAE_CUDA_FOLDER: folder.path } }));
    expect(existsSync(mark)).toBe(true);
  });
});
