import { describe, expect, test } from 'vitest';
import { Folder, SMALL } from './mae.ts';

describe('with --json what went wrong is an object where there is no result', () => {
  const broken = SMALL.replace('out: 8', 'out: ');
  const cases: readonly [readonly string[], number, object][] = [
    [['score', 'a.mae', '--at', '480'], 2, { code: 'usage', message: expect.stringContaining("'480' is not") }],
    [['score', '--json', '--jsn'], 2, { code: 'usage', message: "unknown option '--jsn'" }],
    [
      ['compare', 'a.mae', 'none.mae'],
      1,
      { code: 'file', file: 'none.mae', line: 1, column: 1, message: expect.any(String) },
    ],
    [['search', 'broken.mae'], 1, { code: 'bad-value', file: 'broken.mae', line: 4, message: expect.any(String) }],
    [['search', 'a.mae', '--resume', 'none'], 1, { code: 'bad-checkpoint', file: 'none', message: expect.any(String) }],
    [['measure', 'a.mae', '--backend', 'none'], 2, { code: 'usage', message: expect.any(String) }],
    [['inspect', 'a.mae'], 1, { code: 'onnx', file: 'a.mae', message: expect.any(String) }],
    [['explain', 'nothing-at-all'], 1, { code: 'input', message: expect.stringContaining('nothing-at-all') }],
  ];
  test.each(cases)('%j ends with %d', async (args, exit, error) => {
    const folder = new Folder({ 'a.mae': SMALL, 'broken.mae': broken });
    const run = await folder.mae(...args, '--json');
    expect(run.exit).toBe(exit);
    expect(JSON.parse(run.stdout)).toMatchObject({ type: 'error', version: 1, error });
    expect(run.stderr).not.toBe('');
  });

  test('a score says beside what can be read what cannot; a check has its findings', async () => {
    const folder = new Folder({
      'a.mae': `${SMALL}\nbackbone bad {\n  input 3 x 0 x 64\n  stem conv(out: 8, k: 3, s: 2)\n}\n`,
    });
    const score = JSON.parse((await folder.mae('score', 'a.mae', '--json')).stdout);
    expect(score.backbones).toHaveLength(1);
    expect(score.errors).toMatchObject([{ code: 'bad-number', file: 'a.mae', line: 23, column: 13 }]);
    expect(JSON.parse((await folder.mae('check', 'a.mae', '--json')).stdout)).toMatchObject({ version: 1, errors: 1 });
  });
});

test('what does not go to a terminal has no escape codes, whatever the environment asks for', async () => {
  const folder = new Folder({ 'a.mae': SMALL });
  for (const args of [['--help'], ['score', 'a.mae'], ['search', 'a.mae'], ['scor']]) {
    const { stdout, stderr } = await folder.mae(...args);
    expect(stdout + stderr).not.toContain('\x1b');
  }
});

test('import writes over a file only where it is told so', async () => {
  const folder = new Folder({
    's.txt': "[{'class': 'ConvKXBNRELU', 'in': 3, 'out': 16, 's': 2, 'k': 3}]",
    'x.mae': 'mine',
  });
  const refused = await folder.mae('import', 's.txt', '--out', 'x.mae');
  expect(refused).toMatchObject({ exit: 3, stdout: '' });
  expect(refused.stderr).toContain('x.mae:1:1: error[file]: Cannot write: it is there already, and --force');
  expect(folder.read('x.mae')).toBe('mine');
  await folder.mae('import', 's.txt', '--out', 'x.mae', '--force');
  expect(folder.read('x.mae')).toContain('backbone');
});
