import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { atSize } from '../../server/src/analysis/at-size.ts';
import { exportTinynas } from '../../server/src/exchange/formats/tinynas.ts';
import { runnables } from '../../server/src/features/search-targets.ts';
import { snapshotOf } from '../../server/src/features/snapshot.ts';
import { format } from '../../server/src/language/format.ts';
import { violations } from '../../server/src/space/constraints.ts';
import { PRESETS } from '../../server/src/space/presets.ts';
import { structureCases } from '../golden/structures.ts';

const folder = new URL('../../examples/', import.meta.url);
const filesOf = (place: URL): string[] => readdirSync(place).filter((file) => file.endsWith('.mae'));
const examples = filesOf(folder);
const detectors = filesOf(new URL('detectors/', folder));
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

/** The only backbone of an example with its numbers. */
function analysisOf(file: string) {
  const [backbone] = snapshotOf(textOf(file)).backbones;
  if (backbone?.analysis === undefined) throw new Error(`${file} has no backbone that can be analysed`);
  return backbone.analysis;
}

describe.each([...examples, ...detectors.map((file) => `detectors/${file}`)])('%s', (file) => {
  test('opens without any diagnostic', () => {
    expect(snapshotOf(textOf(file)).problems).toEqual([]);
  });

  test('is formatted', () => {
    expect(format(textOf(file))).toBe(textOf(file));
  });
});

test('the examples are those that the README speaks of', () => {
  expect(examples.sort()).toEqual([
    'damoyolo_space.mae',
    'detnas_3_8g.mae',
    'efficientnet_b0.mae',
    'first_search.mae',
    'laptop_search.mae',
    'maedet_l.mae',
    'maedet_m.mae',
    'maedet_s.mae',
    'mobilenetv2.mae',
    'own_space.mae',
    'r50_search.mae',
    'regnetx_400mf.mae',
    'resnet101.mae',
    'resnet18.mae',
    'resnet50.mae',
    'resnext50.mae',
    'shufflenetv2.mae',
    'spinenet49.mae',
    'spinenet96.mae',
  ]);
});

test('a detector of each published total, under the name of its file, on a backbone that is an example itself', () => {
  expect(detectors.map((file) => file.replace('.mae', '')).sort()).toEqual([
    'fcos_r50_cityscapes',
    'fcos_r50_voc',
    'gflv2_detnas',
    'gflv2_maedet_m',
    'gflv2_spinenet96',
    'mask_rcnn_r50',
    'retinanet_r50',
    'retinanet_spinenet49',
    'retinanet_spinenet96',
    'scnet_r50',
  ]);
  for (const file of detectors) {
    const snapshot = snapshotOf(textOf(`detectors/${file}`));
    expect(snapshot.detectors.map(({ source }) => `${source.name}.mae`)).toEqual([file]);
    const [own] = snapshot.backbones;
    expect(snapshot.backbones).toHaveLength(1);
    expect(own?.source.backbone, file).toEqual(analysisOf(`${own?.source.name}.mae`).backbone);
  }
});

describe('published figures', () => {
  test.each([
    ['maedet_s.mae', 'MAE-DET-S', 48.68],
    ['maedet_m.mae', 'MAE-DET-M', 89.89],
    ['maedet_l.mae', 'MAE-DET-L', 152.87],
  ])('%s is the network of the paper, with its thop at 1280×800', (file, name, thop) => {
    const { backbone, costs } = analysisOf(file);
    const golden = structureCases.find((c) => c.name === name);
    expect(costs.thop / 1e9).toBeCloseTo(thop, 2);
    expect(costs.params).toBe(golden?.conv_bn_params);
    const exported = exportTinynas(backbone);
    const blocks: unknown = JSON.parse(exported.ok ? String(exported.content).replaceAll("'", '"') : '[]');
    expect(blocks).toEqual(golden?.structure_info);
  });

  test.each([
    ['resnet18.mae', 1.81, 11.18, 17],
    ['resnet50.mae', 83.41, 23.51, 49],
    ['resnet101.mae', 159.17, 42.5, 100],
    // Without the classifier: torchvision's 3.50 M less its 1.281 M.
    ['mobilenetv2.mae', 0.3, 2.22, 52],
  ])('%s: %d G macs, %d M params, %d layers', (file, macs, params, layers) => {
    const { costs } = analysisOf(file);
    expect(costs.macs / 1e9).toBeCloseTo(macs, 2);
    expect(costs.params / 1e6).toBeCloseTo(params, 2);
    expect(costs.layers).toBe(layers);
  });
});

