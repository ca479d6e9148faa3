import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXAMPLES, Folder, SMALL } from './mae.ts';

describe('mae check', () => {
  test('the examples are without any diagnostic', async () => {
    const names = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.mae'));
    const files = names.map((file) => EXAMPLES + file);
    const { exit, stdout, stderr } = await new Folder().mae('check', ...files);
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: '' });
    expect(stderr).toBe(`${files.length} files: 0 errors, 0 warnings\n`);
  });

  const group = 'bottleneck(out: 16, btn: 8,  k: 3, s: 2)';
  test.each([
    [
      'an exceeded budget',
      SMALL.replace('20M', '100k'),
      /^a\.mae:\d+:\d+: error\[budget-exceeded\]: small exceeds budget tiny by /,
    ],
    [
      'an even kernel',
      SMALL.replace(group, group.replace('k: 3', 'k: 4')),
      /^a\.mae:5:44: error\[bad-number\]: k must be an odd/,
    ],
    ['a misspelt name', SMALL.replace('start small', 'start smal'), /^a\.mae:17:9: error\[unknown-name\]: .*small/],
    ['an unclosed brace', SMALL.slice(0, SMALL.indexOf('}')), /^a\.mae:8:\d+: error\[syntax\]/],
    ['a number beyond 2^31', SMALL.replace('out: 16', 'out: 4294967296'), /^a\.mae:5:28: error\[bad-number\]/],
    ['Windows line ends', SMALL.replace('k: 3', 'k: 0').replaceAll('\n', '\r\n'), /^a\.mae:4:\d+: error\[bad-number\]/],
    ['a byte-order mark', `\uFEFF${SMALL.replace('backbone', 'backbon')}`, /^a\.mae:1:1: error\[syntax\]/],
    [
      'Unicode names',
      SMALL.replaceAll('small', '骨干').replace('start 骨干', 'start 骨千'),
      /^a\.mae:17:9: error\[unknown-name\]: .*骨干/,
    ],
    ['an empty file', '', /^a\.mae:1:1: error\[empty-file\]/],
  ])('%s', async (_, text, line) => {
    const { exit, stdout } = await new Folder({ 'a.mae': text }).mae('check', 'a.mae');
    expect(stdout.split('\n').find((l) => l.includes(': error['))).toMatch(line);
    expect(exit).toBe(1);
  });

  test('a warning is named and ends with 0', async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace('out: 32', 'out: 12') });
    const { exit, stdout, stderr } = await folder.mae('check', 'a.mae');
    expect(stdout).toMatch(/^a\.mae:6:\d+: warning\[shrinking-channels\]/);
    expect(stderr).toMatch(/0 errors, [12] warning/);
    expect(exit).toBe(0);
  });

  test('several files are all checked, and one that is missing is one error', async () => {
    const folder = new Folder({ 'a.mae': SMALL, 'b.mae': SMALL.replace('k: 3', 'k: 2') });
    const { exit, stdout, stderr } = await folder.mae('check', 'none.mae', 'a.mae', 'b.mae');
    expect(stdout).toContain('none.mae:1:1: error[file]: There is no such file');
    expect(stdout).toMatch(/^b\.mae:4:/m);
    expect(stderr).toBe('3 files: 2 errors, 0 warnings\n');
    expect(exit).toBe(1);
  });
});

describe('what is no text', () => {
  const binary = new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0x02, 0x00, 0xff, 0xfe]);
  const files = {
    'binary.mae': binary,
    'nul.mae': 'backbone\n a\0',
    'latin1.mae': Uint8Array.from([...Buffer.from('// r'), 0xe9, 0x0a]),
    'utf16.mae': Buffer.from('\uFEFFbackbone', 'utf16le'),
    'huge.mae': 'x'.repeat(10_000_000),
    'empty.mae': '\uFEFF\r\n',
  };
  const cases = [
    ['binary.mae', ':1:7: error[file]: This is a binary file'],
    ['nul.mae', ':2:3: error['],
    ['latin1.mae', ':1:5: error[file]: This is not UTF-8'],
    ['utf16.mae', ':1:1: error[file]: This file is UTF-16: save it as UTF-8.'],
    ['huge.mae', ':1:1: error[file]: This file is larger than 8 MB'],
    ['empty.mae', ':1:1: error['],
    ['.', ':1:1: error[file]: This is a folder: name a file in it.'],
    ['none.mae', ':1:1: error[file]: There is no such file: check the path.'],
    ['binary.mae/x', ':1:1: error[file]: There is no such file'],
  ] as const;

  test.each(cases)('%s is refused by every command, with 1 and its place', async (name, message) => {
    const folder = new Folder(files);
    const runs = [['check'], ['score'], ['search'], ['export', '--to', 'tinynas'], ['import']];
    const results = await Promise.all(runs.map((args) => folder.mae(...args, name)));
    for (const { exit, stdout, stderr } of results) {
      expect(exit).toBe(1);
      expect(stdout + stderr).toContain(name + message);
    }
  });
});
