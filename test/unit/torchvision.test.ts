import { describe, expect, test } from 'vitest';
import { snapshotOf } from '../../server/src/features/snapshot.ts';

/**
 * torchvision's classification networks without their classifiers, as this language says them: multiply–accumulates and
 * weights of all convolutions at 224×224 are those that were counted from the real modules.
 */
const net = (lines: readonly string[]): string => `backbone net {\n  input 3 x 224 x 224\n  ${lines.join('\n  ')}\n}\n`;

/** A ResNet of basic blocks; the first of a stage other than C2 halves the resolution. */
const resnet = (depths: readonly number[]): string =>
  net([
    'stem conv(out: 64, k: 7, s: 2)',
    ...depths.map((depth, i) => {
      const width = 64 * 2 ** i;
      const blocks = `basic(out: ${width}, btn: ${width}, k: 3, s: ${i === 0 ? 1 : 2}, shortcut: conv, strided: first) x ${depth}`;
      return `stage C${i + 2} ${i === 0 ? 'maxpool(k: 3, s: 2) + ' : ''}${blocks}`;
    }),
  ]);

const resnet50 = net([
  'stem conv(out: 64, k: 7, s: 2)',
  ...[3, 4, 6, 3].map((depth, i) => {
    const width = 64 * 2 ** i;
    const blocks = `bottleneck(out: ${4 * width}, btn: ${width}, k: 3, s: ${i === 0 ? 1 : 2}, shortcut: conv) x ${depth}`;
    return `stage C${i + 2} ${i === 0 ? 'maxpool(k: 3, s: 2) + ' : ''}${blocks}`;
  }),
]);

/** Rows of a table of inverted residuals: kernel, expanded width, output, hidden width of squeeze-and-excitation, stride. */
type Inverted = readonly [k: number, btn: number, out: number, squeeze: number, s: number];

function inverted(stem: string, rows: readonly Inverted[], end: string): string {
  let stage = 1;
  const lines = [stem];
  for (const [k, btn, out, squeeze, s] of rows) {
    const words = [`out: ${out}`, ...(btn > 0 ? [`btn: ${btn}`] : []), `k: ${k}`, `s: ${s}`];
    const block = `inverted(${[...words, ...(squeeze > 0 ? [`squeeze: ${squeeze}`] : [])].join(', ')})`;
    if (s === 2) stage += 1;
    lines.push(s === 2 ? `stage C${stage} ${block}` : `+ ${block}`);
  }
  return net([...lines, end]);
}

const mobilenetV2 = inverted(
  'stem conv(out: 32, k: 3, s: 2)',
  (
    [
      [1, 16, 1, 1],
      [6, 24, 2, 2],
      [6, 32, 3, 2],
      [6, 64, 4, 2],
      [6, 96, 3, 1],
      [6, 160, 3, 2],
      [6, 320, 1, 1],
    ] as const
  ).reduce<{ rows: Inverted[]; reads: number }>(
    ({ rows, reads }, [factor, out, repeats, s]) => {
      const own = Array.from({ length: repeats }, (_, i): Inverted => {
        const expanded = factor === 1 ? 0 : factor * (i === 0 ? reads : out);
        return [3, expanded, out, 0, i === 0 ? s : 1];
      });
      return { rows: [...rows, ...own], reads: out };
    },
    { rows: [], reads: 32 },
  ).rows,
  '+ conv(out: 1280, k: 1, s: 1)',
);

const mobilenetV3 = inverted(
  'stem conv(out: 16, k: 3, s: 2, act: hardswish)',
  [
    [3, 0, 16, 0, 1],
    [3, 64, 24, 0, 2],
    [3, 72, 24, 0, 1],
    [5, 72, 40, 24, 2],
    [5, 120, 40, 32, 1],
    [5, 120, 40, 32, 1],
    [3, 240, 80, 0, 2],
    [3, 200, 80, 0, 1],
    [3, 184, 80, 0, 1],
    [3, 184, 80, 0, 1],
    [3, 480, 112, 120, 1],
    [3, 672, 112, 168, 1],
    [5, 672, 160, 168, 2],
    [5, 960, 160, 240, 1],
    [5, 960, 160, 240, 1],
  ],
  '+ conv(out: 960, k: 1, s: 1, act: hardswish)',
);

const shufflenetV2 = net([
  'stem conv(out: 24, k: 3, s: 2)',
  'stage C2 maxpool(k: 3, s: 2)',
  'stage C3 shuffle(out: 116, k: 3, s: 2, halves: yes) x 4',
  'stage C4 shuffle(out: 232, k: 3, s: 2, halves: yes) x 8',
  'stage C5 shuffle(out: 464, k: 3, s: 2, halves: yes) x 4',
  '+ conv(out: 1024, k: 1, s: 1)',
]);

