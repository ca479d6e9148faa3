import { describe, expect, test } from 'vitest';
import { EXAMPLES, Folder, SMALL } from './mae.ts';

interface Compared {
  readonly stages: readonly string[];
  readonly backbones: readonly {
    readonly from: string;
    readonly name: string;
    readonly macs: number;
    readonly input: readonly number[];
    readonly stages: readonly { readonly name: string; readonly macs: number; readonly memoryBytes: number }[];
    readonly memoryBytes: number;
  }[];
}

describe('mae compare', () => {
  test('published designs by name, stage by stage, with the published numbers', async () => {
    const { exit, stdout, stderr } = await new Folder().mae('compare', 'ResNet-50', 'maedet_m', '--json');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    const { stages, backbones } = JSON.parse(stdout) as Compared;
    expect(stages).toEqual(['C1', 'C2', 'C3', 'C4', 'C5']);
    expect(backbones.map(({ from, name, macs }) => [from, name, Number((macs / 1e9).toFixed(2))])).toEqual([
      ['built-in', 'resnet50', 83.41],
      ['built-in', 'maedet_m', 89.32],
    ]);
    for (const backbone of backbones) {
      // The stages are the whole: sums of what adds up, and the largest of the peaks.
      expect(backbone.stages.reduce((sum, s) => sum + s.macs, 0)).toBe(backbone.macs);
      expect(Math.max(...backbone.stages.map((s) => s.memoryBytes))).toBe(backbone.memoryBytes);
    }
  });

  test('files, backbones of a file, and one input for all', async () => {
    const folder = new Folder({
      'two.mae': `${SMALL}\n${SMALL.replaceAll('small', 'other').replace(/budget[\s\S]*/, '')}`,
    });
    const { exit, stdout } = await folder.mae(
      'compare',
      'two.mae#other',
      'mobilenetv2',
      `${EXAMPLES}maedet_s.mae`,
      '--at',
      '224x224',
      '--json',
    );
    expect(exit).toBe(0);
    const { backbones } = JSON.parse(stdout) as Compared;
    expect(backbones.map((b) => [b.from, b.name, b.input])).toEqual([
      ['two.mae', 'other', [3, 224, 224]],
      ['built-in', 'mobilenetv2', [3, 224, 224]],
      [`${EXAMPLES}maedet_s.mae`, 'maedet_s', [3, 224, 224]],
    ]);
  });

  test('the table has a column for each, and what differs from the first', async () => {
    const { exit, stdout } = await new Folder().mae('compare', 'resnet50', 'resnet101');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/resnet50 +resnet101\n/);
    expect(stdout).toMatch(/^C1 +C×H×W +64×400×640 +64×400×640$/m);
    expect(stdout).toMatch(/^ +macs +83\.41 G +159\.2 G \(\+91 %\)$/m);
    expect(stdout).toContain('«built-in» are the published designs');
    expect(stdout).not.toContain('inputs differ');
    const differing = await new Folder().mae('compare', 'resnet50', 'mobilenetv2');
    expect(differing.stdout).toMatch(/^Scores of different inputs do not compare: .*--at HxW asks for one of all\.$/m);
    expect(differing.stdout).toContain('(docs/evidence.md#what-it-cannot-see).');
  });

  test.each([
    ['one is not enough', ['compare', 'resnet50'], 2, /needs two backbones or more, or two detectors/],
    [
      'a name that is nearly right',
      ['compare', 'resnet50', 'resnet51'],
      2,
      /no published design 'resnet51': did you mean resnet50\?/,
    ],
    [
      'a file that is not there',
      ['compare', 'resnet50', 'none.mae'],
      1,
      /^none\.mae:1:1: error\[file\]: There is no such file/,
    ],
    [
      'a backbone that is not there',
      ['compare', 'resnet50', 'small.mae#big'],
      1,
      /no backbone or detector 'big': it has small\./,
    ],
    ['a broken file', ['compare', 'resnet50', 'broken.mae'], 1, /^broken\.mae:\d+:\d+: error\[/],
    ['a wrong size', ['compare', 'resnet50', 'resnet101', '--at', '12'], 2, /HEIGHTxWIDTH/],
  ])('%s', async (_, args, exit, message) => {
    const folder = new Folder({ 'small.mae': SMALL, 'broken.mae': SMALL.replace('out: 8', 'out: ') });
    const run = await folder.mae(...args);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(message);
    expect(run.exit).toBe(exit);
  });
});
