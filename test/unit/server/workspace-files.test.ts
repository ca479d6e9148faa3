import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Limits, WorkspaceFiles } from '../../../server/src/server/workspace-files.ts';

const FREE: Limits = { files: 100, entries: 1000, bytes: 1000, milliseconds: 10_000 };
const NOBODY: ReadonlySet<string> = new Set();
const NEVER = new AbortController().signal;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mae-files-'));
  for (const n of [1, 2, 3, 4, 5]) writeFileSync(path.join(folder, `${n}.mae`), String(n));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Looks, and says which texts were read for it. */
function looking(limits: Limits) {
  let read: string[] = [];
  const files = new WorkspaceFiles((text) => {
    read.push(text);
    return text;
  }, limits);
  return async (except = NOBODY, signal = NEVER) => {
    read = [];
    return { found: await files.look([folder, path.join(folder, 'gone')], except, signal), read };
  };
}

test('what did not change is read once', async () => {
  const look = looking(FREE);
  expect((await look()).read).toHaveLength(5);
  expect(await look()).toEqual({ found: ['1', '2', '3', '4', '5'], read: [] });
  const file = path.join(folder, '2.mae');
  writeFileSync(file, '2');
  utimesSync(file, 1, 1);
  expect(await look()).toEqual({ found: ['1', '2', '3', '4', '5'], read: ['2'] });
  expect((await look(new Set([file]))).found).toEqual(['1', '3', '4', '5']);
});

test.each([
  ['files', { ...FREE, files: 2 }, 2],
  ['entries', { ...FREE, entries: 3 }, 3],
  ['bytes', { ...FREE, bytes: 0 }, 0],
  ['time', { ...FREE, milliseconds: -1 }, 0],
])('it looks no further than its limit of %s', async (_, limits, most) => {
  expect((await looking(limits)()).found).toHaveLength(most);
});

test('it stops when nobody waits any more', async () => {
  const look = looking(FREE);
  expect((await look(NOBODY, AbortSignal.abort())).found).toEqual([]);
  expect((await look()).found).toHaveLength(5);
});
