import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { aptGet } from '../../vscode/setup/apt.ts';

const folder = mkdtempSync(join(tmpdir(), 'mae-apt-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What apt-get of Debian 12 writes while another one works. */
const LISTS =
  'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 812 (apt-get)\nE: Unable to lock directory /var/lib/apt/lists/';
const PACKAGES =
  'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 812 (unattended-upgr)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?';

/** Stands in for apt-get: says something and fails so many times, then succeeds; notes its arguments. */
function standIn(
  name: string,
  said: string,
  failures: number,
): { readonly apt: string[]; readonly calls: () => string[][] } {
  const [program, log] = [join(folder, `${name}.cjs`), join(folder, `${name}.log`)];
  writeFileSync(log, '');
  writeFileSync(
    program,
    `const { appendFileSync, readFileSync } = require('node:fs');
const log = ${JSON.stringify(log)};
const before = readFileSync(log, 'utf8').split('\\n').length - 1;
appendFileSync(log, JSON.stringify(process.argv.slice(2)) + '\\n');
if (before < ${failures}) { console.error(${JSON.stringify(said)}); process.exitCode = 100; }`,
  );
  const calls = (): string[][] =>
    readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { apt: [process.execPath, program], calls };
}

describe('apt-get', () => {
  test.each([
    ['lists', LISTS],
    ['packages', PACKAGES],
  ])('waits while another program has the lock of the %s', async (name, said) => {
    const { apt, calls } = standIn(name, said, 3);
    await aptGet(apt, ['update', '-q'], { pauseMs: 1 });
    expect(calls()).toHaveLength(4);
    expect(calls()[0]).toEqual(['-o', 'DPkg::Lock::Timeout=600', 'update', '-q']);
  });

  test('does not try again what fails for another reason', async () => {
    const { apt, calls } = standIn('absent', 'E: Unable to locate package chromium', 9);
    await expect(aptGet(apt, ['install', 'chromium'], { pauseMs: 1 })).rejects.toThrow(/failed \(exit code 100\)/);
    expect(calls()).toHaveLength(1);
  });

  test('gives up when the lock is not given back', async () => {
    const { apt } = standIn('held', LISTS, 1e9);
    await expect(aptGet(apt, ['update'], { patienceMs: 200, pauseMs: 1 })).rejects.toThrow(/failed/);
  });
});
