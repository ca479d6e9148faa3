import { spawn } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commandFiles, ended, Folder, type Run, SMALL } from './mae.ts';

interface Result {
  readonly score: number;
  readonly front?: readonly { readonly score: number }[];
  readonly confirmed?: readonly {
    readonly score: number;
    readonly measured: { readonly mean: number; readonly sd: number };
  }[];
  readonly rankingHolds?: boolean;
}

const TEXT = SMALL.replace('evaluations 3000', 'evaluations 2000');

const search = (text: string, ...args: string[]): Promise<Run> =>
  new Folder({ 'a.mae': text }).mae('search', 'a.mae', ...args);

async function confirmed(text: string, ...args: string[]): Promise<Result> {
  const { exit, stdout, stderr } = await search(text, '--json', '--backend', 'wasm', '--confirm', ...args);
  if (exit !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result;
}

describe('mae search --confirm', () => {
  test('measures the best designs and says whether their ranking holds', async () => {
    const result = await confirmed(TEXT, '4');
    const designs = result.confirmed ?? [];
    expect(designs).toHaveLength(4);
    expect(designs[0]?.score).toBe(result.score);
    for (const design of designs) {
      expect(design).toMatchObject({
        score: expect.any(Number),
        measured: { mean: expect.any(Number), sd: expect.any(Number) },
        backend: 'wasm',
        device: expect.any(String),
        activation: 'linear',
        draws: 4,
      });
      // Both are the same quantity but for the padding and the finite width.
      expect(Math.abs(design.measured.mean / design.score - 1)).toBeLessThan(0.1);
      expect(design.measured.sd).toBeGreaterThan(0);
    }
    expect(result.rankingHolds).toEqual(expect.any(Boolean));
    expect(result).toMatchObject({ ranking: { pairs: 6, spearman: expect.any(Number) } });
  });

  test('the same seed measures the same, and --draws is obeyed', async () => {
    const [one, two] = await Promise.all([
      confirmed(TEXT, '2', '--draws', '3', '--workers', '1'),
      confirmed(TEXT, '2', '--draws', '3', '--workers', '2'),
    ]);
    expect(one.confirmed).toEqual(two.confirmed);
    expect(one.confirmed?.[0]).toMatchObject({ draws: 3 });
  });

  test('with a front its designs are measured, and their order is found again', async () => {
    const { front = [], confirmed: designs = [], rankingHolds } = await confirmed(TEXT, '40', '--pareto', 'macs');
    const scores = front.map((point) => point.score).toSorted((a, b) => b - a);
    expect(designs.map((d) => d.score)).toEqual(scores.slice(0, 40));
    expect(designs.length).toBeGreaterThan(9);
    expect(rankingHolds).toBe(true);
  });

  test('for people: a table after the design, and a verdict', async () => {
    const { exit, stdout } = await search(TEXT, '--confirm', '3', '--backend', 'wasm');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/\n\}\n\nMeasured: the best 3 designs, 4 draws each, seed 0, wasm on .+\.\n/);
    expect(stdout).toMatch(/\n +design +Z fan-in +Z linear measured\n +1 +\d+\.\d\d +\d+\.\d\d ± \d+\.\d\d\n/);
    expect(stdout).toMatch(/(The ranking holds|The ranking does not hold|Nothing speaks against the ranking): .+\.\n$/);
  });

  test('the objective zen is held to measured Zen-Scores', async () => {
    const { confirmed: designs = [] } = await confirmed(
      TEXT.replace('start', 'objective zen\n  start'),
      '2',
      '--draws',
      '2',
    );
    expect(designs).toHaveLength(2);
    for (const { measured } of designs) expect(Number.isFinite(measured.mean) && measured.mean !== 0).toBe(true);
  });

  test.each([
    ['one design', ['--confirm', '1'], TEXT, '--confirm: the value must be a whole number from 2'],
    ['one draw', ['--confirm', '3', '--draws', '1'], TEXT, '--draws: the value must be a whole number from 2'],
    ['an unknown backend', ['--confirm', '3', '--backend', 'tpu'], TEXT, "--backend: 'tpu' is not auto, cuda"],
    ['--draws alone', ['--draws', '3'], TEXT, 'option --draws: it belongs to --confirm'],
    [
      'an objective that is not measured',
      ['--confirm', '3'],
      TEXT.replace('start', 'objective deepmad\n  start'),
      'deepmad',
    ],
  ])('%s is a mistake of usage', async (_, args, text, message) => {
    const { exit, stdout, stderr } = await search(text, ...args);
    expect(stderr).toContain(message);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
  });

  test.each([[['--json']], [[]]])(
    'where nothing can measure the design is there, and it ends with 3 (%j)',
    async (args) => {
      const folder = new Folder({ 'a.mae': TEXT, 'package.json': '{"type": "module"}' });
      for (const file of [...commandFiles(), 'search-worker.js']) {
        copyFileSync(fileURLToPath(new URL(`../../dist/${file}`, import.meta.url)), folder.at(file));
      }
      const run = await ended(
        spawn(process.execPath, ['cli.js', 'search', 'a.mae', '--confirm', '3', ...args], { cwd: folder.path }),
      );
      expect(run.stdout).toContain('backbone small {');
      expect(run.stdout).not.toContain('rankingHolds');
      expect(run.stderr).toMatch(
        /its designs were not measured\.\nerror: The measuring program .+ is missing\.\nnext step: /,
      );
      expect(run.exit).toBe(3);
    },
  );

  test('Ctrl-C while it measures ends it with 130, and the file has its design', async () => {
    const folder = new Folder({ 'a.mae': TEXT });
    const child = folder.start(
      'search',
      'a.mae',
      '--in-place',
      '--confirm',
      '3',
      '--backend',
      'wasm',
      '--draws',
      '10000',
    );
    // The file is written before.
    child.stderr.on('data', (text: string) => text.includes('Measuring the best 3') && child.kill('SIGINT'));
    const { exit, stderr } = await ended(child);
    expect(stderr).toContain('The measurement was cancelled.');
    expect(exit).toBe(130);
    expect(folder.read('a.mae')).not.toBe(TEXT);
  });
});
