import { describe, expect, test } from 'vitest';
import { EXAMPLES, Folder, type Run } from './mae.ts';
import { DETECTOR, SEARCHED } from './small-detector.ts';

interface Counts {
  readonly name: string;
  readonly macs: number;
  readonly thop: number;
  readonly mmcv: number;
}
interface Detector extends Counts {
  readonly from?: string;
  readonly backbone: string;
  readonly input: readonly number[];
  readonly classes: number;
  readonly params: { readonly conv: number; readonly total: number };
  readonly memoryBytes: number;
  readonly parts: readonly (Counts & { readonly params: number })[];
}
const detectorsOf = ({ stdout }: Run): readonly Detector[] =>
  (JSON.parse(stdout) as { detectors: readonly Detector[] }).detectors;

const example = (name: string): string => `${EXAMPLES}detectors/${name}.mae`;
const text = (detector: string): string => DETECTOR.slice(0, DETECTOR.indexOf('detector')) + detector;

describe('mae score --json of detectors', () => {
  test('has the shape of the contract, with the published numbers; the parts add up', async () => {
    const run = await new Folder().mae('score', example('gflv2_maedet_m'), '--json');
    expect(run).toMatchObject({ exit: 0, stderr: '' });
    const counts = { macs: expect.any(Number), thop: expect.any(Number), mmcv: expect.any(Number) };
    const parts = ['backbone', 'fpn', 'gfl'].map((name) => ({ name, ...counts, params: expect.any(Number) }));
    const [detector, ...others] = detectorsOf(run);
    expect(detector).toEqual({
      name: 'gflv2_maedet_m',
      backbone: 'maedet_m',
      input: [3, 800, 1280],
      classes: 80,
      ...counts,
      mmcv: 215_168_376_570,
      params: { conv: expect.any(Number), total: 34_933_098 },
      memoryBytes: 147_456_000,
      parts,
      budgets: [],
    });
    expect(others).toEqual([]);
    const sum = (of: (part: Detector['parts'][number]) => number): number =>
      detector?.parts.reduce((all, part) => all + of(part), 0) ?? 0;
    expect([sum((p) => p.macs), sum((p) => p.thop), sum((p) => p.mmcv), sum((p) => p.params)]).toEqual([
      detector?.macs,
      detector?.thop,
      detector?.mmcv,
      detector?.params.total,
    ]);
  });

  test('every count is a whole number, heads in the order of the text', async () => {
    const [detector] = detectorsOf(await new Folder().mae('score', example('mask_rcnn_r50'), '--json'));
    expect(detector?.parts.map(({ name }) => name)).toEqual(['backbone', 'fpn', 'rpn', 'box', 'mask']);
    for (const part of detector?.parts ?? [])
      expect([part.macs, part.thop, part.mmcv, part.params].every(Number.isInteger), part.name).toBe(true);
  });

  test('--at is for detectors too, whatever their own input', async () => {
    const folder = new Folder({ 'a.mae': DETECTOR });
    const [own] = detectorsOf(await folder.mae('score', 'a.mae', '--json'));
    const [at] = detectorsOf(await folder.mae('score', 'a.mae', '--json', '--at', '160x160'));
    const small = text('detector whole { classes 20  neck fpn(out: 64)  head gfl(width: 64, convs: 2) }\n');
    const [written] = detectorsOf(await new Folder({ 'a.mae': small }).mae('score', 'a.mae', '--json'));
    expect(own?.input).toEqual([3, 320, 320]);
    expect(at?.input).toEqual([3, 160, 160]);
    expect(at).toEqual(written);
  });

  test('what can be read is scored beside a detector that cannot', async () => {
    const folder = new Folder({ 'a.mae': `${DETECTOR}detector other { neck fpn()  head gffl() }\n` });
    const run = await folder.mae('score', 'a.mae', '--json');
    expect(detectorsOf(run).map(({ name }) => name)).toEqual(['whole']);
    expect(run.stderr).toMatch(/a\.mae:18:\d+: error\[/);
    expect(run.exit).toBe(1);
  });
});

describe('mae score of detectors for people', () => {
  test('a row for each part by every convention, the whole, and what the conventions are', async () => {
    const { exit, stdout } = await new Folder().mae('score', example('retinanet_r50'));
    expect(exit).toBe(0);
    expect(stdout).toContain(
      'retinanet_r50 on resnet50, input 3 × 800 × 1280 (channels × height × width), 80 classes\n',
    );
    expect(stdout).toMatch(/^ {2}part +macs +thop +mmcv +params +of macs$/m);
    expect(stdout).toMatch(/^ {2}backbone +83\.41 G +83\.86 G +84\.08 G +23\.51 M +35 %$/m);
    expect(stdout).toMatch(/^ {2}all +238\.5 G +239\.1 G +239\.3 G +37\.97 M +100 %$/m);
    expect(stdout).toContain('levels P3 256×100×160, P4 256×50×80, P5 256×25×40, P6 256×13×20, P7 256×7×10');
    expect(stdout).toMatch(/^detectors +macs of convolutions and linear layers/m);
  });

  test('its share of each limit, but at another size', async () => {
    const folder = new Folder({ 'a.mae': SEARCHED.replace('macs ', 'mmcv ') });
    const { stdout } = await folder.mae('score', 'a.mae');
    expect(stdout).toMatch(/^ {2}part .* of mmcv$/m);
    expect(stdout).toContain('budget 539.9 M mmcv is 54 % of phone (1 G); 424.1 k params is 42 % of phone (1 M);');
    expect((await folder.mae('score', 'a.mae', '--at', '64x64')).stdout).not.toContain('of phone');
  });

  test('without one nothing is said of detectors', async () => {
    expect((await new Folder({ 'a.mae': text('') }).mae('score', 'a.mae')).stdout).not.toContain('detector');
  });
});

describe('mae check', () => {
  test('a detector over its budget, at the part that costs most', async () => {
    const folder = new Folder({ 'a.mae': SEARCHED.replace('<= 1G', '<= 100M') });
    const { exit, stdout } = await folder.mae('check', 'a.mae');
    expect(stdout).toMatch(
      /^a\.mae:16:3: error\[budget-exceeded\]: whole exceeds budget phone by 434 %: 534\.3 M macs, at most 100 M macs\. Most of it is the gfl: 425\.7 M macs\.$/m,
    );
    expect(exit).toBe(1);
    expect((await new Folder({ 'a.mae': SEARCHED }).mae('check', 'a.mae')).exit).toBe(0);
  });
});

describe('mae compare of detectors', () => {
  test('published ones by name, part by part, with the difference to the first', async () => {
    const { exit, stdout } = await new Folder().mae('compare', 'RetinaNet-R50', 'gflv2_maedet_m');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/retinanet_r50 +gflv2_maedet_m\n/);
    expect(stdout).toMatch(/^backbone +is +resnet50 +maedet_m$/m);
    expect(stdout).toMatch(/^heads +is +retina +gfl\n +macs +137\.8 G +107\.9 G \(−22 %\)$/m);
    expect(stdout).toMatch(/^all +macs +238\.5 G +214\.1 G \(−10 %\)\n +thop .*\n +mmcv +239\.3 G +215\.2 G/m);
    expect(stdout).not.toContain('inputs differ');
  });

  test('files that have some, at one input', async () => {
    const folder = new Folder({ 'a.mae': DETECTOR });
    const files = ['a.mae', example('fcos_r50_voc')];
    const detectors = detectorsOf(await folder.mae('compare', ...files, '--json', '--at', '640x640'));
    expect(detectors.map(({ from, name, input, classes }) => [from, name, input, classes])).toEqual([
      ['a.mae', 'whole', [3, 640, 640], 20],
      [files[1], 'fcos_r50_voc', [3, 640, 640], 20],
    ]);
    // Only a score says what is left of budgets.
    const [scored] = detectorsOf(await folder.mae('score', 'a.mae', '--json', '--at', '640x640'));
    expect({ ...detectors[0], budgets: [] }).toEqual({ from: 'a.mae', ...scored });
  });

  test('beside what has none a file stands for its backbones, and so does FILE#NAME of one', async () => {
    const folder = new Folder({ 'a.mae': DETECTOR });
    for (const args of [
      ['a.mae', 'resnet18'],
      ['a.mae#small', 'a.mae'],
    ]) {
      const { exit, stdout } = await folder.mae('compare', ...args, '--json');
      expect(exit).toBe(0);
      expect((JSON.parse(stdout) as { backbones: readonly unknown[] }).backbones).toHaveLength(2);
    }
  });

  test('a backbone and a detector are not compared', async () => {
    const { exit, stdout, stderr } = await new Folder({ 'a.mae': DETECTOR }).mae('compare', 'a.mae#whole', 'resnet18');
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'error: a.mae#whole is a detector and resnet18 a backbone: compare backbones with each other, small for one, or detectors.\n',
    );
  });
});
