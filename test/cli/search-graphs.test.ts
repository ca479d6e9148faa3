import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXAMPLES, Folder } from './mae.ts';

interface Result {
  readonly score: number;
  readonly bound: number | null;
  readonly gap: number | null;
  readonly backbone: string;
  readonly start: { readonly score: number };
  readonly costs: { readonly macs: number; readonly params: { readonly total: number }; readonly layers: number };
}

const exampleWith = (name: string, lines: string): string =>
  `${readFileSync(`${EXAMPLES}${name}.mae`, 'utf8')}\n${lines}`;

/** SpineNet-49 within what it costs itself at 640×640. */
const SPINE = exampleWith(
  'spinenet49',
  `budget own { macs <= 28.27G  params <= 21.84M  layers <= 129 }
search { start spinenet49  within own  evaluations 20k }
`,
);

const DETNAS = exampleWith(
  'detnas_3_8g',
  `budget own { macs <= 80.37G  params <= 26.73M  layers <= 169  rho <= 3.2 }
search { start detnas_3_8g  within own  space paper  evaluations 20k }
`,
);

describe('mae search from what is no chain of ordinary blocks', () => {
  test.each([
    ['SpineNet-49', SPINE, { macs: 28.27e9, params: 21.84e6, layers: 129 }],
    ['DetNAS-3.8G', DETNAS, { macs: 80.37e9, params: 26.73e6, layers: 169 }],
  ])('%s: improves it, and another run of mae finds that true', async (_, text, most) => {
    const folder = new Folder({ 'a.mae': text });
    const found = await folder.mae('search', 'a.mae', '--json', '--workers', '2');
    expect(found).toMatchObject({ exit: 0, stderr: '' });
    const result = JSON.parse(found.stdout.trim().split('\n').at(-1) ?? '') as Result;
    expect(result.score).toBeGreaterThan(result.start.score);
    expect([result.bound, result.gap]).toEqual([null, null]);
    const budget = text.slice(text.indexOf('budget own'), text.indexOf('search {'));
    const best = new Folder({ 'best.mae': `${result.backbone}\n${budget}` });
    expect(await best.mae('check', 'best.mae')).toMatchObject({ exit: 0, stdout: '' });
    const scored = await best.mae('score', 'best.mae', '--json');
    const { backbones } = JSON.parse(scored.stdout) as {
      backbones: { score: { fanIn: number }; macs: number; params: { total: number }; layers: number }[];
    };
    const [fresh] = backbones;
    expect(fresh?.score.fanIn).toBeCloseTo(result.score, 6);
    expect([fresh?.macs, fresh?.params.total, fresh?.layers]).toEqual([
      result.costs.macs,
      result.costs.params.total,
      result.costs.layers,
    ]);
    expect(fresh?.macs).toBeLessThanOrEqual(most.macs);
    expect(fresh?.params.total).toBeLessThanOrEqual(most.params);
    expect(fresh?.layers).toBeLessThanOrEqual(most.layers);
  });

  test('says that no bound is known, and writes the nodes where they stood', async () => {
    const folder = new Folder({ 'a.mae': SPINE });
    const { exit, stdout } = await folder.mae('search', 'a.mae', '--in-place', '--seed', '3');
    expect(exit).toBe(0);
    expect(stdout).toMatch(
      /^spinenet49: Z 875\.4 → \d+\.\d \(\+\d+\.\d nats, fan-in\); no bound is known for a graph; /,
    );
    const words = (text: string): string => text.replace(/\d+/g, '#').replace(/\s+/g, ' ');
    expect(words(folder.read('a.mae'))).toBe(words(SPINE));
    expect(folder.read('a.mae')).not.toBe(SPINE);
  });

  test('refuses to measure a Zen-Score there, and says what to use', async () => {
    const folder = new Folder({ 'a.mae': SPINE.replace('evaluations 20k', 'objective zen-measured') });
    const { exit, stdout, stderr } = await folder.mae('search', 'a.mae');
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).toContain('a Zen-Score is defined for chains only: choose the objective multi-scale');
  });
});
