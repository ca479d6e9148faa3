import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commandFiles, ended, Folder } from './mae.ts';

/** Measured in some milliseconds. */
const TEXT = `backbone tiny {
  input 3 x 64 x 64

  stem     conv(out: 8, k: 3, s: 2)
  stage C2 bottleneck(out: 16, btn: 8, k: 3, s: 2) x 1
  stage C3 bottleneck(out: 32, btn: 8, k: 3, s: 2) x 1
}

budget small {
  macs   <= 4M
  layers <= 20
}

search {
  start tiny
  within small
  objective zen-measured
}
`;

interface Result {
  readonly type: string;
  readonly score: number;
  readonly evaluations: number;
  readonly backbone: string;
  readonly secondsLeft?: number;
  readonly confirmed?: readonly {
    readonly score: number;
    readonly measured: { readonly mean: number; readonly sd: number };
  }[];
}

const lines = (stdout: string): Result[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Result);

async function result(...args: string[]): Promise<Result> {
  const run = await new Folder({ 'a.mae': TEXT }).mae('search', 'a.mae', '--json', '--evaluations', '40', ...args);
  if (run.exit !== 0) throw new Error(run.stderr);
  const last = lines(run.stdout).at(-1);
  if (last === undefined) throw new Error('no result');
  return last;
}

