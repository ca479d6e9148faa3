import { describe, expect, test } from 'vitest';
import { recognise } from '../../../../server/src/exchange/onnx/recognise/recognise.ts';
import { readDesign } from '../../../../server/src/language/design.ts';
import {
  backbonesIn,
  convolutionsIn,
  convolutionsOf,
  exampleOf,
  fixture,
  inspected,
  known,
  linesOf,
  sorted,
} from './recognising.ts';

const BOTH = ['folded', 'unfolded'] as const;
const OTHERS = ['dynamic', 'identity', 'noparams', 'opset9_ir3', 'train'] as const;

/** Where the file has the convolutions of parallel branches in another order than the text. */
const BRANCHES_FIRST = /^(recognised\/)?regnet/;

/** Models of which the text says every convolution there is, with the example that it equals. */
const EXACT: readonly (readonly [file: string, example?: string])[] = [
  ...BOTH.flatMap((kind) => [
    [`resnet18.${kind}`, 'resnet18'] as const,
    [`resnet34.${kind}`] as const,
    [`resnet50.${kind}`, 'resnet50'] as const,
    [`regnet_y_400mf.${kind}`] as const,
    [`mobilenet_v2.${kind}`, 'mobilenetv2'] as const,
    [`mobilenet_v3_large.${kind}`] as const,
    [`shufflenet_v2_x1_0.${kind}`, 'shufflenetv2'] as const,
    [`vgg16_bn.${kind}`] as const,
  ]),
  ...OTHERS.map((kind) => [`resnet18.${kind}`, 'resnet18'] as const),
  ['recognised/resnext50_32x4d.folded', 'resnext50'],
  ['recognised/regnet_x_400mf.folded', 'regnetx_400mf'],
  ['recognised/efficientnet_b0.folded', 'efficientnet_b0'],
];

describe.each(EXACT.map(([file, example]) => ({ file, example })))('$file', ({ file, example }) => {
  const inspection = inspected(fixture(`${file}.onnx`));
  const { exact, mae, differences, backbone } = known(recognise(inspection.network, 'net'));

  test('is recognised exactly: its convolutions are those of the text', () => {
    expect({ exact, differences }).toEqual({ exact: true, differences: [] });
    const [own, theirs] = [convolutionsOf(mae), convolutionsIn(inspection)];
    if (BRANCHES_FIRST.test(file)) expect(sorted(own)).toEqual(sorted(theirs));
    else expect(own).toEqual(theirs);
  });

  test('is a text without problems, with the height and width of the model', () => {
    expect(readDesign(mae).problems).toEqual([]);
    expect(backbone.input).toEqual({ channels: 3, height: 224, width: 224 });
  });

  if (example === undefined) return;
  test('reads as its example', () => {
    const written = linesOf(backbone);
    // MobileNetV2's activation is ReLU6, which the example leaves out.
    const same = example === 'mobilenetv2' ? written.replaceAll(', act: relu6', '') : written;
    expect(same).toBe(linesOf(exampleOf(example)));
  });
});

const linesIn = (file: string): string[] =>
  known(recognise(inspected(fixture(`${file}.onnx`)).network, 'net'))
    .mae.split('\n')
    .map((line) => line.trim().replace(/ +/g, ' '));

