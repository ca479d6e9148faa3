import { execFileSync, spawn } from 'node:child_process';
import { linkSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ended, Folder, SMALL } from './mae.ts';

const PARETO = ['--pareto', 'macs'];

describe('two things in one file are refused before anything is done', () => {
  test.each<[string, readonly string[], string]>([
    ['a checkpoint over the design', ['--checkpoint', 'a.mae'], 'the design file and --checkpoint are one file, a.mae'],
    ['by a relative path', ['--checkpoint', 'b/../a.mae'], 'the design file and --checkpoint are one file, b/../a.mae'],
    ['by a link', ['--checkpoint', 'link.mae'], 'the design file and --checkpoint are one file, link.mae'],
    ['by a second name', ['--checkpoint', 'hard.mae'], 'the design file and --checkpoint are one file, hard.mae'],
    ['a front over the design', [...PARETO, '--front', 'a.mae'], 'the design file and --front are one file'],
    ['--out over the design', ['--out', 'a.mae'], 'are one file, a.mae: --in-place writes into the file'],
    ['a checkpoint and --out', ['--out', 'b.mae', '--checkpoint', 'b.mae'], '--out and --checkpoint are one file'],
    [
      'that are not there yet, by a link',
      ['--out', 'dangling', '--checkpoint', 'later'],
      '--out and --checkpoint are one',
    ],
    ['a front and --out', [...PARETO, '--out', 'x', '--front', './x'], '--out and --front are one file, ./x'],
    ['a front and a checkpoint', [...PARETO, '--front', 'x', '--checkpoint', 'x'], '--front and --checkpoint are one'],
    ['what is resumed and --out', ['--resume', 'x', '--out', 'x'], '--out and --resume are one file, x'],
  ])('%s', async (_, args, message) => {
    const folder = new Folder({ 'a.mae': SMALL });
    symlinkSync('a.mae', folder.at('link.mae'));
    symlinkSync('later', folder.at('dangling'));
    symlinkSync('.', folder.at('b'));
    linkSync(folder.at('a.mae'), folder.at('hard.mae'));
    const before = readdirSync(folder.path);
    const { exit, stdout, stderr } = await folder.mae('search', 'a.mae', ...args);
    expect(stderr).toContain(message);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(folder.read('a.mae')).toBe(SMALL);
    expect(readdirSync(folder.path)).toEqual(before);
  });

  test('a search goes on in the checkpoint it came from', async () => {
    const folder = new Folder({ 'a.mae': SMALL });
    expect((await folder.mae('search', 'a.mae', '--checkpoint', 'state')).exit).toBe(0);
    expect((await folder.mae('search', 'a.mae', '--resume', 'state', '--checkpoint', './state')).exit).toBe(0);
  });
});

describe('a checkpoint that cannot be written or read', () => {
  test.each<[string, readonly string[], number, string]>([
    [
      'no such folder',
      ['--checkpoint', 'no/state'],
      3,
      'no/state:1:1: error[unwritable-checkpoint]: The checkpoint no/state cannot be written: its folder does not exist.',
    ],
    ['a folder', ['--checkpoint', '.'], 3, 'cannot be written: it is a folder.'],
    ['a read-only file', ['--checkpoint', 'fixed'], 3, 'cannot be written: it is read-only.'],
    [
      'nothing to resume',
      ['--resume', 'no'],
      1,
      'no:1:1: error[bad-checkpoint]: The checkpoint no cannot be used: there is no such file.',
    ],
    ['a text to resume', ['--resume', 'a.mae'], 2, 'the design file and --resume are one file'],
  ])('%s', async (_, args, code, message) => {
    const folder = new Folder({ 'a.mae': SMALL });
    writeFileSync(folder.at('fixed'), '', { mode: 0o444 });
    const { exit, stdout, stderr } = await folder.mae('search', 'a.mae', ...args);
    expect(stderr).toContain(message);
    expect({ exit, stdout }).toEqual({ exit: code, stdout: '' });
  });

  test.runIf(process.platform !== 'win32')('a device without an end is not read, and none is replaced', async () => {
    const folder = new Folder({ 'a.mae': SMALL });
    const resumed = await folder.mae('search', 'a.mae', '--resume', '/dev/zero');
    expect(resumed).toMatchObject({ exit: 1, stderr: expect.stringContaining('it is no regular file') });
    const written = await folder.mae('search', 'a.mae', '--checkpoint', '/dev/null');
    expect(written).toMatchObject({ exit: 3, stderr: expect.stringContaining('it is no regular file') });
  });

  test.each([
    ['zeros', () => 0],
    ['others', (gene: number) => 7 * gene + 3],
  ])('genes that are no designs of the space: %s', async (_, change) => {
    const folder = new Folder({ 'a.mae': SMALL });
    await folder.mae('search', 'a.mae', '--checkpoint', 'state');
    const data = JSON.parse(folder.read('state'));
    for (const island of data.state.islands) island.members = island.members.map(change);
    writeFileSync(folder.at('state'), JSON.stringify(data));
    const { exit, stdout, stderr } = await folder.mae('search', 'a.mae', '--resume', 'state');
    expect(stderr).toContain('state:1:1: error[bad-checkpoint]');
    expect(stderr).toContain('it has a design that is outside the space or the budget');
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
  });

  test.runIf(process.platform === 'linux')('a full disk: the good checkpoint stays, and 3', async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace('evaluations 3000', 'evaluations 900M\n  seed 4') });
    await folder.mae('search', 'a.mae', '--time-limit', '0.2', '--checkpoint', 'state');
    const good = folder.read('state');
    expect(good.length).toBeGreaterThan(2048);
    // The shell counts in blocks of 512 bytes: a file may have 1,024 here, which the system fills before it refuses.
    const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
    const command = `ulimit -f 2; exec '${process.execPath}' '${cli}' search a.mae --time-limit 0.2 --checkpoint state`;
    const { exit, stdout, stderr } = await ended(spawn('sh', ['-c', command], { cwd: folder.path }));
    expect(stderr).toContain('The checkpoint state cannot be written: it would be larger than files may be here.');
    expect(stdout).toContain('backbone small {');
    expect(exit).toBe(3);
    expect(folder.read('state')).toBe(good);
    expect(readdirSync(folder.path).toSorted()).toEqual(['a.mae', 'state']);
    execFileSync(process.execPath, [cli, 'search', 'a.mae', '--time-limit', '0.1', '--resume', 'state'], {
      cwd: folder.path,
      stdio: 'ignore',
    });
  });
});
