import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BEGINS, ENDS, WatchReport } from '../../../scripts/watch/report.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mae-watch-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Builds one file as the watch does; what is wrong with it is the report's to say. */
async function built(report: WatchReport, name: string, source: string, ...plugins: Plugin[]): Promise<void> {
  const file = path.join(folder, `${name}.ts`);
  writeFileSync(file, source);
  const options = { bundle: true, write: false, logLevel: 'silent', absWorkingDir: folder } as const;
  await build({ ...options, entryPoints: [file], plugins: [report.plugin(name), ...plugins] }).catch(() => undefined);
}

const MISSING = "import { gone } from './gone.ts';\nconsole.log(gone);\n";
const LOST = 'client.ts:1:22: error: Could not resolve "./gone.ts"';

test('a build is begun, its problems are said each on its line, and it is ended', async () => {
  const said: string[] = [];
  await built(new WatchReport((line) => said.push(line)), 'client', MISSING);
  expect(said).toEqual([BEGINS, LOST, ENDS]);
});

test('a warning is none of the errors, and what has no place is said without one', async () => {
  const said: string[] = [];
  const placeless: Plugin = {
    name: 'placeless',
    setup: ({ onStart }) => onStart(() => ({ warnings: [{ text: 'two\nlines' }] })),
  };
  await built(
    new WatchReport((line) => said.push(line)),
    'server',
    'export const zero = (x: number) => x === -0;\n',
    placeless,
  );
  expect(said[1]).toBe('warning: two lines');
  expect(said[2]).toMatch(/^server\.ts:1:\d+: warning: Comparison with -0 /);
});

test('what is wrong with a bundle is said again while another one is built, until it is mended', async () => {
  const said: string[] = [];
  const report = new WatchReport((line) => said.push(line));
  await built(report, 'client', MISSING);
  await built(report, 'pages', 'console.log(1);\n');
  await built(report, 'client', 'console.log(2);\n');
  expect(said).toEqual([BEGINS, LOST, ENDS, BEGINS, LOST, ENDS, BEGINS, ENDS]);
});

test('builds that overlap are one', async () => {
  const said: string[] = [];
  const report = new WatchReport((line) => said.push(line));
  const other = Promise.withResolvers<void>();
  const slow: Plugin = { name: 'slow', setup: ({ onStart }) => onStart(() => other.promise) };
  const first = built(report, 'client', 'console.log(1);\n', slow);
  await built(report, 'pages', 'console.log(2);\n');
  other.resolve();
  await first;
  expect(said).toEqual([BEGINS, ENDS]);
});
