import { describe, expect, test } from 'vitest';
import { EXAMPLES, Folder, SMALL } from './mae.ts';

interface ScoreFile {
  readonly backbones: readonly Record<string, unknown>[];
}
const parse = (text: string): ScoreFile => JSON.parse(text) as ScoreFile;

describe('mae score --json', () => {
  test('has the shape of the contract, with the published numbers', async () => {
    const { exit, stdout, stderr } = await new Folder().mae('score', `${EXAMPLES}maedet_m.mae`, '--json');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    const number = expect.any(Number);
    const stage = {
      name: 'C1',
      channels: 64,
      height: 400,
      width: 640,
      macs: 442_368_000,
      params: 1856,
      layers: 1,
      logStd: { fanIn: number, exact: { linear: number, relu: number }, finiteWidth: { mean: number, sd: number } },
      entropy: { fanIn: number, exact: number },
    };
    const later = {
      ...stage,
      name: expect.stringMatching(/^C[2-5]$/),
      channels: number,
      height: number,
      width: number,
    };
    expect(parse(stdout)).toEqual({
      backbones: [
        {
          name: 'maedet_m',
          input: [3, 800, 1280],
          macs: 89_316_864_000,
          thop: 89_894_352_000,
          mmcv: number,
          tinynas: number,
          params: { conv: number, total: 25_843_536 },
          layers: 91,
          memoryBytes: number,
          activations: 288_744_000,
          rho: expect.closeTo(0.1531, 4),
          stages: [stage, ...Array(4).fill({ ...later, macs: number, params: number, layers: number })],
          score: { fanIn: number, exact: number, deepmad: number },
          budgets: [],
        },
      ],
      detectors: [],
    });
  });

  test('has what is used of each budget, at the size that is written', async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace('macs   <= 20M', 'macs   <= 1M') });
    const run = await folder.mae('score', 'a.mae', '--json');
    const macs = expect.any(Number);
    expect(parse(run.stdout).backbones.map((b) => b['budgets'])).toEqual([
      [
        { budget: 'tiny', cost: 'macs', limit: 1e6, value: macs, holds: false },
        { budget: 'tiny', cost: 'layers', limit: 40, value: 13, holds: true },
      ],
    ]);
    const other = await folder.mae('score', 'a.mae', '--json', '--at', '64x64');
    expect(parse(other.stdout).backbones.map((b) => b['budgets'])).toEqual([[]]);
  });

  test('of several files, one design of a file and published ones: each says where it is from', async () => {
    const other = SMALL.replaceAll('small', 'other');
    const folder = new Folder({
      'two.mae': `${SMALL}\n${other.replace(/budget[\s\S]*/, '')}`,
      'broken.mae': 'backbone',
    });
    const run = await folder.mae(
      'score',
      'two.mae#other',
      'ResNet-18',
      'retinanet_r50',
      'broken.mae',
      'none',
      '--json',
    );
    const { backbones, detectors } = JSON.parse(run.stdout) as Record<string, Record<string, unknown>[]>;
    expect(backbones?.map((b) => [b['from'], b['name']])).toEqual([
      ['two.mae', 'other'],
      ['built-in', 'resnet18'],
    ]);
    expect(detectors?.map((d) => [d['from'], d['name']])).toEqual([['built-in', 'retinanet_r50']]);
    expect(run.stderr).toMatch(/^broken\.mae:1:\d+: error/m);
    expect(run.stderr).toContain("There is no published design 'none'");
    expect(run.exit).toBe(2);
  });

  test('says in text alone what the budgets of searches are worth', async () => {
    const r50 = `${EXAMPLES}r50_search.mae`;
    const { exit, stdout } = await new Folder().mae('score', r50);
    expect(exit).toBe(0);
    expect(stdout).toMatch(
      /^search from r50_start: no design within r50 scores above 2095\.5; 1 G tinynas more buys \+7\.7 score; 1 layer more buys \+19 score$/m,
    );
    expect((await new Folder().mae('score', r50, '--at', '224x224')).stdout).not.toContain('more buys');
    expect(Object.keys(parse((await new Folder().mae('score', r50, '--json')).stdout))).toEqual([
      'backbones',
      'detectors',
    ]);
  });

  test('--at asks for another input', async () => {
    const { stdout } = await new Folder().mae('score', `${EXAMPLES}resnet50.mae`, '--json', '--at', '224x256');
    const [backbone] = parse(stdout).backbones;
    expect(backbone?.['input']).toEqual([3, 224, 256]);
    // The published 4.09 G macs at 224², without the classifier, stretched.
    expect(Number(backbone?.['macs']) / 1e9).toBeCloseTo((4.087 * 256) / 224, 1);
  });

  test('what can be read is scored beside what cannot', async () => {
    const folder = new Folder({
      'two.mae': `${SMALL}\nbackbone broken {\n  input 3 x 0 x 64\n  stem conv(out: 8, k: 3, s: 2)\n}\n`,
    });
    const { exit, stdout, stderr } = await folder.mae('score', 'two.mae', '--json');
    expect(parse(stdout).backbones.map((b) => b['name'])).toEqual(['small']);
    expect(stderr).toContain('two.mae:23:13: error[bad-number]: The input height must be a whole number');
    expect(exit).toBe(1);
  });
});

