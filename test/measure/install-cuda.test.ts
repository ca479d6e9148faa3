import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NpmOutcome } from '../../client/src/cuda/npm-install.ts';
import { npmReason } from '../../client/src/cuda/npm-reason.ts';
import { isOnPath } from '../../client/src/cuda/on-path.ts';
import { stagedInstall } from '../../client/src/cuda/staged-install.ts';
import { examine } from '../../server/src/measure/doctor.ts';
import { doctorText } from '../../server/src/measure/doctor-report.ts';
import { NODE_MACHINE } from '../../server/src/measure/node/machine.ts';
import { builtProgram, clientOf } from './program.ts';
import { COMPLETES, Registry } from './registry.ts';

const program = await builtProgram();
const PACKAGE = { name: '@tensorflow/tfjs-node-gpu', version: '4.22.0' } as const;

let folder: string;
const registries: Registry[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mae-install-'));
});
afterEach(async () => {
  for (const registry of registries.splice(0)) await registry.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Install {
  readonly lines: string[];
  readonly abort: AbortController;
  readonly done: Promise<NpmOutcome>;
}

/** Installs what a registry offers, with the real npm. */
async function install(script: string, onLine: (line: string) => void = () => undefined): Promise<Install> {
  const registry = await Registry.start({ install: script });
  registries.push(registry);
  const lines: string[] = [];
  const abort = new AbortController();
  const done = stagedInstall({
    ...PACKAGE,
    folder,
    environment: { ...process.env, ...registry.environment },
    signal: abort.signal,
    onLine: (line) => {
      lines.push(line);
      onLine(line);
    },
  });
  return { lines, abort, done };
}

const home = (): string => join(folder, 'node_modules', '@tensorflow', 'tfjs-node-gpu');

/** Nothing that the loader could take for the package, and nothing that npm left. */
function expectUntouched(): void {
  expect(readdirSync(folder)).toEqual([]);
}

describe('installing the CUDA backend with npm', () => {
  test('the package is there, and the Doctor finds it, proves it and says how fast it is', async () => {
    const { done } = await install(COMPLETES);
    expect(await done).toEqual({ kind: 'installed' });
    expect(existsSync(join(home(), 'tfjs_binding.node'))).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(['node_modules', 'package.json']);
    const client = clientOf(program, {
      env: { FAKE_BINDING: 'gpu', PATH: '/nowhere' },
      execArgv: ['--require', join(import.meta.dirname, 'fake', 'binding-hook.cjs')],
    });
    const report = await examine(client, { cudaFolders: [folder] }, NODE_MACHINE);
    if (!report.ok) throw new Error(report.failure.message);
    expect(doctorText(report.value)).toMatch(
      / cuda: usable, [\d.e+]+ GMAC\/s\n +device: CUDA device 0 \(GPU\)\n.*4\.22\.0/,
    );
  });

  test('again it takes the place of what was there', async () => {
    expect(await (await install(COMPLETES)).done).toEqual({ kind: 'installed' });
    writeFileSync(join(home(), 'old'), '');
    expect(await (await install(COMPLETES)).done).toEqual({ kind: 'installed' });
    expect(existsSync(join(home(), 'old'))).toBe(false);
    expect(readdirSync(folder).toSorted()).toEqual(['node_modules', 'package.json']);
  });

  test.each([
    [
      'it throws',
      "console.log('GPU-linux-4.22.0'); console.error('* Downloading libtensorflow'); throw new Error('getaddrinfo ENOTFOUND storage.googleapis.com');",
      'Error: getaddrinfo ENOTFOUND storage.googleapis.com',
    ],
    [
      'it says so and ends',
      "console.error('* Downloading libtensorflow'); console.error('node-pre-gyp install failed with error: no such binary'); process.exit(1);",
      'node-pre-gyp install failed with error: no such binary',
    ],
  ])('when the install script fails its own words are the reason: %s', async (_, script, reason) => {
    const { done } = await install(script);
    expect(await done).toEqual({ kind: 'failed', reason });
    expectUntouched();
  });

  test('a failure leaves what was installed before', async () => {
    expect(await (await install(COMPLETES)).done).toEqual({ kind: 'installed' });
    expect((await (await install('process.exit(1)')).done).kind).toBe('failed');
    expect(existsSync(join(home(), 'tfjs_binding.node'))).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(['node_modules', 'package.json']);
  });

  test('cancelling ends the script that npm started too, and what it had begun is not there', async () => {
    const mark = join(folder, '..', `${folder.split(/[\\/]/).at(-1)}-script`);
    const script = `require('node:fs').writeFileSync(${JSON.stringify(mark)}, String(process.pid)); setInterval(() => {}, 1000);`;
    const { abort, done } = await install(script);
    const pid = await written(mark);
    expect(() => process.kill(pid, 0)).not.toThrow();
    expect(readdirSync(folder).some((name) => name.startsWith('installing-'))).toBe(true);
    abort.abort();
    expect(await done).toEqual({ kind: 'cancelled' });
    expect(() => process.kill(pid, 0)).toThrow();
    rmSync(mark);
    expectUntouched();
  });

  test('a script that does not listen is ended all the same', async () => {
    const mark = join(folder, '..', `${folder.split(/[\\/]/).at(-1)}-stubborn`);
    const script = `process.on('SIGTERM', () => {}); require('node:fs').writeFileSync(${JSON.stringify(mark)}, String(process.pid)); setInterval(() => {}, 1000);`;
    const { abort, done } = await install(script);
    const pid = await written(mark);
    abort.abort();
    expect(await done).toEqual({ kind: 'cancelled' });
    expect(() => process.kill(pid, 0)).toThrow();
    rmSync(mark);
    expectUntouched();
  });

  test('a registry that does not have it is named', async () => {
    const registry = await Registry.start({ install: COMPLETES });
    registries.push(registry);
    const environment = { ...process.env, ...registry.environment };
    const options = { folder, environment, signal: new AbortController().signal, onLine: () => undefined };
    const outcome = await stagedInstall({ ...options, name: '@tensorflow/nothing-here', version: '1.0.0' });
    expect(outcome).toEqual({ kind: 'failed', reason: expect.stringMatching(/^404 Not Found - GET http:\/\/127/) });
    expectUntouched();
  });

  test('without npm on the PATH nothing is begun', async () => {
    const environment = { PATH: folder, Path: folder };
    const signal = new AbortController().signal;
    const outcome = await stagedInstall({ ...PACKAGE, folder, environment, signal, onLine: () => undefined });
    expect(outcome).toEqual({ kind: 'no-npm' });
    expectUntouched();
  });

  test('what a closed window left is removed, what another window installs is not', async () => {
    await mkdir(join(folder, 'installing-old'));
    await mkdir(join(folder, 'installing-now'));
    utimesSync(join(folder, 'installing-old'), 0, 0);
    expect(await (await install(COMPLETES)).done).toEqual({ kind: 'installed' });
    expect(readdirSync(folder).toSorted()).toEqual(['installing-now', 'node_modules', 'package.json']);
  });
});

/** The number that a process writes into a file when it has begun. */
async function written(file: string): Promise<number> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await new Promise(setImmediate);
  return Number(readFileSync(file, 'utf8'));
}

describe('the reason in what npm writes', () => {
  test.each([
    ['nothing', '', ''],
    [
      'no network',
      'npm warn old\nnpm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error network request to https://example.invalid/x failed, reason: getaddrinfo ENOTFOUND example.invalid\nnpm error network This is a problem related to network connectivity.\nnpm error network In most cases you are behind a proxy or have bad network settings.\nnpm error A complete log of this run can be found in: /home/x/_logs/1.log',
      'network request to https://example.invalid/x failed, reason: getaddrinfo ENOTFOUND example.invalid',
    ],
    [
      'an older npm',
      'npm ERR! code EACCES\nnpm ERR! Error: EACCES: permission denied, mkdir /x\nnpm ERR!     at a (b.js:1)\nnpm ERR! A complete log of this run can be found in: /x',
      'Error: EACCES: permission denied, mkdir /x',
    ],
    ['no words of npm’s own', 'Killed\n', 'Killed'],
  ])('%s', (_, text, reason) => expect(npmReason(text.split('\n'))).toBe(reason));
});

test('a program is found on the PATH of either platform', () => {
  writeFileSync(join(folder, 'tool'), '', { mode: 0o755 });
  writeFileSync(join(folder, 'npm.CMD'), '', { mode: 0o755 });
  const PATH = ['/nowhere', folder].join(delimiter);
  expect(isOnPath('tool', { PATH }, 'linux')).toBe(true);
  expect(isOnPath('npm', { PATH }, 'linux')).toBe(false);
  expect(isOnPath('npm', { Path: folder, PATHEXT: '.EXE;.CMD' }, 'win32')).toBe(true);
  expect(isOnPath('npm', { Path: folder, PATHEXT: '.EXE' }, 'win32')).toBe(false);
  expect(isOnPath('npm', {}, 'linux')).toBe(false);
});
