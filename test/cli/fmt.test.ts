import { chmodSync, lstatSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Folder, SMALL } from './mae.ts';

const MESSY = 'backbone b{input 3 x 8 x 8\nstem conv( out:4,k:3 , s:1 )}// end';
const NEAT = 'backbone b {\n  input 3 x 8 x 8\n  stem conv(out: 4, k: 3, s: 1)\n} // end\n';

describe('mae fmt', () => {
  test('writes the canonical layout and says so; a second time there is nothing to do', async () => {
    const folder = new Folder({ 'a.mae': MESSY });
    expect(await folder.mae('fmt', 'a.mae')).toEqual({ exit: 0, stdout: 'a.mae: formatted\n', stderr: '' });
    expect(folder.read('a.mae').replace(/ +\/\//, ' //')).toBe(NEAT);
    expect(await folder.mae('fmt', 'a.mae')).toEqual({ exit: 0, stdout: '', stderr: '' });
    expect(readdirSync(folder.path)).toEqual(['a.mae']);
  });

  test('--check writes nothing and ends with 1 where a file would change', async () => {
    const folder = new Folder({ 'a.mae': MESSY, 'b.mae': NEAT.replace(' // end', '') });
    const { exit, stdout } = await folder.mae('fmt', '--check', 'a.mae', 'b.mae');
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: expect.stringMatching(/^a\.mae:1:1: error\[format\]: .*\n$/) });
    expect(folder.read('a.mae')).toBe(MESSY);
  });

  test('a broken file is left as it is, and the others are written', async () => {
    const broken = MESSY.replace('}', '');
    const folder = new Folder({ 'broken.mae': broken, 'a.mae': MESSY });
    const { exit, stdout, stderr } = await folder.mae('fmt', 'broken.mae', 'a.mae');
    expect(stderr).toMatch(/^broken\.mae:\d+:\d+: error\[syntax\]: /);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: 'a.mae: formatted\n' });
    expect(folder.read('broken.mae')).toBe(broken);
  });

  test('what is wrong is said as mae check says it', async () => {
    const text = NEAT.replace('conv(out: 4, k: 3, s: 1)', 'conv(out: 4.5, k: 3, s: 1').replace('3 x 8 x 8', '3x8x8q');
    const folder = new Folder({ 'a.mae': text });
    const checked = await folder.mae('check', 'a.mae');
    const { stderr } = await folder.mae('fmt', 'a.mae');
    expect(stderr).toContain("a.mae:2:13: error[bad-number]: 'q' is not a unit here");
    expect(stderr).toBe(checked.stdout);
  });

  test('line ends, byte-order mark, mode and link stay', async () => {
    const folder = new Folder({ 'a.mae': `\uFEFF${MESSY.replaceAll('\n', '\r\n')}` });
    chmodSync(folder.at('a.mae'), 0o640);
    symlinkSync('a.mae', folder.at('link.mae'));
    expect((await folder.mae('fmt', 'link.mae')).exit).toBe(0);
    const text = folder.read('a.mae');
    expect(text.startsWith('\uFEFFbackbone b {\r\n  input')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(statSync(folder.at('a.mae')).mode & 0o777).toBe(0o640);
    expect(lstatSync(folder.at('link.mae')).isSymbolicLink()).toBe(true);
  });

  test('a read-only file stays as it is', async () => {
    const folder = new Folder({ 'a.mae': MESSY });
    chmodSync(folder.at('a.mae'), 0o444);
    const { exit, stderr } = await folder.mae('fmt', 'a.mae');
    expect({ exit, stderr }).toEqual({ exit: 3, stderr: 'a.mae:1:1: error[file]: Cannot write: it is read-only.\n' });
    expect(folder.read('a.mae')).toBe(MESSY);
  });

  test('formatting keeps what the file says', async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace(/ +/g, ' '), 'b.mae': SMALL });
    await folder.mae('fmt', 'a.mae', 'b.mae');
    expect(folder.read('a.mae')).toBe(folder.read('b.mae'));
    expect(folder.read('a.mae')).toContain('// the first stage');
  });
});
