import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXAMPLES, ended, Folder, SMALL } from './mae.ts';

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

describe('mae check takes', () => {
  const wrong = SMALL.replace('k: 3', 'k: 2');

  test('folders with all that is in them but node_modules, and patterns', async () => {
    const folder = new Folder({ 'a.mae': SMALL, 'notes.txt': 'x' });
    for (const [name, text] of [
      ['designs/one.mae', wrong],
      ['designs/deep/two.mae', SMALL],
      ['designs/node_modules/x/three.mae', wrong],
    ] as const) {
      mkdirSync(dirname(folder.at(name)), { recursive: true });
      writeFileSync(folder.at(name), text);
    }
    const whole = await folder.mae('check', '.');
    expect(whole).toMatchObject({ exit: 1, stderr: '3 files: 1 error, 0 warnings\n' });
    expect(whole.stdout).toContain(`${join('designs', 'one.mae')}:4:`);
    expect(await folder.mae('check', 'designs/**/t*.mae')).toMatchObject({
      exit: 0,
      stderr: '1 file: 0 errors, 0 warnings\n',
    });
    expect(await folder.mae('check', 'designs', 'designs/one.mae')).toMatchObject({
      stderr: '2 files: 1 error, 0 warnings\n',
    });
  });

  test.each([
    ['a folder without designs', 'empty', 'empty:1:1: error[file]: This is a folder: name a file in it.'],
    ['a pattern that matches nothing', 'no/*.mae', 'no/*.mae:1:1: error[file]: There is no such file: check the path.'],
  ])('%s as a mistake', async (_, arg, message) => {
    const folder = new Folder();
    mkdirSync(folder.at('empty'));
    expect(await folder.mae('check', arg)).toMatchObject({ exit: 1, stdout: `${message}\n` });
  });

  test.each([
    ['check', ['check', '-'], 1, /^-:4:\d+: error\[bad-number\]/m],
    ['score', ['score', '-', '--json'], 1, /"backbones":\[\]/],
    ['fmt', ['fmt', '-'], 0, /^backbone small \{$/m],
  ])('standard input: mae %s -', async (_, args, exit, stdout) => {
    const child = new Folder().start(...args);
    child.stdin.end(wrong);
    const run = await ended(child);
    expect(run.exit).toBe(exit);
    expect(run.stdout).toMatch(stdout);
  });

  test('standard input that never ends is refused, not kept', async () => {
    const child = new Folder().start('check', '-');
    child.stdin.on('error', () => undefined);
    child.stdin.end('x'.repeat(10_000_000));
    expect(await ended(child)).toMatchObject({ exit: 1, stdout: expect.stringContaining('larger than 8 MB') });
  });
});

describe('mae check --format', () => {
  const two = { 'a.mae': SMALL, 'b,c.mae': SMALL.replace('k: 3', 'k: 2').replace('out: 32', 'out: 12') };
  const run = (format: string) => new Folder(two).mae('check', 'a.mae', 'b,c.mae', '--format', format);

  test('json has every finding with its place, versioned', async () => {
    const { exit, stdout } = await run('json');
    expect(exit).toBe(1);
    const { files, ...head } = JSON.parse(stdout) as { files: { file: string; findings: object[] }[] };
    expect(head).toEqual({ version: 1, errors: 1, warnings: 2 });
    expect(files.map(({ file, findings }) => [file, findings.length > 0])).toEqual([
      ['a.mae', false],
      ['b,c.mae', true],
    ]);
    expect(files[1]?.findings).toContainEqual({
      code: 'bad-number',
      severity: 'error',
      message: expect.stringMatching(/^k must be an odd/),
      start: { line: 4, column: expect.any(Number) },
      end: { line: 4, column: expect.any(Number) },
    });
  });

  test('github writes its workflow commands, with what they would misread escaped', async () => {
    const { stdout } = await run('github');
    expect(stdout).toMatch(
      /^::error file=b%2Cc\.mae,line=4,endLine=4,col=\d+,endColumn=\d+,title=bad-number::k must be an odd/m,
    );
    expect(stdout).toMatch(/^::warning file=b%2Cc\.mae,line=6/m);
  });

  test('sarif is what the standard says', async () => {
    const { stdout } = await run('sarif');
    const { version, runs } = JSON.parse(stdout) as { version: string; runs: { tool: object; results: object[] }[] };
    expect(version).toBe('2.1.0');
    expect(runs[0]?.tool).toMatchObject({
      driver: { name: 'mae', rules: expect.arrayContaining([{ id: 'bad-number' }]) },
    });
    expect(runs[0]?.results).toContainEqual(
      expect.objectContaining({
        ruleId: 'bad-number',
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'b%2Cc.mae' },
              region: expect.objectContaining({ startLine: 4, endLine: 4 }),
            },
          },
        ],
      }),
    );
  });

  test('text names so many of one file, and the rest by their number', async () => {
    const folder = new Folder({ 'a.mae': `budget b {\n${'  foo <= 1\n'.repeat(300)}}\n` });
    const lines = (await folder.mae('check', 'a.mae', '--max', '5')).stdout.trim().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[5]).toMatch(/^a\.mae: and \d+ more; --max N shows N of a file$/);
  });

  test('another word is a mistake of usage', async () => {
    expect(await run('xml')).toMatchObject({ exit: 2, stderr: expect.stringContaining("'xml' is not") });
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
    // `check` and `score` take a folder for what is in it.
    const of = name === '.' ? runs.slice(2) : runs;
    const results = await Promise.all(of.map((args) => folder.mae(...args, name)));
    for (const { exit, stdout, stderr } of results) {
      expect(exit).toBe(1);
      expect(stdout + stderr).toContain(name + message);
    }
  });
});
