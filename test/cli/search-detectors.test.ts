import { describe, expect, test } from 'vitest';
import { Folder, type Run } from './mae.ts';
import { DETECTOR, SEARCHED } from './small-detector.ts';

interface Counts {
  readonly macs: number;
  readonly mmcv: number;
  readonly params: { readonly total: number };
}
interface Result {
  readonly score: number;
  readonly bound: number;
  readonly proven: boolean;
  readonly backbone: string;
  readonly costs: Counts;
  readonly start: { readonly score: number; readonly costs: Counts };
  readonly front?: readonly { readonly costs: Counts; readonly backbone: string }[];
}
const resultOf = ({ stdout }: Run): Result => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result;

/** The counts of the one detector of a file, by another run of mae. */
async function scored(folder: Folder, file: string): Promise<Counts> {
  const { stdout } = await folder.mae('score', file, '--json');
  const [detector] = (JSON.parse(stdout) as { detectors: readonly Counts[] }).detectors;
  if (detector === undefined) throw new Error(`${file} has no detector`);
  return detector;
}

const countsOf = ({ macs, mmcv, params }: Counts) => [macs, mmcv, params.total];

describe('mae search from a detector', () => {
  test('holds the whole within its budget: costs are the detector’s, and another run of mae finds them true', async () => {
    const folder = new Folder({ 'a.mae': SEARCHED });
    const result = resultOf(await folder.mae('search', 'a.mae', '--json', '--out', 'found.mae'));
    expect(result.score).toBeGreaterThan(result.start.score);
    expect(result.bound).toBeGreaterThanOrEqual(result.score);
    expect(countsOf(result.start.costs)).toEqual(countsOf(await scored(folder, 'a.mae')));
    expect(countsOf(result.costs)).toEqual(countsOf(await scored(folder, 'found.mae')));
    expect(result.costs.macs).toBeLessThanOrEqual(1e9);
    // Printed, the design is at the input that score and costs are for.
    expect(result.backbone).toMatch(/^backbone small \{\n {2}input 3 x 320 x 320\n/);
    expect((await folder.mae('check', 'found.mae')).exit).toBe(0);
    expect(folder.read('a.mae')).toBe(SEARCHED);
  });

  test('--in-place writes the groups of the backbone, which keeps its own input, and nothing else', async () => {
    const folder = new Folder({ 'a.mae': SEARCHED });
    expect((await folder.mae('search', 'a.mae', '--in-place')).exit).toBe(0);
    const [before, after] = [SEARCHED.split('\n'), folder.read('a.mae').split('\n')];
    expect(after).toHaveLength(before.length);
    const changed = after.flatMap((line, i) => (line === before[i] ? [] : [i]));
    expect(changed).toEqual([3, 4, 5, 6, 7]);
    const words = (lines: readonly string[]): string => lines.join('\n').replace(/\d+/g, '#').replace(/ +/g, ' ');
    expect(words(after.slice(0, 8))).toBe(words(before.slice(0, 8)));
  });

  test('the same seed gives the same design, another may give another, and both are within', async () => {
    const folder = new Folder({ 'a.mae': SEARCHED });
    const search = async (...args: string[]): Promise<Result> =>
      resultOf(await folder.mae('search', 'a.mae', '--json', '--algorithm', 'paper', '--evaluations', '400', ...args));
    const [one, same, other] = await Promise.all([
      search('--seed', '7', '--workers', '1'),
      search('--seed', '7', '--workers', '2'),
      search('--seed', '8'),
    ]);
    expect(same.backbone).toBe(one.backbone);
    expect(other.backbone).not.toBe(one.backbone);
    for (const { costs } of [one, other]) expect(costs.macs).toBeLessThanOrEqual(1e9);
  });

  test('for people the table says whose costs it has, and a front does', async () => {
    const folder = new Folder({ 'a.mae': SEARCHED.replace('search {', 'search tiny {') });
    const { stdout } = await folder.mae('search', 'a.mae', '--pareto', 'macs', '--front', 'front.mae');
    expect(stdout).toMatch(/^tiny: Z .*\n {2}whole at 320 × 320 +start +best$/m);
    expect(stdout).toMatch(/^ {2}macs +534\.3 M /m);
    expect(folder.read('front.mae').split('\n')[0]).toContain('Costs are those of detector whole with each of them.');
  });

  test('--pareto has the whole’s costs, --prove proves, and --frontier is over the whole', async () => {
    const folder = new Folder({ 'a.mae': SEARCHED });
    const { front } = resultOf(await folder.mae('search', 'a.mae', '--json', '--pareto', 'macs,params'));
    expect(front?.length).toBeGreaterThan(3);
    // Neck and head alone have more.
    const least = 400e6;
    for (const { costs } of front ?? []) expect(costs.macs).toBeGreaterThan(least);
    const proven = resultOf(await folder.mae('search', 'a.mae', '--json', '--prove', '--evaluations', '1'));
    expect(proven).toMatchObject({ proven: true, bound: proven.score });
    const { exit, stdout } = await folder.mae('search', 'a.mae', '--json', '--frontier', 'macs=700M..1G');
    expect(exit).toBe(0);
    const { points } = JSON.parse(stdout) as { points: readonly { limit: number; score: number; bound: number }[] };
    expect(points).toHaveLength(20);
    expect(points.at(-1)?.score).toBeCloseTo(proven.score, 6);
    for (const { score, bound } of points) expect(bound).toBeGreaterThanOrEqual(score - 1e-6);
  });

  test('a budget that neck and head alone exceed is said at its line', async () => {
    const folder = new Folder({ 'a.mae': SEARCHED.replace('<= 1G', '<= 100M') });
    const { exit, stdout, stderr } = await folder.mae('search', 'a.mae');
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^a\.mae:20:3: error\[budget-impossible\]: No design can meet budget phone: it allows 100 M macs, and the least possible is 51\d(\.\d)? M macs\.$/m,
    );
  });

  test('with a budget of its own it needs no search block', async () => {
    const own = `${DETECTOR.replace('  classes', '  within phone\n  classes')}\nbudget phone { macs <= 600M }\n`;
    const folder = new Folder({ 'a.mae': own });
    const result = resultOf(await folder.mae('search', 'a.mae', '--json', '--evaluations', '2000'));
    expect(result.score).toBeGreaterThan(result.start.score);
    expect(result.costs.macs).toBeLessThanOrEqual(600e6);
    expect(result.costs.macs).toBeGreaterThan(500e6);
  });
});
