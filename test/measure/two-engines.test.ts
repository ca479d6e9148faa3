import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lower } from '../../server/src/backbone/lower.ts';
import { readDesign } from '../../server/src/language/design.ts';
import { builtProgram, clientOf, requestFor } from './program.ts';

const ROOT = join(import.meta.dirname, '../..');
const client = clientOf(await builtProgram());

/** An example at a size at which both engines are quick. */
function example(name: string) {
  const [source] = readDesign(readFileSync(join(ROOT, 'examples', `${name}.mae`), 'utf8')).backbones;
  if (source?.backbone === undefined) throw new Error(`${name} has no backbone`);
  return lower({ ...source.backbone, input: { channels: 3, height: 96, width: 80 } });
}

/** Bottlenecks of ResNet and of TinyNAS, inverted ones, a graph, and blocks that split, shuffle and concatenate. */
const NAMES = ['resnet50', 'maedet_s', 'mobilenetv2', 'efficientnet_b0', 'regnetx_400mf', 'shufflenetv2', 'spinenet49'];

describe('ONNX Runtime and TensorFlow.js give the same numbers for the same draw', () => {
  test.each(NAMES.flatMap((name) => (['linear', 'relu'] as const).map((activation) => [name, activation] as const)))(
    '%s, %s',
    async (name, activation) => {
      const settings = { activation, draws: 2, seed: 3 } as const;
      const [wasm, onnx] = [
        await client.measure(requestFor(example(name), { ...settings, backend: 'wasm' })),
        await client.measure(
          requestFor(example(name), { ...settings, backend: 'onnx', backends: { cudaFolders: [ROOT] } }),
        ),
      ];
      if (!wasm.ok || !onnx.ok) throw new Error(JSON.stringify([wasm, onnx]));
      expect(onnx.value.backend).toMatchObject({ name: 'onnx', kind: 'cpu' });
      const apart = wasm.value.draws.flatMap((draw, d) =>
        draw.map((log, stage) => Math.abs(log - (onnx.value.draws[d]?.[stage] ?? Number.NaN))),
      );
      expect(apart.length).toBeGreaterThan(5);
      expect(Math.max(...apart)).toBeLessThan(1e-5);
    },
  );
});

test('where ONNX Runtime is not installed it is said, with what to do', async () => {
  const request = requestFor(example('resnet18'), { backend: 'onnx', backends: { cudaFolders: [] } });
  // A process of its own: the other one has loaded it already.
  const answer = await clientOf(await builtProgram()).measure(request);
  expect(answer).toMatchObject({
    ok: false,
    failure: { code: 'backend-absent', nextStep: expect.stringContaining('npm install onnxruntime-node') },
  });
});

test('ONNX Runtime has no Zen-Score', async () => {
  const request = requestFor(example('resnet18'), { backend: 'onnx', zenDraws: 1, backends: { cudaFolders: [ROOT] } });
  expect(await client.measure(request)).toMatchObject({
    ok: false,
    failure: { code: 'unmeasurable', message: 'The backend onnx measures no Zen-Score.' },
  });
});
