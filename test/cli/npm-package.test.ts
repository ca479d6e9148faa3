import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import root from '../../package.json' with { type: 'json' };
import { npm } from '../../scripts/npm/npm.ts';
import { packageNpm } from '../../scripts/npm/package-npm.ts';
import { ended, type Run, SMALL } from './mae.ts';

const MODEL = fileURLToPath(new URL('../fixtures/onnx/resnet18.folded.onnx', import.meta.url));

const MINUTES = 180_000;

/** From the folder: npm's own shell on Windows takes no spaces. */
const PACKED = `./packing/mae-det-${root.version}.tgz`;

let folder = '';
let installed = '';

/** npm in the folder, without a network: what it would have to fetch is an error. Its programs run on this Node. */
function runNpm(command: string, ...args: string[]): Promise<Run> {
  const [program, all, how] = npm(command, '--offline', '--no-audit', '--no-fund', '--no-update-notifier', ...args);
  const env = {
    ...process.env,
    npm_config_cache: path.join(folder, '.npm'),
    PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH']}`,
  };
  return ended(spawn(program, all, { ...how, cwd: folder, env, stdio: 'pipe' }) as ChildProcessWithoutNullStreams);
}

const start = (...args: string[]) =>
  spawn(process.execPath, [path.join(installed, 'dist', 'cli.js'), ...args], { cwd: folder });