describe('texts as a person would write them', () => {
  test.each(BOTH)('the detector’s backbone without what stands behind it, %s', (kind) => {
    const { network } = inspected(fixture(`retinanet_r50_fpn.${kind}.onnx`));
    const { exact, backbone, notes } = known(recognise(network, 'net'));
    expect(exact).toBe(true);
    expect(linesOf(backbone)).toBe(linesOf(exampleOf('resnet50')));
    expect(notes).toEqual(['Left out is what stands behind its last feature map: 8 Conv, 2 Resize, 2 Add, Relu.']);
  });

  test('squeezes with their widths, and activations that change on the way', () => {
    expect(linesIn('mobilenet_v3_large.unfolded')).toEqual([
      '// Left out is what stands behind its last feature map: GlobalAveragePool, Flatten, 2 Gemm, HardSwish.',
      '// Activations that blocks have otherwise: none where the text has relu behind 6 layers; relu where the text has silu behind 8 layers; none where the text has hardswish behind 9 layers.',
      'backbone net {',
      'input 3 x 224 x 224',
      '',
      'stem conv(out: 16, k: 3, s: 2, act: hardswish)',
      '+ inverted(out: 16, k: 3, s: 1) x 1',
      'stage C2 inverted(out: 24, btn: 64, k: 3, s: 2) x 1',
      '+ inverted(out: 24, btn: 72, k: 3, s: 1) x 1',
      'stage C3 inverted(out: 40, btn: 72, k: 5, s: 2, squeeze: 24) x 1',
      '+ inverted(out: 40, btn: 120, k: 5, s: 1, squeeze: 32) x 2',
      'stage C4 inverted(out: 80, btn: 240, k: 3, s: 2, act: hardswish) x 1',
      '+ inverted(out: 80, btn: 200, k: 3, s: 1, act: hardswish) x 1',
      '+ inverted(out: 80, btn: 184, k: 3, s: 1, act: hardswish) x 2',
      '+ inverted(out: 112, btn: 480, k: 3, s: 1, squeeze: 120, act: hardswish) x 1',
      '+ inverted(out: 112, btn: 672, k: 3, s: 1, squeeze: 168, act: hardswish) x 1',
      'stage C5 inverted(out: 160, btn: 672, k: 5, s: 2, squeeze: 168, act: hardswish) x 1',
      '+ inverted(out: 160, btn: 960, k: 5, s: 1, squeeze: 240, act: hardswish) x 2',
      '+ conv(out: 960, k: 1, s: 1, act: hardswish)',
      '}',
      '',
    ]);
  });

  test('the groups of RegNet, whose squeeze is a quarter of what a block reads', () => {
    const lines = linesIn('regnet_y_400mf.folded').filter((line) => line.includes('bottleneck'));
    expect(lines.slice(0, 3)).toEqual([
      'stage C2 bottleneck(out: 48, btn: 48, k: 3, s: 2, shortcut: conv, project: needed, groups: 6, squeeze: 8) x 1',
      'stage C3 bottleneck(out: 104, btn: 104, k: 3, s: 2, shortcut: conv, project: needed, groups: 13, squeeze: 12) x 1',
      '+ bottleneck(out: 104, btn: 104, k: 3, s: 1, shortcut: conv, project: needed, groups: 13, squeeze: 26) x 2',
    ]);
  });

  test('runs of equal convolutions, and windows that the language has not', () => {
    const lines = linesIn('vgg16_bn.folded');
    expect(lines).toContain('// 5 max-poolings of an even window are written with the next odd one.');
    expect(lines).toContain('stem conv(out: 64, k: 3, s: 1) x 2');
    expect(lines).toContain('stage C6 maxpool(k: 3, s: 2)');
  });
});

describe('what blocks do not say', () => {
  test.each(BOTH)('DenseNet is a graph whose average-poolings are others, %s', (kind) => {
    const { network } = inspected(fixture(`densenet121.${kind}.onnx`));
    const { exact, differences, backbone } = known(recognise(network, 'net'));
    expect(exact).toBe(false);
    expect(differences).toEqual([
      'c3_1 maxpool(k: 3, s: 2): it is an average-pooling 2×2 there',
      'c4_1 maxpool(k: 3, s: 2): it is an average-pooling 2×2 there',
      'c5_1 maxpool(k: 3, s: 2): it is an average-pooling 2×2 there',
    ]);
    expect(backbone.wiring?.nodes.some(({ join, reads }) => join === 'concat' && reads.length > 20)).toBe(true);
  });

  test.each(BOTH)('SqueezeNet has no padding, and so other sizes, %s', (kind) => {
    const inspection = inspected(fixture(`squeezenet1_0.${kind}.onnx`));
    const { exact, differences, mae } = known(recognise(inspection.network, 'net'));
    expect(exact).toBe(false);
    expect(differences[0]).toBe(
      'stem conv(out: 96, k: 7, s: 2): its padding is not (k − 1) / 2, so that its output has another size',
    );
    const channels = (all: readonly (readonly number[])[]) => all.map((conv) => conv.slice(0, 6));
    expect(channels(convolutionsOf(mae))).toEqual(channels(convolutionsIn(inspection)));
  });

  test('MobileNetV3 adds nothing where the resolution halves', () => {
    const inspection = inspected(fixture('recognised/mobilenet_v3_small.folded.onnx'));
    const { exact, differences, mae } = known(recognise(inspection.network, 'net'));
    expect(exact).toBe(false);
    expect(differences).toEqual([
      'C2 inverted(out: 16, k: 3, s: 2, squeeze: 8): it adds its input to its output, which the model does not do there',
    ]);
    expect(mae).toContain(`// ${differences[0] ?? ''}\n`);
    expect(backbonesIn(mae)).toHaveLength(1);
    expect(convolutionsOf(mae)).toEqual(convolutionsIn(inspection));
  });
});
