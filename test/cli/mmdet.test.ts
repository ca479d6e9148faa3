import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lower } from '../../server/src/backbone/lower.ts';
import { addCosts, sectionCosts } from '../../server/src/cost/cost.ts';
import type { Detector } from '../../server/src/detector/detector.ts';
import { MMDET } from '../../server/src/exchange/formats/mmdet.ts';
import { snapshotOf } from '../../server/src/features/snapshot.ts';
import { EXAMPLES, Folder } from './mae.ts';
import { pythonWithTorch, runPython, sayWhatIsSkipped } from './python.ts';

sayWhatIsSkipped('reading exports for mmdetection, and running their backbones');

/** What mmdetection publishes, as keys and types: it cannot be run here. */
const STRUCTURE = JSON.parse(readFileSync(new URL('../fixtures/mmdet/structure.json', import.meta.url), 'utf8')) as {
  readonly models: Readonly<Record<string, { readonly keys: Readonly<Record<string, string>> }>>;
};

const example = (file: string): string => readFileSync(`${EXAMPLES}detectors/${file}.mae`, 'utf8');

const RESNET = example('retinanet_r50').split('\ndetector')[0] ?? '';
const with_ = (parts: string): string => `${RESNET}
detector built {
  backbone resnet50
  classes 13
  ${parts}
}
`;

/** Detectors, and the published config whose structure each has; `but` are the values that differ from it on purpose. */
const CASES: readonly {
  readonly title: string;
  readonly text: string;
  readonly like?: string;
  readonly but?: Readonly<Record<string, string>>;
  readonly says: Readonly<Record<string, unknown>>;
}[] = [
  {
    title: 'GFLV2',
    text: example('gflv2_maedet_m'),
    like: 'gfl',
    but: { 'model.bbox_head.type': '= GFLV2Head' },
    says: {
      'backbone.out_indices': [2, 3, 4],
      'neck.in_channels': [512, 1632, 2048],
      'neck.num_outs': 5,
      'bbox_head.anchor_generator.strides': [8, 16, 32, 64, 128],
    },
  },
  {
    title: 'GFLV2 on a graph, without a neck',
    text: example('gflv2_spinenet96'),
    says: {
      'backbone.out_indices': [0, 1, 2, 3, 4],
      'data_preprocessor.pad_size_divisor': 128,
      'bbox_head.in_channels': 256,
      'bbox_head.anchor_generator.strides': [8, 16, 32, 64, 128],
    },
  },
  {
    title: 'RetinaNet',
    text: example('retinanet_r50'),
    like: 'retina',
    says: { 'neck.add_extra_convs': 'on_input', 'bbox_head.anchor_generator.scales_per_octave': 3 },
  },
  {
    title: 'RetinaNet with norms of its own for each level',
    text: example('retinanet_spinenet49'),
    says: { 'bbox_head.type': 'RetinaSepBNHead', 'bbox_head.num_ins': 5 },
  },
  {
    title: 'FCOS',
    text: example('fcos_r50_voc'),
    like: 'fcos',
    says: {
      'bbox_head.num_classes': 20,
      'bbox_head.regress_ranges': [
        [-1, 64],
        [64, 128],
        [128, 256],
        [256, 512],
        [512, 1e8],
      ],
    },
  },
  {
    title: 'YOLOF',
    text: with_('neck dilated(from: C5)\n  head yolof()'),
    like: 'yolof',
    says: {
      'backbone.out_indices': [4],
      'neck.in_channels': 2048,
      'neck.block_dilations': [2, 4, 6, 8],
      'bbox_head.anchor_generator.scales': [1, 2, 4, 8, 16],
      'bbox_head.anchor_generator.strides': [32],
      'bbox_head.num_classes': 13,
    },
  },
  {
    title: 'Faster R-CNN',
    text: with_('neck fpn(from: C2..C5, extra: pool)\n  head rpn()\n  head box()'),
    like: 'faster',
    says: {
      'rpn_head.anchor_generator.scales': [8],
      'rpn_head.anchor_generator.strides': [4, 8, 16, 32, 64],
      'roi_head.bbox_roi_extractor.featmap_strides': [4, 8, 16, 32],
      'roi_head.bbox_head.num_classes': 13,
    },
  },
  {
    title: 'Mask R-CNN',
    text: example('mask_rcnn_r50'),
    like: 'mask',
    but: { 'model.roi_head.bbox_head.type': '= Shared4Conv1FCBBoxHead' },
    says: { 'backbone.out_indices': [1, 2, 3, 4], 'neck.add_extra_convs': false },
  },
  {
    title: 'Cascade R-CNN on a path aggregation',
    text: with_('neck pafpn(from: C2..C5, extra: pool)\n  head rpn()\n  head box(stages: 3, convs: 2, fcs: 1)'),
    says: { type: 'CascadeRCNN', 'neck.type': 'PAFPN', 'roi_head.num_stages': 3 },
  },
];