describe('mae search with the objective zen-measured', () => {
  test('measures with wasm; the same seed gives the same answer, whatever the number of threads', async () => {
    const [one, two, other] = [
      await result('--workers', '1'),
      await result('--workers', '3'),
      await result('--seed', '1'),
    ];
    expect(one).toMatchObject({
      type: 'result',
      evaluations: 40,
      objective: 'zen-measured',
      estimator: 'measured',
      measured: { backend: 'wasm', device: expect.any(String), draws: 2 },
      bound: null,
      gap: null,
    });
    expect(two).toMatchObject({ score: one.score, backbone: one.backbone });
    expect(other.backbone).not.toBe(one.backbone);
  });

  test('its score is what mae measure measures with the same seed and draws', async () => {
    const { score, backbone } = await result('--seed', '3');
    const folder = new Folder({ 'best.mae': backbone });
    const { stdout } = await folder.mae(
      'measure',
      'best.mae',
      '--json',
      '--backend',
      'wasm',
      '--draws',
      '2',
      '--seed',
      '3',
    );
    expect(JSON.parse(stdout)).toMatchObject({ backbones: [{ zen: { mean: score } }] });
  });

  test('for people: the progress with the time left, how the number was got, and that no bound is known', async () => {
    const run = await new Folder({ 'a.mae': TEXT }).mae('search', 'a.mae', '--evaluations', '24');
    expect(run.exit).toBe(0);
    expect(run.stdout).toMatch(
      /Zen-Score measured by wasm on .+, 2 draws each\); no bound is known for a measured score/,
    );
    expect(run.stdout).toMatch(/\n {2}Zen-Score measured +\d+\.\d +\d+\.\d\n/);
    expect(run.stderr).toMatch(/^ *\d+ % Z \d+\.\d, \d+ evaluations, [\d.]+\/s, \d+ s left\n/);
  });

  test('--confirm measures the best again, with draws that the search did not have', async () => {
    const { score, confirmed = [] } = await result('--confirm', '3', '--backend', 'wasm');
    expect(confirmed).toHaveLength(3);
    expect(confirmed[0]?.score).toBe(score);
    for (const { score: searched, measured } of confirmed) {
      expect(measured.mean).not.toBe(searched);
      expect(Math.abs(measured.mean - searched)).toBeLessThan(2);
    }
  });

  test('Ctrl-C leaves a checkpoint to go on from, to the same answer', async () => {
    const folder = new Folder({ 'a.mae': TEXT });
    const args = ['search', 'a.mae', '--json', '--evaluations', '100'];
    const child = folder.start(...args, '--checkpoint', 'state');
    let asked = false;
    child.stdout.on('data', () => {
      if (!asked) child.kill('SIGINT');
      asked = true;
    });
    const cut = await ended(child);
    expect(cut).toMatchObject({
      exit: 130,
      stderr: expect.stringMatching(/^Interrupted after \d+ evaluations, .*--resume state\.\n$/),
    });
    const resumed = await folder.mae(...args, '--resume', 'state');
    const whole = await folder.mae(...args);
    const [a, b] = [lines(resumed.stdout).at(-1), lines(whole.stdout).at(-1)];
    expect(a).toMatchObject({ evaluations: 100, score: b?.score, backbone: b?.backbone });
  });

  test('scores of another device are not gone on with', async () => {
    const folder = new Folder({ 'a.mae': TEXT });
    await folder.mae('search', 'a.mae', '--evaluations', '24', '--checkpoint', 'state');
    writeFileSync(
      folder.at('state'),
      folder
        .read('state')
        .replace(/"device":"[^"]+"/, '"device":"a faster one"')
        .replace('"evaluations":24,"impro', '"evaluations":16,"impro'),
    );
    const run = await folder.mae('search', 'a.mae', '--evaluations', '24', '--resume', 'state');
    expect(run.stderr).toContain('they cannot be compared');
    expect(run.exit).toBe(3);
  });

  test('when measuring dies for good it ends with 3, and the best so far is there', async () => {
    const folder = new Folder({ 'a.mae': TEXT, 'package.json': '{"type": "module"}' });
    for (const file of [...commandFiles(), 'search-worker.js']) {
      copyFileSync(fileURLToPath(new URL(`../../dist/${file}`, import.meta.url)), folder.at(file));
    }
    writeFileSync(folder.at('measure.js'), DYING);
    const run = await ended(spawn(process.execPath, ['cli.js', 'search', 'a.mae', '--in-place'], { cwd: folder.path }));
    expect(run.stderr).toMatch(
      /error: The measuring process failed 4 times .+ The last time: .+native code went wrong/,
    );
    expect(run.stderr).toMatch(/\nEnded after 16 evaluations, nothing was written\.\n$/);
    expect(run.stdout).toContain('it ended early: The measuring process failed');
    expect(run.stdout).toContain('backbone tiny {');
    expect(run.exit).toBe(3);
    expect(folder.read('a.mae')).toBe(TEXT);
    expect(existsSync(folder.at('batches'))).toBe(true);
  });

  test.each([
    ['nothing to measure with', ['--backend', 'cuda'], 3, /^error: @tensorflow\/tfjs-node-gpu is not installed\./],
    ['an unknown backend', ['--backend', 'tpu'], 2, /--backend: 'tpu' is not auto, cuda/],
    ['no relaxation', ['--algorithm', 'exact'], 1, /algorithm exact solves a relaxation/],
  ])('says what is wrong: %s', async (_, args, exit, message) => {
    const run = await new Folder({ 'a.mae': TEXT }).mae('search', 'a.mae', ...args);
    expect(run).toMatchObject({ exit, stdout: '', stderr: expect.stringMatching(message) });
  });

  test('--backend is for what measures', async () => {
    const text = TEXT.replace('objective zen-measured', 'evaluations 100');
    const run = await new Folder({ 'a.mae': text }).mae('search', 'a.mae', '--backend', 'wasm');
    expect(run).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('it belongs to --confirm and to the objective'),
    });
  });
});

/** A measuring program that answers three batches over all its lives, and then dies of every one. */
const DYING = `
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
process.on('disconnect', () => process.exit(0));
process.on('message', ({ id, requests }) => {
  const answered = existsSync('batches') ? Number(readFileSync('batches', 'utf8')) : 0;
  if (answered === 3) {
    process.stderr.write('native code went wrong\\n');
    process.exit(134);
  }
  writeFileSync('batches', String(answered + 1));
  const backend = { name: 'wasm', device: 'CPU', kind: 'cpu', versions: {}, gmacsPerSecond: 1 };
  const answers = requests.map(({ plan }) => ({ ok: true, draws: [], zen: [plan.steps.length] }));
  process.send({ kind: 'batched', id, backend, answers });
});
process.send({ kind: 'ready' });
`;
