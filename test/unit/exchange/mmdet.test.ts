import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ExportOutcome } from '../../../server/src/exchange/export-format.ts';
import { MMDET } from '../../../server/src/exchange/formats/mmdet.ts';
import { fileName } from '../../../server/src/exchange/pytorch/names.ts';
import { snapshotOf } from '../../../server/src/features/snapshot.ts';

const TINY = `backbone class {
  input 3 x 64 x 64

  stem     conv(out: 8, k: 3, s: 2)
  stage C2 k1kx(out: 16, btn: 8, k: 3, s: 2) x 2
  stage C3 k1kx(out: 32, btn: 8, k: 3, s: 2) x 2
         + conv(out: 32, k: 1, s: 1)
  stage C4 k1kx(out: 48, btn: 8, k: 3, s: 2) x 2
  stage C5 k1kx(out: 64, btn: 8, k: 3, s: 2) x 2
}
`;

/** What a detector with these parts becomes. */
function exported(parts: string, file = 'detector.py'): ExportOutcome {
  const text = `${TINY}\ndetector built {\n  backbone class\n  classes 80\n  ${parts}\n}\n`;
  const { detector } = snapshotOf(text).design.detectors[0] ?? {};
  if (detector === undefined) throw new Error(`not a detector: ${parts}`);
  return MMDET.export({ backbone: detector.backbone, detector }, { weights: 'none', seed: 0, file });
}

test('what is written for a small detector', async () => {
  const outcome = exported('neck fpn(from: C3..C5)\n  head gfl()');
  if (!outcome.ok) throw new Error(outcome.message);
  await expect(outcome.content).toMatchFileSnapshot('../../fixtures/mmdet/gflv2.py');
  expect(outcome.beside?.map(({ file }) => file)).toEqual(['class_backbone.py', 'gflv2_head.py']);
  await expect(outcome.beside?.[0]?.content).toMatchFileSnapshot('../../fixtures/mmdet/class_backbone.py');
});

test('a file beside a config never has its name', () => {
  const outcome = exported('neck fpn()\n  head gfl()', 'GFLV2_head.py');
  expect(outcome.ok && outcome.beside?.map(({ file }) => file)).toEqual(['class_backbone.py', 'gflv2_head_module.py']);
  expect(outcome.ok && outcome.content).toContain("imports=['class_backbone', 'gflv2_head_module']");
});

test.each([
  ['maedet_s', 'maedet_s_backbone'],
  ['MAE-DET-S', 'MAE_DET_S_backbone'],
  ['réseau', 're_seau_backbone'],
  ['骨干', 'backbone'],
  ['_1', 'backbone_1'],
])('the module of %s', (name, expected) => {
  expect(fileName(name, 'backbone', 'config.py')).toBe(expected);
});

const SCNET = new URL('../../../examples/detectors/scnet_r50.mae', import.meta.url);

describe('what mmdetection has no counterpart for is said', () => {
  test.each([
    ['neck bifpn()\n  head fcos()', 'mmdetection has no neck bifpn. It has fpn, pafpn and dilated.'],
    [
      'neck fpn()\n  head decoupled()',
      'There is no config of mmdetection for the head decoupled here. There is one for gfl, fcos, retina and yolof.',
    ],
    [
      'neck fpn()\n  head fcos(norm: separate)',
      'mmdetection has BatchNorm of its own for each level in retina alone. Write norm: bn or gn for fcos.',
    ],
    [
      'neck fpn()\n  head fcos()\n  head gfl()',
      'mmdetection has no detector of the heads fcos, gfl. It has one head of one stage, or rpn with box, or rpn with box and mask.',
    ],
    [
      'neck fpn()\n  head box()',
      'mmdetection has no detector of the heads box. It has one head of one stage, or rpn with box, or rpn with box and mask.',
    ],
  ])('%j', (parts, message) => {
    expect(exported(parts)).toEqual({ ok: false, message });
  });

  test('a cascade with masks', () => {
    const { detector } = snapshotOf(readFileSync(SCNET, 'utf8')).design.detectors[0] ?? {};
    if (detector === undefined) throw new Error('not a detector');
    const outcome = MMDET.export({ backbone: detector.backbone, detector }, { weights: 'none', seed: 0, file: 'a.py' });
    expect(outcome.ok ? '' : outcome.message).toMatch(
      /^mmdetection’s cascades with masks .* write stages: 1 and times: 1/,
    );
  });
});
