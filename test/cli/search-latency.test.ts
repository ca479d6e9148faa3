import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Folder, SMALL } from './mae.ts';

const TOY = readFileSync(new URL('../fixtures/latency/toy.maeprofile.json', import.meta.url), 'utf8');
const within = (limit: string): Folder =>
  new Folder({ 'a.mae': SMALL.replace(/macs\s+<= 20M/, `latency <= ${limit} on toy`), 'toy.maeprofile.json': TOY });

interface Found {
  readonly score: number;
  readonly bound: number;
  readonly costs: Readonly<Record<string, number>>;
  readonly start: { readonly costs: Readonly<Record<string, number>> };
}

const last = (stdout: string): Found => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Found;

describe('mae search within milliseconds', () => {
  test('holds them, says what start and best take, and how good a design can be', async () => {
    const { exit, stdout } = await within('2.5ms').mae('search', 'a.mae', '--json');
    expect(exit).toBe(0);
    const found = last(stdout);
    expect(found.costs['latency on toy']).toBeLessThanOrEqual(2.5);
    expect(found.start.costs['latency on toy']).toBeGreaterThan(0);
    expect(found.bound).toBeGreaterThanOrEqual(found.score);
  });

  test('writes a design that mae check and mae latency agree on', async () => {
    const folder = within('2.5ms');
    expect(await folder.mae('search', 'a.mae', '--in-place')).toMatchObject({ exit: 0 });
    expect(await folder.mae('check', 'a.mae')).toMatchObject({ exit: 0 });
    const { stdout } = await folder.mae('latency', 'a.mae', '--on', 'toy', '--json');
    const { backbones } = JSON.parse(stdout) as { backbones: readonly { readonly milliseconds: number }[] };
    expect(backbones[0]?.milliseconds).toBeLessThanOrEqual(2.5);
  });

  test('the fewest milliseconds at a score, and the best score at each of several limits', async () => {
    const folder = within('3ms');
    const cheapest = await folder.mae('search', 'a.mae', '--minimise', 'latency on toy', '--json');
    expect(cheapest.exit).toBe(0);
    const { start, costs } = last(cheapest.stdout);
    expect(costs['latency on toy']).toBeLessThanOrEqual(start.costs['latency on toy'] ?? 0);
    const frontier = await folder.mae('search', 'a.mae', '--frontier', 'latency on toy=2ms..3ms');
    expect(frontier).toMatchObject({ exit: 0 });
    expect(frontier.stdout).toMatch(/ms/);
    const front = await folder.mae('search', 'a.mae', '--pareto', 'latency on toy', '--json');
    expect(front.exit).toBe(0);
  });

  test.each([
    ['too few of them', ['a.mae'], 1, /the least possible is [\d.]+ ms/],
    [
      'a device without a profile',
      ['a.mae', '--pareto', 'latency on nope'],
      2,
      /option --pareto: there is no profile of 'nope'/,
    ],
  ] as const)('%s', async (_, args, exit, message) => {
    const ended = await within('0.001ms').mae('search', ...args);
    expect(ended.exit).toBe(exit);
    expect(ended.stderr).toMatch(message);
  });

  test('an interrupted search goes on with the profile that its checkpoint has', async () => {
    const folder = within('2.5ms');
    const whole = await folder.mae('search', 'a.mae', '--evaluations', '60000', '--json');
    const kept = await folder.mae('search', 'a.mae', '--evaluations', '60000', '--json', '--checkpoint', 'c.json');
    expect(kept.exit).toBe(0);
    const resumed = await folder.mae('search', 'a.mae', '--evaluations', '60000', '--json', '--resume', 'c.json');
    expect(resumed.exit).toBe(0);
    expect(last(resumed.stdout).score).toBe(last(whole.stdout).score);
  });
});
