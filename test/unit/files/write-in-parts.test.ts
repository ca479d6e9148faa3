import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWholeInParts } from '../../../server/src/files/write-whole.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mae-parts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PIECES = ['one ', 'two ', 'three'].map((text) => new TextEncoder().encode(text));

test('each piece is a part, and the file is there when the last is done', () => {
  const file = path.join(folder, 'a.bin');
  const work = writeWholeInParts(file, PIECES);
  for (const _ of PIECES) {
    expect(work.next()).toEqual({ done: false, value: undefined });
    expect(readdirSync(folder)).not.toContain('a.bin');
  }
  expect(work.next()).toEqual({ done: true, value: { ok: true } });
  expect(readFileSync(file, 'utf8')).toBe('one two three');
});

test('what is given up between two parts leaves the old file and nothing else', () => {
  const file = path.join(folder, 'a.bin');
  writeFileSync(file, 'old');
  const work = writeWholeInParts(file, PIECES);
  work.next();
  expect(readdirSync(folder)).toHaveLength(2);
  work.return({ ok: false, why: 'nobody wants it' });
  expect(readdirSync(folder)).toEqual(['a.bin']);
  expect(readFileSync(file, 'utf8')).toBe('old');
});
