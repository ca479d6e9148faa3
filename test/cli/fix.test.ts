import { describe, expect, test } from 'vitest';
import { ended, Folder, SMALL } from './mae.ts';

describe('mae fix', () => {
  test('mends words and brings a design back within its budget; then nothing is left', async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace('bottleneck', 'botleneck').replace('20M', '6M') });
    const first = await folder.mae('fix', 'a.mae');
    expect(first).toMatchObject({ exit: 0, stderr: '' });
    expect(first.stdout).toMatch(/^a\.mae: fixed: Change botleneck to bottleneck$/m);
    expect(first.stdout).toMatch(/^a\.mae: fixed: Shrink small to hold tiny: −[\d.]+ score/m);
    expect(await folder.mae('check', 'a.mae')).toMatchObject({ exit: 0 });
    expect(await folder.mae('fix', 'a.mae')).toMatchObject({ exit: 0, stdout: '' });
  });

  test('--check writes nothing, and ends with 1 where something would be mended', async () => {
    const text = SMALL.replace('bottleneck', 'botleneck');
    const folder = new Folder({ 'a.mae': text, 'b.mae': SMALL });
    const run = await folder.mae('fix', '.', '--check');
    expect(run).toMatchObject({ exit: 1, stdout: 'a.mae: would fix: Change botleneck to bottleneck\n' });
    expect(folder.read('a.mae')).toBe(text);
  });

  test('what has no one fix stays, and is said', async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace('k: 3', 'k: 4000000') });
    const { exit, stderr } = await folder.mae('fix', 'a.mae');
    expect(exit).toBe(1);
    expect(stderr).toMatch(/^a\.mae:4:\d+: error\[bad-number\]/m);
  });

  test('standard input is mended to standard output, with the rest of the talk beside it', async () => {
    const child = new Folder().start('fix', '-');
    child.stdin.end(SMALL.replace('bottleneck', 'botleneck'));
    expect(await ended(child)).toEqual({
      exit: 0,
      stdout: SMALL,
      stderr: '-: fixed: Change botleneck to bottleneck\n',
    });
  });

  test('line ends and the byte-order mark stay', async () => {
    const text = `\uFEFF${SMALL.replaceAll('\n', '\r\n')}`;
    const folder = new Folder({ 'a.mae': text.replace('bottleneck', 'botleneck') });
    expect(await folder.mae('fix', 'a.mae')).toMatchObject({ exit: 0 });
    expect(folder.read('a.mae')).toBe(text);
  });
});

describe('mae init', () => {
  test('writes a file that is right, says what is next, and keeps what is there', async () => {
    const folder = new Folder();
    const { exit, stdout } = await folder.mae('init');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^first_search\.mae: .*mae search first_search\.mae$/m);
    expect(await folder.mae('check', 'first_search.mae')).toMatchObject({ exit: 0, stdout: '' });
    expect(await folder.mae('init')).toMatchObject({ exit: 3, stderr: expect.stringContaining('there already') });
    expect(await folder.mae('init', '--force')).toMatchObject({ exit: 0 });
  });

  test('has every template that --list names', async () => {
    const folder = new Folder();
    const { stdout } = await folder.mae('init', '--list');
    const names = stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(' ')[0] ?? '');
    expect(names).toContain('resnet50');
    expect(await folder.mae('init', 'resnet50', '--out', 'mine.mae')).toMatchObject({ exit: 0 });
    expect(folder.read('mine.mae')).toMatch(/^backbone resnet50 \{$/m);
  });

  test('says of another name how they are found', async () => {
    const run = await new Folder().mae('init', 'resnet500');
    expect(run).toMatchObject({ exit: 2, stderr: expect.stringContaining("'resnet500': mae init --list") });
  });
});