describe('networks of others, without their classifiers', () => {
  // DetNAS: the figures of its paper's network in mmdetection; the rest: torchvision's modules, counted.
  test.each([
    ['detnas_3_8g.mae', 80.36e9, 26.72e6, 2],
    ['resnext50.mae', 4_228_431_872, 25_028_904 - 2_049_000, 0],
    ['regnetx_400mf.mae', 413_412_608, 5_495_976 - 401_000, 0],
    ['shufflenetv2.mae', 143_883_992, 1_253_604, 0],
  ])('%s: %d macs, %d params', (file, macs, params, decimals) => {
    const { costs } = analysisOf(file);
    const scale = decimals === 0 ? [1, 1] : [1e9, 1e6];
    expect(costs.macs / (scale[0] ?? 1)).toBeCloseTo(macs / (scale[0] ?? 1), decimals);
    expect(costs.params / (scale[1] ?? 1)).toBeCloseTo(params / (scale[1] ?? 1), decimals);
  });

  test.each([
    ['spinenet49.mae', 70.71, 21.83],
    ['spinenet96.mae', 116.36, 36.26],
  ])('%s: %d G macs and %d M params at 1280×800, output by output', (file, macs, params) => {
    const { costs, stages } = atSize(analysisOf(file), { height: 800, width: 1280 });
    expect(costs.macs / 1e9).toBeCloseTo(macs, 2);
    expect(costs.params / 1e6).toBeCloseTo(params, 2);
    expect(stages.map(({ lowered }) => [lowered.name, lowered.channels, lowered.height, lowered.width])).toEqual([
      ['P3', 256, 100, 160],
      ['P4', 256, 50, 80],
      ['P5', 256, 25, 40],
      ['P6', 256, 13, 20],
      ['P7', 256, 7, 10],
    ]);
    expect(stages.reduce((sum, stage) => sum + stage.costs.macs, 0)).toBe(costs.macs);
  });

  test('efficientnet_b0.mae: the convolutions are torchvision’s; squeeze-and-excitation has BatchNorm instead of biases', () => {
    const { costs } = analysisOf('efficientnet_b0.mae');
    const [biases, norms] = [9_340, 42_016];
    expect(costs.weights).toBe(5_288_548 - 1_281_000 - biases - norms);
    expect(costs.macs).toBe(384_534_752);
  });
});

test('ResNet-18 has the very counts of torchvision, but for the classifier', () => {
  const { costs } = analysisOf('resnet18.mae');
  expect(costs.macs).toBe(1_814_073_344 - 512_000);
  expect(costs.params).toBe(11_689_512 - 513_000);
});

test.each(['first_search.mae', 'r50_search.mae', 'laptop_search.mae', 'own_space.mae', 'damoyolo_space.mae'])(
  '%s has one search to run',
  (file) => {
    expect(runnables(snapshotOf(textOf(file))).map((runnable) => runnable.kind)).toEqual(['search']);
  },
);

test('what a newcomer begins with is searched where trained networks vouch for the score, and lies there', () => {
  const snapshot = snapshotOf(textOf('first_search.mae'));
  expect(snapshot.design.searches.map(({ values }) => values.space)).toEqual(['sound']);
  const backbone = snapshot.design.backbones[0]?.backbone;
  expect(backbone && violations(backbone, PRESETS.sound)).toEqual([]);
});
