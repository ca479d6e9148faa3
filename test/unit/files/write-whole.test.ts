import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileSystem } from '../../../server/src/files/file-system.ts';
import { isSameFile } from '../../../server/src/files/paths.ts';
import { readBounded } from '../../../server/src/files/read-bounded.ts';
import { writeWhole } from '../../../server/src/files/write-whole.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
const read = (name: string): string => fs.readFileSync(at(name), 'utf8');
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'mae-files-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A disk with room for so many bytes, which takes at most so many at a time; nothing where there is no room is an error. */
function disk(room: number, atATime: number): FileSystem {
  let left = room;
  return {
    ...fs,
    writeSync: (file: number, data: NodeJS.ArrayBufferView | string, offset?: unknown, length?: unknown) => {
      if (typeof data === 'string') throw new Error('bytes are written');
      const count = Math.min(Number(length), atATime, left);
      if (count === 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      left -= count;
      return fs.writeSync(file, data, Number(offset), count);
    },
  };
}

const failing = (name: keyof FileSystem, code: string): FileSystem => ({
  ...fs,
  [name]: () => {
    throw Object.assign(new Error(code), { code });
  },
});

describe('a file is written whole or not at all', () => {
  const text = 'ü'.repeat(1000);

  test('by a system that takes a few bytes at a time', () => {
    expect(writeWhole(at('a'), text, disk(Infinity, 7))).toEqual({ ok: true });
    expect(read('a')).toBe(text);
    expect(fs.readdirSync(folder)).toEqual(['a']);
  });

  test.each([
    ['the disk fills up', disk(1000, 300), 'the disk is full'],
    ['it was full before', disk(0, 300), 'the disk is full'],
    ['nothing more is taken, without an error', { ...fs, writeSync: () => 0 }, 'the disk is full'],
    ['it does not reach the disk', failing('fsyncSync', 'EIO'), 'the disk does not work'],
    ['it cannot take its place', failing('renameSync', 'EACCES'), 'you have no permission'],
    ['it would be too large', failing('writeSync', 'EFBIG'), 'it would be larger than files may be here'],
  ])('%s: the old file stays, and nothing beside it', (_, system, why) => {
    fs.writeFileSync(at('a'), 'good');
    expect(writeWhole(at('a'), text, system)).toEqual({ ok: false, why });
    expect(read('a')).toBe('good');
    expect(fs.readdirSync(folder)).toEqual(['a']);
  });

  test('folders that cannot be listed or synced are no reason to fail', () => {
    const openSync = (path: fs.PathLike, flags: fs.OpenMode = 'r', mode?: fs.Mode | null): number => {
      if (path === fs.realpathSync(folder)) throw Object.assign(new Error('no'), { code: 'EPERM' });
      return fs.openSync(path, flags, mode);
    };
    expect(writeWhole(at('a'), text, { ...failing('readdirSync', 'EACCES'), openSync })).toEqual({ ok: true });
    expect(read('a')).toBe(text);
  });
});

describe('what stands there keeps what it is', () => {
  test('a mode, also one that the umask would cut', () => {
    fs.writeFileSync(at('a'), 'old');
    fs.chmodSync(at('a'), 0o666);
    expect(writeWhole(at('a'), 'new')).toEqual({ ok: true });
    expect(fs.statSync(at('a')).mode & 0o777).toBe(0o666);
  });

  test('an owner, where that may be given; where not the file is written all the same', () => {
    fs.writeFileSync(at('a'), 'old');
    const given: unknown[] = [];
    const statSync = ((path: string, options: fs.StatSyncOptions) => {
      const stats = fs.statSync(path, options);
      return stats === undefined ? stats : Object.assign(stats, { uid: 12_345 });
    }) as typeof fs.statSync;
    const fchownSync = (_file: number, uid: number) => {
      given.push(uid);
      throw Object.assign(new Error('no'), { code: 'EPERM' });
    };
    expect(writeWhole(at('a'), 'new', { ...fs, statSync, fchownSync })).toEqual({ ok: true });
    expect(given).toEqual([12_345]);
    expect(read('a')).toBe('new');
  });

  test.each([
    ['a link', 'file', 'file'],
    ['a link to a link', 'between', 'file'],
    ['a link to nothing yet', 'later', 'later'],
  ])('%s', (_, to, target) => {
    fs.writeFileSync(at('file'), 'old');
    fs.symlinkSync('file', at('between'));
    fs.symlinkSync(to, at('link'));
    expect(writeWhole(at('link'), 'new')).toEqual({ ok: true });
    expect(fs.readlinkSync(at('link'))).toBe(to);
    expect(read(target)).toBe('new');
  });

  test.each([
    ['a folder', () => fs.mkdirSync(at('a')), 'it is a folder'],
    ['a file that is read-only', () => fs.writeFileSync(at('a'), '', { mode: 0o444 }), 'it is read-only'],
    ['a link in a circle', () => fs.symlinkSync('a', at('a')), 'it is a link to itself'],
    ['a file as a folder', () => fs.writeFileSync(folder.concat('-file'), ''), 'its folder does not exist', 'no/a'],
  ])('%s', (_, make, why, name = 'a') => {
    make();
    expect(writeWhole(at(name), 'new')).toEqual({ ok: false, why });
    fs.rmSync(folder.concat('-file'), { force: true });
  });

  test.runIf(process.platform !== 'win32')('a device', () => {
    expect(writeWhole('/dev/null', 'new')).toEqual({ ok: false, why: 'it is no regular file' });
    expect(fs.statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

test('what a killed process left is swept, what another process writes at the moment is not', () => {
  // A number that no process has: they go up to four million on Linux.
  const dead = '.search.json.999999999.0123456789ab.tmp';
  const own = `.search.json.${process.pid}.0123456789ab.tmp`;
  const alive = `.search.json.${process.ppid}.0123456789ab.tmp`;
  const foreign = '.other.json.999999999.0123456789ab.tmp';
  for (const name of [dead, own, alive, foreign, '.search.json.tmp']) fs.writeFileSync(at(name), 'half');
  expect(writeWhole(at('search.json'), '{}')).toEqual({ ok: true });
  expect(fs.readdirSync(folder).toSorted()).toEqual([foreign, alive, '.search.json.tmp', 'search.json'].toSorted());
});

test('a long name has room for what stands around it', () => {
  const name = 'n'.repeat(250);
  expect(writeWhole(at(name), 'text')).toEqual({ ok: true });
  expect(fs.readdirSync(folder)).toEqual([name]);
});

describe('one file under two names', () => {
  test.each([
    ['the same', 'a', 'a', true],
    ['a relative path', 'a', '../FOLDER/./a', true],
    ['a link', 'a', 'link', true],
    ['a link to what is not there yet', 'later', 'dangling', true],
    ['a folder that is a link', 'a', 'folder/a', true],
    ['a second name', 'a', 'hard', true],
    ['others', 'a', 'b', false],
    ['others that are not there', 'c', 'd', false],
    ['in folders that are not there', 'no/a', 'nor/a', false],
  ])('%s', (_, one, other, same) => {
    fs.writeFileSync(at('a'), '');
    fs.writeFileSync(at('b'), '');
    fs.symlinkSync('a', at('link'));
    fs.symlinkSync('later', at('dangling'));
    fs.symlinkSync('.', at('folder'));
    fs.linkSync(at('a'), at('hard'));
    const second = at(other.replace('FOLDER', relative(tmpdir(), folder)));
    expect(isSameFile(at(one), second)).toBe(same);
    expect(isSameFile(second, at(one))).toBe(same);
  });
});

describe('reading is bounded', () => {
  test('a text', () => {
    fs.writeFileSync(at('a'), 'ü'.repeat(100_000));
    expect(readBounded(at('a'), 200_000)).toEqual({ text: 'ü'.repeat(100_000) });
    expect(readBounded(at('a'), 199_999)).toEqual({ wrong: 'it is larger than 0.199999 MB' });
  });

  test('what is no file with an end', () => {
    expect(readBounded(at('no'), 1000)).toEqual({ wrong: 'there is no such file' });
    expect(readBounded(folder, 1000)).toEqual({ wrong: 'it is no regular file' });
    if (process.platform !== 'win32')
      expect(readBounded('/dev/zero', 1000)).toEqual({ wrong: 'it is no regular file' });
  });
});
