import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { snapshotOf } from '../../server/src/features/snapshot.ts';

const FOLDER = new URL('../../examples/detectors/', import.meta.url);

/** A count with as many digits as the printed one has, in its unit. */
function asPrinted(count: number, printed: string): string {
  const [amount = '', unit = ''] = printed.split(' ');
  const digits = amount.split('.')[1]?.length ?? 0;
  return `${(count / (unit === 'G' ? 1e9 : 1e6)).toFixed(digits)} ${unit}`;
}

/** Published totals (docs/method.md 5): what was printed, by which convention it is counted, and that count in G and M. */
test.each([
  ['retinanet_r50', 'mmcv', '239.32 G', 239.3165, '37.97 M', 37.9687],
  ['gflv2_maedet_m', 'mmcv', '215 G', 215.1684, '34.9 M', 34.9331],
  ['gflv2_detnas', 'mmcv', '205 G', 205.4349, '35.5 M', 35.515],
  ['gflv2_spinenet96', 'mmcv', '216 G', 216.375, '41.3 M', 41.3282],
  ['retinanet_spinenet49', 'mmcv', '83.7 G', 83.6979, '28.31 M', 28.3131],
  ['retinanet_spinenet96', 'mmcv', '261.35 G', 261.3529, '42.74 M', 42.7446],
  ['fcos_r50_voc', 'mmcv', '120 G', 119.7071, undefined, 32.157],
  ['fcos_r50_cityscapes', 'macs', '411 G', 411.3509, undefined, 32.1294],
  ['mask_rcnn_r50', 'mmcv', '375 G', 374.843, undefined, 45.7081],
  // Its printed parameters have the semantic, global and relay parts in them, which its printed count leaves out.
  ['scnet_r50', 'thop', '671 G', 671.1588, undefined, 76.7587],
] as const)('%s: by %s %s', (file, convention, printed, count, printedParams, params) => {
  const [detector] = snapshotOf(readFileSync(new URL(`${file}.mae`, FOLDER), 'utf8')).detectors;
  expect(detector?.source.name).toBe(file);
  const costs = detector?.analysis?.costs;
  if (costs === undefined) throw new Error(`${file} has no numbers`);
  expect(costs[convention] / 1e9).toBeCloseTo(count, 4);
  expect(costs.params / 1e6).toBeCloseTo(params, 4);
  expect(asPrinted(costs[convention], printed)).toBe(printed);
  if (printedParams !== undefined) expect(asPrinted(costs.params, printedParams)).toBe(printedParams);
});
