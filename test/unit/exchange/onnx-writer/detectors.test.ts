import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import type { Detector } from '../../../../server/src/detector/detector.ts';
import type { Weights } from '../../../../server/src/exchange/export-format.ts';
import { ONNX } from '../../../../server/src/exchange/formats/onnx.ts';
import { inspect } from '../../../../server/src/exchange/onnx/inspect.ts';
import { snapshotOf } from '../../../../server/src/features/snapshot.ts';
import { source } from '../onnx/encode.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const EXAMPLES = globSync('examples/detectors/*.mae', { cwd: ROOT }).flatMap((file) => {
  const { detectors } = snapshotOf(readFileSync(join(ROOT, file), 'utf8'));
  return detectors.flatMap(({ source: { detector }, analysis }) =>
    detector === undefined || analysis === undefined
      ? []
      : [{ name: `${basename(file)} ${detector.name}`, detector, costs: analysis.costs }],
  );
});
const isDense = ({ heads }: Detector): boolean => heads.every(({ kind }) => kind !== 'box' && kind !== 'mask');
const DENSE = EXAMPLES.filter(({ detector }) => isDense(detector));

function exported(detector: Detector, weights: Weights) {
  const { backbone } = detector;
  return ONNX.export({ backbone, detector }, { weights, seed: 0, file: 'net.onnx' });
}

function bytesOf(detector: Detector, weights: Weights): Buffer {
  const outcome = exported(detector, weights);
  if (!outcome.ok || typeof outcome.content === 'string') throw new Error(JSON.stringify(outcome));
  return Buffer.concat([...outcome.content]);
}

test('there are some', () => expect([DENSE.length > 6, EXAMPLES.length > DENSE.length]).toEqual([true, true]));

describe.each(DENSE)('$name', ({ detector, costs }) => {
  test('costs what the detector costs', () => {
    const inspected = inspect(source(bytesOf(detector, 'none')));
    if (!inspected.ok) throw new Error(inspected.fault.message);
    expect(inspected.value.unknown).toEqual([]);
    expect(inspected.value.macs.conv).toBe(costs['macs']);
    // Weights that levels share are there once.
    expect(inspected.value.params.conv).toBe(costs['weights']);
  });

  test('runs in ONNX Runtime, and hands on what its heads predict at every level', async () => {
    const input = { channels: 3, height: 256, width: 128 };
    const small = { ...detector, backbone: { ...detector.backbone, input } };
    const session = await InferenceSession.create(bytesOf(small, 'random'), { logSeverityLevel: 3 });
    const { channels, height, width } = input;
    const numbers = new Float32Array(channels * height * width).map((_, i) => Math.sin(i));
    const made = await session.run({ images: new Tensor('float32', numbers, [1, channels, height, width]) });
    const places = Object.keys(made);
    expect(places.filter((place) => place.endsWith(' cls')).length).toBeGreaterThan(0);
    expect(places.filter((place) => place.endsWith(' reg')).length).toBe(
      places.filter((place) => place.endsWith(' cls')).length,
    );
    expect(places.some((place) => place.includes('tower'))).toBe(false);
    for (const { data } of Object.values(made)) expect(Number.isFinite(data[0])).toBe(true);
    await session.release();
  });
});

test('heads of regions are said to have no place in it', () => {
  const regions = EXAMPLES.find(({ detector }) => !isDense(detector));
  expect(regions && exported(regions.detector, 'none')).toMatchObject({
    ok: false,
    message: expect.stringContaining('Heads of regions'),
  });
});