interface Answer {
  readonly model: Readonly<Record<string, unknown>>;
  readonly _base_: readonly string[];
  readonly outputs: readonly (readonly number[])[];
  readonly params: number;
  readonly frozen: readonly number[];
  readonly normsAtRest: boolean;
  readonly quality: { readonly params: number; readonly shape: readonly number[]; readonly ok: boolean } | null;
}

function detectorOf(text: string): Detector {
  const { detector } = snapshotOf(text).design.detectors[0] ?? {};
  if (detector === undefined) throw new Error(`not a detector: ${text}`);
  return detector;
}

const typeOf = (value: unknown): string =>
  Array.isArray(value)
    ? 'list'
    : typeof value === 'boolean'
      ? 'bool'
      : typeof value === 'string'
        ? 'str'
        : typeof value;

/** Keys of a config with the types of their values; `= X` where a value says what is built. */
function structureOf(config: object, at = 'model'): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, value] of Object.entries(config) as [string, unknown][]) {
    const path = `${at}.${key}`;
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      Object.assign(found, structureOf(value, path));
    else found[path] = key === 'type' && path !== 'model.backbone.type' ? `= ${String(value)}` : typeOf(value);
  }
  return found;
}

const valueAt = (config: object, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => Object(value)[key] as unknown, config);

const folder = mkdtempSync(join(tmpdir(), 'mae-mmdet-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(pythonWithTorch === undefined)(
  'an export for mmdetection has the structure of the published one',
  () => {
    let answers: readonly Answer[] = [];
    beforeAll(() => {
      const asked = CASES.map(({ text }, i) => {
        const detector = detectorOf(text);
        const exported = MMDET.export(
          { backbone: detector.backbone, detector },
          { weights: 'none', seed: 0, file: 'config.py' },
        );
        if (!exported.ok) throw new Error(exported.message);
        const own = mkdtempSync(join(folder, `${i}-`));
        for (const { file, content } of [{ file: 'config.py', content: exported.content }, ...(exported.beside ?? [])])
          writeFileSync(join(own, file), String(content));
        return { folder: own, config: 'config.py', input: [3, 128, 128] };
      });
      answers = runPython(pythonWithTorch ?? '', 'run_mmdet.py', asked) as Answer[];
    }, 300_000);

    test.each(CASES.map((one, i) => [one.title, one, i] as const))('%s', (_, { text, like, but, says }, i) => {
      const detector = detectorOf(text);
      const answer = answers[i];
      if (answer === undefined) throw new Error('there is no answer');
      const published = { ...STRUCTURE.models[like ?? '']?.keys, ...but };
      expect(structureOf(answer.model)).toMatchObject(published);
      for (const [path, value] of Object.entries(says))
        expect([path, valueAt(answer.model, path)]).toEqual([path, value]);
      const network = lower({ ...detector.backbone, input: { channels: 3, height: 128, width: 128 } });
      const indices = valueAt(answer.model, 'backbone.out_indices') as number[];
      const read = indices.map((index) => network.stages[index]);
      expect(answer.outputs).toEqual(read.map((s) => [s?.channels, s?.height, s?.width]));
      const costs = (groups: typeof network.groups) =>
        addCosts(groups.map((g) => sectionCosts(g, network.image))).params;
      expect(answer.params).toBe(costs(network.groups));
      expect(answer.normsAtRest).toBe(true);
      if (detector.backbone.wiring === undefined)
        expect(answer.frozen).toEqual([0, 1, 2].map((n) => costs(network.groups.filter((g) => g.stage <= n + 1))));
      const gflv2 = detector.heads.some(({ kind, values }) => kind === 'gfl' && values['quality'] === 'yes');
      // 1×1 from 4 · (4 + 1) to 64 and to 1, with biases (docs/method.md 5).
      expect(answer.quality).toEqual(gflv2 ? { params: 20 * 64 + 64 + 64 + 1, shape: [2, 80, 5, 7], ok: true } : null);
    });
  },
);

test('of a backbone alone the registered module is printed; of a detector its config stands beside it', async () => {
  const files = new Folder({ 'd.mae': example('gflv2_maedet_m') });
  const alone = await files.mae('export', 'd.mae', '--to', 'mmdet');
  expect(alone).toMatchObject({ exit: 0, stderr: '' });
  expect(alone.stdout).toContain('@MODELS.register_module()\nclass MaedetM(BaseModule):\n');
  const whole = ['export', 'd.mae', '--to', 'mmdet', '--detector', 'gflv2_maedet_m'];
  expect(await files.mae(...whole)).toMatchObject({ exit: 2, stdout: '' });
  expect(await files.mae(...whole, '--out', 'gflv2.py')).toEqual({ exit: 0, stdout: '', stderr: '' });
  expect(files.read('gflv2.py')).toContain("imports=['maedet_m_backbone', 'gflv2_head']");
  expect(files.read('maedet_m_backbone.py')).toBe(alone.stdout);
  expect(files.read('gflv2_head.py')).toContain('class GFLV2Head(GFLHead):');
  expect(await files.mae(...whole, '--out', 'other.py')).toMatchObject({ exit: 3 });
});
