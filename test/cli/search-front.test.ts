import { expect, test } from 'vitest';
import { Folder, SMALL } from './mae.ts';

interface Scored {
  readonly backbones: readonly {
    readonly name: string;
    readonly macs: number;
    readonly params: { readonly total: number };
    readonly score: { readonly fanIn: number };
  }[];
}

test('the front is a file of backbones, none of which beats another', async () => {
  const folder = new Folder({ 'a.mae': SMALL });
  const found = await folder.mae(
    'search',
    'a.mae',
    '--pareto',
    'macs,params',
    '--front',
    'front.mae',
    '--out',
    'b.mae',
  );
  expect(found).toMatchObject({ exit: 0 });
  expect(found.stderr).toContain('b.mae: design written');
  const [, count = ''] = /front\.mae: (\d+) designs of the front written/.exec(found.stderr) ?? [];
  expect(Number(count)).toBeGreaterThan(3);
  const text = folder.read('front.mae');
  expect(text).toMatch(/^\/\/ Score against macs and params: small within tiny, seed 0\./);
  expect(await folder.mae('check', 'front.mae')).toMatchObject({ exit: 0 });
  expect(await folder.mae('fmt', '--check', 'front.mae')).toMatchObject({ exit: 0 });
  const { backbones } = JSON.parse((await folder.mae('score', 'front.mae', '--json')).stdout) as Scored;
  expect(backbones.map((b) => b.name)).toEqual(
    backbones.map((_, i) => `small_${String(i + 1).padStart(count.length, '0')}`),
  );
  expect(backbones).toHaveLength(Number(count));
  for (const a of backbones)
    for (const b of backbones) {
      const beaten = b.macs <= a.macs && b.params.total <= a.params.total && b.score.fanIn > a.score.fanIn + 1e-9;
      expect(beaten, `${a.name} by ${b.name}`).toBe(false);
    }
  const scores = backbones.map((b) => b.score.fanIn);
  expect(scores).toEqual(scores.toSorted((a, b) => a - b));
});

test('--prove proves every design of the front within its own costs, and says so', async () => {
  const folder = new Folder({ 'a.mae': SMALL });
  const search = ['search', 'a.mae', '--pareto', 'macs', '--prove', '--evaluations', '400'];
  const json = await folder.mae(...search, '--json');
  const { front } = JSON.parse(json.stdout.trimEnd().split('\n').at(-1) ?? '') as {
    readonly front: readonly { readonly score: number; readonly bound: number; readonly proven: boolean }[];
  };
  expect(front.length).toBeGreaterThan(3);
  for (const { score, bound, proven } of front) {
    expect(proven).toBe(true);
    expect(bound).toBeCloseTo(score, 6);
  }
  const text = await folder.mae(...search);
  expect(text).toMatchObject({ exit: 0, stderr: expect.stringMatching(/front: \d+ of \d+ proofs/) });
  expect(text.stdout).toMatch(/ {2}front: Z [\d.]+ at [\d.]+ \w macs, proven best/);
  const unproven = await folder.mae('search', 'a.mae', '--pareto', 'macs', '--evaluations', '400');
  expect(unproven.stdout).toMatch(/front: Z [\d.]+ at [\d.]+ \w macs\n/);
});

test('what cannot be written is an error, and the design is not lost', async () => {
  const folder = new Folder({ 'a.mae': SMALL });
  const { exit, stdout, stderr } = await folder.mae('search', 'a.mae', '--pareto', 'macs', '--front', 'no/front.mae');
  expect({ exit, stderr }).toEqual({
    exit: 3,
    stderr: expect.stringContaining('no/front.mae:1:1: error[file]: Cannot write'),
  });
  expect(stdout).toContain('backbone small {');
});
