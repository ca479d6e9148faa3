/** `npm run mutate -- FOLDER`: changes a source in many small ways and says which changes no test notices. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { askedFor, PACKAGES, PLACE, strykerSettings, TESTS_VARIABLE, testPatterns } from './stryker.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, PLACE);

function versionOf(name: string): string | undefined {
  const file = path.join(FOLDER, 'node_modules', name, 'package.json');
  return existsSync(file)
    ? z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version
    : undefined;
}

/** Installs what is missing into the folder aside, so that neither the manifest nor node_modules changes. */
function install(): void {
  const named = Object.entries(PACKAGES);
  if (named.every(([name, version]) => versionOf(name) === version)) return;
  const npm = process.env['npm_execpath'];
  if (npm === undefined) throw new Error('Run this by npm: npm run mutate -- FOLDER');
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, 'package.json'), '{ "private": true }\n');
  // Without peers: vitest is the project's own.
  const options = ['--no-save', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  const packages = named.map(([name, version]) => `${name}@${version}`);
  const { status } = spawnSync(process.execPath, [npm, 'install', ...options, ...packages], {
    cwd: FOLDER,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`npm could not install ${packages.join(' ')} into ${PLACE}.`);
}

const asked = askedFor(ROOT, process.argv.slice(2));
if (asked.ok) {
  install();
  const settings = path.join(FOLDER, 'stryker.config.json');
  writeFileSync(settings, JSON.stringify(strykerSettings(ROOT, asked.value), null, 2));
  const stryker = path.join(FOLDER, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const env = { ...process.env, [TESTS_VARIABLE]: JSON.stringify(testPatterns(ROOT, asked.value)) };
  process.exitCode =
    spawnSync(process.execPath, [stryker, 'run', settings], { cwd: ROOT, stdio: 'inherit', env }).status ?? 1;
} else {
  console.error(asked.message);
  process.exitCode = 2;
}