/** Groups of 8 channels; what is squeezed has a quarter of the block's input. */
const regnetY = net([
  'stem conv(out: 32, k: 3, s: 2)',
  ...[48, 104, 208, 440].flatMap((width, i) => {
    const reads = [32, 48, 104, 208][i] ?? 0;
    const more = ([1, 3, 6, 6][i] ?? 1) - 1;
    const block = (s: number, from: number): string =>
      `bottleneck(out: ${width}, btn: ${width}, k: 3, s: ${s}, shortcut: conv, project: needed, groups: ${width / 8}, squeeze: ${from / 4})`;
    const rest = more === 0 ? '' : ` + ${block(1, width)} x ${more}`;
    return [`stage C${i + 2} ${block(2, reads)} x 1${rest}`];
  }),
]);

const vgg16 = net([
  'stem conv(out: 64, k: 3, s: 1) + conv(out: 64, k: 3, s: 1)',
  ...[
    [128, 2],
    [256, 3],
    [512, 3],
    [512, 3],
  ].map(
    ([width = 0, convs = 0], i) =>
      `stage C${i + 2} maxpool(k: 3, s: 2)${` + conv(out: ${width}, k: 3, s: 1)`.repeat(convs)}`,
  ),
]);

describe('the convolutions of torchvision’s networks', () => {
  test.each([
    ['resnet18', resnet([2, 2, 2, 2]), 1_813_561_344, 11_166_912],
    ['resnet34', resnet([3, 4, 6, 3]), 3_663_249_408, 21_267_648],
    ['resnet50', resnet50, 4_087_136_256, 23_454_912],
    ['mobilenet_v2', mobilenetV2, 299_494_272, 2_189_760],
    ['mobilenet_v3_large', mobilenetV3, 214_080_960, 2_942_472],
    ['shufflenet_v2_x1_0', shufflenetV2, 143_883_992, 1_237_424],
    ['regnet_y_400mf', regnetY, 401_402_848, 3_870_784],
    ['vgg16_bn', vgg16, 15_346_630_656, 14_710_464],
  ])('%s', (_, text, macs, weights) => {
    const { backbones, problems } = snapshotOf(text);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const costs = backbones[0]?.analysis?.costs;
    expect([costs?.macs, costs?.weights]).toEqual([macs, weights]);
  });
});

/** DenseNet-121: every layer reads what all before it in its block gave, side by side. */
function densenet(): string {
  const lines = ['stem conv(out: 64, k: 7, s: 2) + maxpool(k: 3, s: 2)'];
  let reads = ['stem'];
  const source = (): string => (reads.length === 1 ? (reads[0] ?? '') : `concat(${reads.join(', ')})`);
  let channels = 64;
  [6, 12, 24, 16].forEach((layers, block) => {
    for (let i = 0; i < layers; i++) {
      const name = `d${block}_${i}`;
      lines.push(`node ${name}a conv(out: 128, k: 1, s: 1) from ${source()}`);
      lines.push(`node ${name} conv(out: 32, k: 3, s: 1) from ${name}a`);
      reads = [...reads, name];
      channels += 32;
    }
    if (block === 3) return;
    channels /= 2;
    lines.push(`node t${block} conv(out: ${channels}, k: 1, s: 1) from ${source()}`);
    lines.push(`node u${block} maxpool(k: 3, s: 2) from t${block}`);
    reads = [`u${block}`];
  });
  return net([...lines, `output C5: ${reads.at(-1)}`, 'entropy C5: 1']);
}

/** RetinaNet's backbone and pyramid: what the pyramid adds to one another has no convolution. */
const retinanet = net([
  'stem conv(out: 64, k: 7, s: 2) + maxpool(k: 3, s: 2)',
  ...[3, 4, 6, 3].map((depth, i) => {
    const width = 64 * 2 ** i;
    const from = i === 0 ? 'stem' : `c${i + 1}`;
    return `node c${i + 2} bottleneck(out: ${4 * width}, btn: ${width}, k: 3, s: ${i === 0 ? 1 : 2}, shortcut: conv) x ${depth} from ${from}`;
  }),
  ...[3, 4, 5].map((level) => `node l${level} conv(out: 256, k: 1, s: 1) from c${level}`),
  ...[3, 4, 5].map((level) => `node p${level} conv(out: 256, k: 3, s: 1) from l${level}`),
  'node p6 conv(out: 256, k: 3, s: 2) from p5',
  'node p7 conv(out: 256, k: 3, s: 2) from p6',
  'output P3: p3, P4: p4, P5: p5, P6: p6, P7: p7',
  'entropy P3: 1',
]);

describe('and of graphs', () => {
  test.each([
    ['densenet121', densenet(), 2_833_137_664, 6_870_208],
    ['retinanet_r50_fpn', retinanet, 4_885_692_416, 27_321_536],
  ])('%s', (_, text, macs, weights) => {
    const { backbones, problems } = snapshotOf(text);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const costs = backbones[0]?.analysis?.costs;
    expect([costs?.macs, costs?.weights]).toEqual([macs, weights]);
  });
});
