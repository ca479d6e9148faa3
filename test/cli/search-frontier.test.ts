import { describe, expect, test } from 'vitest';
import { ended, Folder, SMALL } from './mae.ts';

interface FrontierLine {
  readonly type: string;
  readonly cost: string;
  readonly points: readonly {
    readonly limit: number;
    readonly score: number | null;
    readonly bound: number | null;
    readonly proven: boolean;
    readonly backbone: string | null;
  }[];
}
interface Scored {
  readonly backbones: readonly {
    readonly macs: number;
    readonly layers: number;
    readonly score: { readonly fanIn: number };
  }[];
}

describe('mae search --frontier', () => {
  test('a line of JSON as the contract has it, whose designs are within their limits and have their scores', async () => {
    const folder = new Folder({ 'a.mae': SMALL });
    const { exit, stdout, stderr } = await folder.mae('search', 'a.mae', '--frontier', 'macs=5M..20M', '--json');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    const found = JSON.parse(stdout.trim()) as FrontierLine;
    expect(Object.keys(found)).toEqual(['type', 'cost', 'points']);
    expect(found).toMatchObject({ type: 'frontier', cost: 'macs' });
    expect(found.points).toHaveLength(20);
    expect(found.points[0]).toMatchObject({ limit: 5e6, proven: true });
    expect(found.points.at(-1)).toMatchObject({ limit: 2e7, proven: true });
    const ratios = found.points.slice(1).map(({ limit }, i) => limit / (found.points[i]?.limit ?? 0));
    for (const ratio of ratios) expect(ratio).toBeCloseTo(4 ** (1 / 19), 5);
    let before = 0;
    for (const { limit, score, bound, backbone, ...rest } of found.points.filter((_, i) => i % 6 === 0)) {
      expect(Object.keys(rest)).toEqual(['proven']);
      expect(score).toBeGreaterThanOrEqual(before);
      expect(bound).toBeGreaterThanOrEqual(score ?? Infinity);
      before = score ?? 0;
      const point = new Folder({ 'b.mae': backbone ?? '' });
      const [design] = (JSON.parse((await point.mae('score', 'b.mae', '--json')).stdout) as Scored).backbones;
      expect(design?.score.fanIn).toBeCloseTo(score ?? Number.NaN, 9);
      expect(design?.macs).toBeLessThanOrEqual(limit);
      expect(design?.layers).toBeLessThanOrEqual(40);
    }
  });

  test('a table with the knee, of a cost that the budget does not limit too', async () => {
    const folder = new Folder({ 'a.mae': SMALL });
    const { exit, stdout, stderr } = await folder.mae(
      'search',
      'a.mae',
      '--frontier',
      'params=100k..4M',
      '--seed',
      '3',
    );
    expect(exit).toBe(0);
    expect(stdout).toMatch(
      /^small: the best score over params, with macs, layers as in tiny; 20 searches in [\d.]+ s, seed 3\.$/m,
    );
    const rows = stdout.split('\n').filter((line) => /^ +[\d.]+ [kM] /.test(line));
    expect(rows).toHaveLength(20);
    expect(rows[0]).toMatch(
      /^ +100 k +[\d.]+ +[\d.]+ {2}(proven best in this space|at most .* below the best possible)/,
    );
    expect(rows.filter((row) => row.includes('the knee'))).toHaveLength(1);
    expect(stderr).toMatch(/^ *100 %: Z [\d.]+ within 4 M params$/m);
  });

  test('limits that are whole and few are few points; what no design meets is none', async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace('evaluations 3000', 'evaluations 3000\n  prove no') });
    const layers = await folder.mae('search', 'a.mae', '--frontier', 'layers=10..16', '--json');
    const { points } = JSON.parse(layers.stdout) as FrontierLine;
    expect(points.map(({ limit }) => limit)).toEqual([10, 11, 12, 13, 14, 15, 16]);
    expect(points[0]).toEqual({ limit: 10, score: null, bound: null, proven: false, backbone: null });
    expect(points.at(-1)?.backbone).toContain('backbone small');
    const { exit, stdout, stderr } = await folder.mae('search', 'a.mae', '--frontier', 'macs=1..9');
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(
      'error: option --frontier: No design can meet budget tiny: it allows 9 macs, and the least possible is ',
    );
  });

  test.each<[string, readonly string[], string]>([
    ['no cost', ['size=1..2'], "error: option --frontier: 'size' is not "],
    ['no range', ['macs'], "error: option --frontier: 'macs' is not COST=FROM..TO, such as macs=2G..20G."],
    ['one end', ['macs=2G..'], "error: option --frontier: 'macs=2G..' is not COST=FROM..TO"],
    ['no number', ['macs=2X..3G'], "error: option --frontier: 'X' is not a unit here"],
    [
      'the ends the wrong way round',
      ['macs=20G..2G'],
      'error: option --frontier: it goes from the smaller limit to the larger one: macs=2G..20G, not macs=20G..2G.',
    ],
    ['one limit', ['macs=2G..2G'], 'error: option --frontier: it goes from the smaller limit to the larger one'],
    ['nothing', ['rho=0..1'], 'error: option --frontier: rho begins above 0'],
    ['--out', ['macs=2M..20M', '--out', 'b.mae'], 'and does not go with --out.'],
    ['--in-place', ['macs=2M..20M', '--in-place'], 'and does not go with --in-place.'],
    ['--pareto', ['macs=2M..20M', '--pareto', 'params'], 'and does not go with --pareto.'],
    ['--minimise', ['macs=2M..20M', '--minimise', 'params'], 'and does not go with --minimise.'],
  ])('%s is a mistake of usage', async (_, args, message) => {
    const folder = new Folder({ 'a.mae': SMALL });
    const { exit, stdout, stderr } = await folder.mae('search', 'a.mae', '--frontier', ...args);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test.each([
    ['minimise params', 'and this search minimises params'],
    ['objective zen-measured', 'choose the objective zen'],
  ])('a search with %s is refused', async (setting, message) => {
    const folder = new Folder({ 'a.mae': SMALL.replace('evaluations 3000', `${setting}\n  evaluations 3000`) });
    const { exit, stderr } = await folder.mae('search', 'a.mae', '--frontier', 'macs=2M..20M');
    expect(exit).toBe(2);
    expect(stderr).toContain(message);
  });

  test.skipIf(process.platform === 'win32')('Ctrl-C ends with the points that were searched', async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace('evaluations 3000', 'evaluations 3M') });
    const child = folder.start('search', 'a.mae', '--frontier', 'macs=5M..20M');
    child.stderr.on('data', (text: Buffer) => String(text).includes('within') && child.kill('SIGINT'));
    const { exit, stdout, stderr } = await ended(child);
    expect(exit).toBe(130);
    expect(stderr).toMatch(/Interrupted after \d+ of 20 searches\.$/m);
    expect(stdout).toContain('macs up to');
  });
});