describe('mae score for people', () => {
  test('a line for each budget says what is left of it, and each file of a folder has its name over it', async () => {
    const folder = new Folder({ 'a.mae': SMALL, 'b.mae': SMALL.replaceAll('small', 'little') });
    const one = await folder.mae('score', 'a.mae');
    expect(one.stdout).toMatch(
      /^ {2}budget tiny: [\d.]+ M of 20 M macs \(\d+ % left\), 13 of 40 layers \(68 % left\)$/m,
    );
    const { exit, stdout } = await folder.mae('score', '.');
    expect(exit).toBe(0);
    expect(stdout.match(/^\S+(?=:$)|^\w+(?=, input)/gm)).toEqual(['a.mae', 'small', 'b.mae', 'little']);
  });

  test('every number stands beside its convention and input size', async () => {
    const { exit, stdout } = await new Folder().mae('score', `${EXAMPLES}maedet_s.mae`);
    expect(exit).toBe(0);
    expect(stdout).toContain('maedet_s, input 3 × 800 × 1280 (channels × height × width)');
    expect(stdout).toMatch(/C5 +2048 × 25 × 40 +\d+\.\d +\d+\.\d +\d+\.\d ± \d\.\d\d/);
    expect(stdout).toContain('48.37 G macs, 48.68 G thop');
    expect(stdout).toContain('at 800 × 1280; 21.23 M params');
    expect(stdout).toContain('Z 1731.9 fan-in, 1730.8 exact (nats, α C3: 1, C4: 1, C5: 6)');
  });

  test('it says which stages the score weighs where one is missing, and a weight of none is a warning', async () => {
    const lacking = SMALL.replace(/ *stage C5.*\n/, '');
    const scored = await new Folder({ 'a.mae': lacking }).mae('score', 'a.mae');
    expect(scored.stdout).toContain('(nats, α C3: 1, C4: 1, C5: 6, weighs C3, C4; there is no C5)');
    const written = lacking.replace('160 x 160\n', '160 x 160\n  entropy C3: 1, C5: 6\n');
    const checked = await new Folder({ 'a.mae': written }).mae('check', 'a.mae');
    expect(checked.stdout + checked.stderr).toMatch(/a\.mae:3:18: warning\[missing-stage\]: .* no stage C5/);
    expect(checked.exit).toBe(0);
  });

  test('a budget that is exceeded is no error of a score', async () => {
    const folder = new Folder({ 'a.mae': SMALL.replace('20M', '100k') });
    expect((await folder.mae('score', 'a.mae')).exit).toBe(0);
  });
});

describe('usage', () => {
  test.each([
    [['score'], "missing required argument 'file'"],
    [['score', 'a.mae', '--at', '480'], "'480' is not HEIGHTxWIDTH, such as 800x1280."],
    [['score', 'a.mae', '--at', '0x480'], 'The input size must be a whole number from 1 to 16,384, not 0.'],
    [['score', 'a.mae', '--jsn'], "unknown option '--jsn'"],
    [['scor', 'a.mae'], 'Did you mean score?'],
    [[], 'Usage: mae'],
  ])('%j ends with 2', async (args, message) => {
    const { exit, stdout, stderr } = await new Folder({ 'a.mae': SMALL }).mae(...args);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test.each([
    [['--help'], 'Usage: mae'],
    [['search', '--help'], '--in-place'],
    [['--version'], '.'],
  ])('%j ends with 0', async (args, text) => {
    const { exit, stdout, stderr } = await new Folder().mae(...args);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toContain(text);
  });

  test('a reader that has seen enough is no error', async () => {
    const child = new Folder().start('score', `${EXAMPLES}maedet_m.mae`, '--json');
    child.stdout.destroy();
    const exit = await new Promise((resolve) => child.once('exit', resolve));
    expect(exit).toBe(0);
  });
});
