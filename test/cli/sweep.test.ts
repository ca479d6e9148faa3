import { describe, expect, test } from 'vitest';
import { ended, Folder, SMALL } from './mae.ts';

interface Swept {
  readonly complete: boolean;
  readonly front: readonly number[];
  readonly runs: readonly {
    readonly over: Readonly<Record<string, string>>;
    readonly score: number;
    readonly costs: { readonly macs: number };
    readonly backbone: string;
  }[];
}

const OVER = ['--over', 'budget.macs=16M,20M', '--over', 'input=160x160,192x192', '--seeds', '2'];

test('every combination is searched, with the same answer whatever the number of workers', async () => {
  const folder = new Folder({ 'a.mae': SMALL });
  const runs = await Promise.all(
    ['1', '2', '4'].map((workers) => folder.mae('sweep', 'a.mae', ...OVER, '--json', '--workers', workers)),
  );
  expect(runs.map(({ exit }) => exit)).toEqual([0, 0, 0]);
  expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1);
  const swept = JSON.parse(runs[0]?.stdout ?? '') as Swept;
  expect(swept.complete).toBe(true);
  expect(swept.runs).toHaveLength(8);
  for (const { over, costs } of swept.runs)
    expect(costs.macs).toBeLessThanOrEqual(over['budget.macs'] === '16M' ? 16e6 : 20e6);
  expect(swept.runs[3]?.over).toEqual({ 'budget.macs': '16M', input: '192x192', seed: '1' });
  expect(swept.runs[0]?.backbone).toContain('input 3 x 160 x 160');
});

test('a search of a sweep is the search of its own', async () => {
  const folder = new Folder({ 'a.mae': SMALL, 'b.mae': SMALL.replace('20M', '10M') });
  const [swept, alone] = await Promise.all([
    folder.mae('sweep', 'a.mae', '--over', 'budget.macs=10M', '--over', 'seed=5', '--json'),
    folder.mae('search', 'b.mae', '--seed', '5', '--json'),
  ]);
  const { score } = JSON.parse(alone.stdout.trim().split('\n').at(-1) ?? '') as { score: number };
  expect((JSON.parse(swept.stdout) as Swept).runs[0]?.score).toBe(score);
});

test('a table, and the front as a file', async () => {
  const folder = new Folder({ 'a.mae': SMALL });
  const { exit, stdout, stderr } = await folder.mae('sweep', 'a.mae', ...OVER, '--front', 'front.mae');
  expect(exit).toBe(0);
  expect(stdout.split('\n')[0]).toMatch(/budget\.macs +input +best score +worst seed +missing +layers +macs/);
  expect(stdout.trimEnd().split('\n')).toHaveLength(5);
  expect(stderr).toMatch(/8 of 8: .*\n[\s\S]*front\.mae: \d+ designs of the front written/);
  expect(await folder.mae('check', 'front.mae')).toMatchObject({ exit: 0 });
  expect(await folder.mae('fmt', '--check', 'front.mae')).toMatchObject({ exit: 0 });
});

test('a point that no design meets is an answer of its own', async () => {
  const folder = new Folder({ 'a.mae': SMALL });
  const { exit, stdout } = await folder.mae('sweep', 'a.mae', '--over', 'budget.macs=1k,20M');
  expect(exit).toBe(0);
  expect(stdout).toMatch(/1k .*No design can meet budget tiny/);
});

describe('is refused', () => {
  test.each([
    [['a.mae'], 2, 'say what is varied: --over budget.macs=2G,4G, or --seeds 10'],
    [['a.mae', '--over', 'budget.mac=1M'], 2, "option --over: 'mac' is not"],
    [['a.mae', '--over', 'space=mine'], 2, "space=mine: there is no space 'mine' in this file"],
    [['a.mae', '--over', 'objective=zen-measured'], 2, 'whose scores are measured are not swept'],
    [['a.mae', '--over', 'seed=1', '--seeds', '2'], 2, 'choose one of them'],
    [['a.mae', '--seeds', '2', '--front', 'a.mae'], 2, 'it is the design file'],
    [['none.mae', '--seeds', '2'], 1, 'none.mae:1:1'],
  ])('%j', async (args, exit, message) => {
    const folder = new Folder({ 'a.mae': SMALL });
    const run = await folder.mae('sweep', ...args);
    expect(run).toMatchObject({ exit, stdout: '' });
    expect(run.stderr).toContain(message);
  });
});

test.skipIf(process.platform === 'win32')('Ctrl-C ends it with what is there', async () => {
  const folder = new Folder({ 'a.mae': SMALL });
  const child = folder.start('sweep', 'a.mae', '--seeds', '5000', '--json', '--workers', '1');
  child.stderr.once('data', () => child.kill('SIGINT'));
  const { exit, stdout, stderr } = await ended(child);
  expect(exit).toBe(130);
  const swept = JSON.parse(stdout) as Swept;
  expect(swept.complete).toBe(false);
  expect(swept.runs.length).toBeGreaterThan(0);
  expect(stderr).toContain(`Interrupted after ${swept.runs.length} of 5000 searches.`);
});