const mae = (...args: string[]): Promise<Run> => ended(start(...args));

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'mae npm-'));
  expect(await packageNpm(path.join(folder, 'packing'))).toBe(path.join(folder, PACKED));
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  writeFileSync(path.join(folder, 'small.mae'), SMALL);
  const install = await runNpm('install', PACKED);
  expect(install, install.stderr).toMatchObject({ exit: 0 });
  installed = path.join(folder, 'node_modules', 'mae-det');
}, MINUTES);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  const manifest = () => JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as typeof root;

  test('installs nothing but itself, and runs nothing when it is installed', () => {
    expect(globSync('node_modules/*', { cwd: folder }).map((name) => path.basename(name))).toEqual(['mae-det']);
    const { name, version, license } = manifest();
    expect({ name, version, license }).toEqual({ name: 'mae-det', version: root.version, license: root.license });
    for (const key of ['dependencies', 'optionalDependencies', 'peerDependencies', 'scripts', 'bundleDependencies'])
      expect(manifest()).not.toHaveProperty(key);
  });

  test('says which Node the command needs, as the manifest of the checkout does and the command itself', () => {
    expect(manifest().engines).toEqual({ node: root.engines.node });
    const source = readFileSync(fileURLToPath(new URL('../../server/src/cli/main.ts', import.meta.url)), 'utf8');
    const [, major, minor] = /OLDEST_NODE = \[(\d+), (\d+)\]/.exec(source) ?? [];
    expect(root.engines.node).toBe(`>=${major}.${minor}`);
  });

  test('has its README, its terms and those of what is bundled, and no picture, source map or program of the editor', () => {
    const files = globSync('**/*', { cwd: installed }).map((file) => file.replaceAll(path.sep, '/'));
    for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md', 'dist/THIRD-PARTY-NOTICES.txt'])
      expect(files).toContain(file);
    expect(files.filter((file) => /\.(png|svg|map|ts)$|^dist\/(client|server|webview)/.test(file))).toEqual([]);
    expect(readFileSync(path.join(installed, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8')).toMatch(/^commander 1/m);
  });

  test('has every file that its programs look for beside themselves', () => {
    const sought = globSync('dist/*.js', { cwd: installed }).flatMap((program) => {
      const text = readFileSync(path.join(installed, program), 'utf8');
      const found = [...text.matchAll(/new URL\(["'`](\.[^"'`]*)["'`],\s*import\.meta\.url\)/g)];
      return found.map(([, file = '']) => [program, file] as const);
    });
    expect(new Set(sought.map(([, file]) => file)).size).toBeGreaterThan(5);
    for (const [program, file] of sought)
      expect(existsSync(new URL(file, pathToFileURL(path.join(installed, program)))), `${program}: ${file}`).toBe(true);
  });
});

describe('run by npm', () => {
  test('npm exec starts the command that is installed', { timeout: MINUTES }, async () => {
    const run = await runNpm('exec', '--', 'mae', '--version');
    expect(run, run.stderr).toMatchObject({ exit: 0, stdout: `${root.version}\n` });
  });

  test('npx starts it from the packed file, though it is called mae', { timeout: MINUTES }, async () => {
    const run = await runNpm('exec', '--yes', `--package=${PACKED}`, '--', 'mae', 'check', 'small.mae');
    expect(run, run.stderr).toMatchObject({ exit: 0 });
    const short = await runNpm('exec', '--yes', '--', PACKED, '--version');
    expect(short, short.stderr).toMatchObject({ exit: 0, stdout: `${root.version}\n` });
  });
});

describe('every program of it is there', () => {
  test('score, and designs that come with it', async () => {
    const example = path.join(installed, 'examples', 'maedet_m.mae');
    expect((await mae('score', example)).stdout).toContain('89.32 G macs');
    expect(await mae('compare', 'resnet50', 'small.mae')).toMatchObject({ exit: 0 });
    expect(await mae('compare', 'retinanet_r50', 'gflv2_maedet_m')).toMatchObject({ exit: 0 });
    expect((await mae('init', '--list')).stdout).toMatch(/^first_search/m);
  });

  test('a search by workers of its own gives what a search without gives', async () => {
    const found = async (workers: string): Promise<Record<string, unknown>> => {
      const args = ['search', 'small.mae', '--evaluations', '200000', '--workers', workers, '--json'];
      const { exit, stdout, stderr } = await mae(...args);
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
      return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;
    };
    const [one, two] = [await found('1'), await found('2')];
    expect(two['backbone']).toBe(one['backbone']);
    expect(one['type']).toBe('result');
  });

  test('measuring by wasm; what is optional says what is missing', async () => {
    const measured = await mae('measure', 'small.mae', '--backend', 'wasm', '--no-zen', '--json');
    expect(measured, measured.stderr).toMatchObject({ exit: 0 });
    expect(JSON.parse(measured.stdout)).toMatchObject({ backend: 'wasm', backbones: [{ name: 'small' }] });
    for (const [backend, missing] of [
      ['webgpu', 'webgpu'],
      ['cuda', '@tensorflow/tfjs-node-gpu'],
      ['onnx', 'onnxruntime-node'],
    ] as const) {
      const { exit, stderr } = await mae('measure', 'small.mae', '--backend', backend);
      expect(exit, backend).toBe(3);
      expect(stderr, backend).toContain(missing);
    }
    const profile = await mae('profile', '--out', 'here.maeprofile.json');
    expect(profile).toMatchObject({ exit: 3, stderr: expect.stringContaining('onnxruntime-node') });
  });

  test('reports, models, sweeps', async () => {
    expect((await mae('report', 'small.mae')).stdout).toMatch(/^<!doctype html>/);
    expect((await mae('import', MODEL)).stdout).toMatch(/^backbone /m);
    expect(await mae('sweep', 'small.mae', '--seeds', '2', '--json')).toMatchObject({ exit: 0 });
    // Nobody listens there: it is the program of queues that says so.
    const runs = await mae('runs', 'list', '--redis', 'redis://127.0.0.1:1');
    expect(runs).toMatchObject({ exit: 3, stderr: expect.stringContaining('--redis') });
  });

  test('the tools for agents, and what they read', async () => {
    const client = new Client({ name: 'test', version: '1' });
    const args = [path.join(installed, 'dist', 'cli.js'), 'mcp'];
    await client.connect(new StdioClientTransport({ command: process.execPath, args, cwd: folder, stderr: 'pipe' }));
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('search');
    const { contents } = await client.readResource({ uri: 'mae://docs/language' });
    expect(JSON.stringify(contents)).toContain('backbone');
    await client.close();
  });

  test('the language server', async () => {
    const child = start('lsp', '--stdio');
    const run = ended(child);
    const message = (body: object): string => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...body });
      return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
    };
    const params = { processId: null, rootUri: null, capabilities: {} };
    child.stdin.write(
      [{ id: 1, method: 'initialize', params }, { id: 2, method: 'shutdown' }, { method: 'exit' }]
        .map(message)
        .join(''),
    );
    expect(await run).toMatchObject({ exit: 0, stdout: expect.stringContaining('"capabilities"') });
  });
});
