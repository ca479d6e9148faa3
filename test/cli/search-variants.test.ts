import { describe, expect, test } from 'vitest';
import { ended, Folder } from './mae.ts';
import { SEARCHED } from './small-detector.ts';

interface Line {
  readonly type: string;
}
interface Point {
  readonly values: Readonly<Record<string, number>>;
  readonly score: number;
  readonly bound: number;
  readonly proven: boolean;
  readonly costs: { readonly macs: number; readonly params: { readonly total: number } };
  readonly parts: Readonly<Record<string, number>>;
}
interface VariantsLine extends Line {
  readonly points: readonly Point[];
}
interface ResultLine extends Line {
  readonly score: number;
  readonly costs: Point['costs'];
  readonly front?: readonly unknown[];
}

const VARIED = SEARCHED.replace('  evaluations 3000', '  evaluations 3000\n  vary neck.out, gfl.convs');
const linesOf = (stdout: string): unknown[] =>
  stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

describe('mae search of a search that varies necks and heads', () => {
  test('a line of JSON before the result, which is that of a search that varies nothing', async () => {
    const folder = new Folder({ 'a.mae': VARIED, 'plain.mae': SEARCHED });
    const { exit, stdout } = await folder.mae('search', 'a.mae', '--json', '--pareto', 'macs', '--out', 'found.mae');
    expect(exit).toBe(0);
    const [line, result] = linesOf(stdout).slice(-2) as [VariantsLine, ResultLine];
    expect([line.type, result.type]).toEqual(['variants', 'result']);
    const values = (out: number, convs: number) => ({ 'neck.out': out, 'gfl.convs': convs });
    expect(line.points.map((point) => point.values)).toEqual([
      values(64, 2),
      values(32, 2),
      values(64, 1),
      values(32, 1),
    ]);
    const [written] = line.points;
    expect([written?.score, written?.costs.macs]).toEqual([result.score, result.costs.macs]);
    expect(result.front?.length).toBeGreaterThan(1);
    for (const { score, bound, costs, parts } of line.points) {
      expect(bound).toBeGreaterThanOrEqual(score);
      expect(score).toBeGreaterThanOrEqual(result.score);
      expect(costs.macs).toBeLessThanOrEqual(1e9);
      expect(costs.params.total).toBeLessThanOrEqual(1e6);
      expect(parts['macs']).toBeLessThan(costs.macs);
    }
    const plain = await folder.mae('search', 'plain.mae', '--json', '--pareto', 'macs', '--out', 'other.mae');
    const [expected] = linesOf(plain.stdout).slice(-1) as [ResultLine];
    expect([result.score, result.costs]).toEqual([expected.score, expected.costs]);
    // What is written is the design before the written neck and head, which stay as they are.
    expect(folder.read('found.mae').replace('\n  vary neck.out, gfl.convs', '')).toBe(folder.read('other.mae'));
  });

  test('what each has is what a search of that detector finds', async () => {
    const lighter = SEARCHED.replace('fpn(out: 64)', 'fpn(out: 32)').replace('convs: 2', 'convs: 1');
    const folder = new Folder({ 'a.mae': VARIED, 'lighter.mae': lighter });
    const [line] = linesOf((await folder.mae('search', 'a.mae', '--json')).stdout).slice(-2) as [VariantsLine];
    const [own] = linesOf((await folder.mae('search', 'lighter.mae', '--json')).stdout).slice(-1) as [ResultLine];
    expect(line.points.at(-1)).toMatchObject({ proven: true });
    expect(line.points.at(-1)?.score).toBeCloseTo(own.score, 9);
  });

  test('a table behind the design, the written first and the lightest last, and what it says nothing of', async () => {
    const folder = new Folder({ 'a.mae': VARIED });
    const { exit, stdout, stderr } = await folder.mae('search', 'a.mae');
    expect(exit).toBe(0);
    const [, table = ''] = stdout.split('\nWhat a lighter neck or head buys; 3 more searches in ');
    const rows = table.split('\n').slice(2);
    expect(rows[0]).toMatch(/^ {2}neck\.out 64, gfl\.convs 2 +528\.7 M +\d+\.\d +\d+\.\d {2}as written; proven best/);
    expect(rows[3]).toMatch(/^ {2}neck\.out 32, gfl\.convs 1 +[\d.]+ M +\d+\.\d +\+\d+\.\d +\d+\.\d {2}proven best/);
    expect(rows[4]).toBe('  The score is the backbone’s alone: it says nothing of what a lighter neck or head loses.');
    expect(stdout.indexOf('backbone small {')).toBeLessThan(stdout.indexOf('What a lighter'));
    expect(stderr).toMatch(/^33 %: Z [\d.]+ with neck\.out 32, gfl\.convs 2$/m);
  });

  test('Ctrl-C ends it with what there is; the design is written', async () => {
    const long = VARIED.replace('evaluations 3000', 'evaluations 3000000');
    const folder = new Folder({ 'a.mae': long });
    const child = folder.start('search', 'a.mae', '--plateau', '3000', '--in-place');
    let told = '';
    let asked = false;
    child.stderr.on('data', (chunk) => {
      told += String(chunk);
      // The first of the lighter ones is done.
      if (!asked && / with neck\.out 32, gfl\.convs 2/.test(told)) asked = child.kill('SIGINT');
    });
    const { exit, stdout, stderr } = await ended(child);
    expect([exit, stderr]).toEqual([130, expect.stringMatching(/Interrupted after \d of 4 searches; the result is/)]);
    expect(stdout).toContain('as written');
    expect(folder.read('a.mae')).not.toBe(long);
  });

  test('says so where nothing lighter can be built', async () => {
    const levels = VARIED.replace('fpn(out: 64)', 'fpn(out: 64, levels: 3)').replace(
      'neck.out, gfl.convs',
      'neck.levels',
    );
    const { exit, stdout, stderr } = await new Folder({ 'a.mae': levels }).mae('search', 'a.mae');
    expect([exit, stdout.includes('What a lighter')]).toEqual([0, false]);
    expect(stderr).toContain('note: of what is varied nothing lighter can be built.');
  });

  test('with --minimise there is no table, and an error of the line is said at its place', async () => {
    const folder = new Folder({ 'a.mae': VARIED, 'b.mae': VARIED.replace('gfl.convs', 'gfl.conv') });
    const { exit, stdout, stderr } = await folder.mae('search', 'a.mae', '--minimise', 'params');
    expect([exit, stdout.includes('What a lighter')]).toEqual([0, false]);
    expect(stderr).toContain('note: nothing is varied while a cost is minimised');
    const wrong = await folder.mae('search', 'b.mae', '--search', 'whole');
    expect([wrong.exit, wrong.stdout]).toEqual([1, '']);
    expect(wrong.stderr).toMatch(/b\.mae:\d+:\d+: error\[unknown-argument\]: .*Did you mean convs\?/);
  });
});
