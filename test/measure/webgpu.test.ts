import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { group } from '../../server/src/backbone/backbone.ts';
import { lower } from '../../server/src/backbone/lower.ts';
import { examine } from '../../server/src/measure/doctor.ts';
import { NODE_MACHINE } from '../../server/src/measure/node/machine.ts';
import type { MeasuredActivation } from '../../server/src/measure/plan.ts';
import { builtProgram, clientOf, requestFor } from './program.ts';
import { smallChain } from './small-chain.ts';

/** Debian's chromium brings SwiftShader, a Vulkan driver in software, and the loader that Dawn asks for. */
const ICDS = ['/usr/lib/chromium/vk_swiftshader_icd.json', '/usr/lib/chromium-browser/vk_swiftshader_icd.json'];
const icd = ICDS.find((path) => existsSync(path));
const env: Record<string, string> =
  icd === undefined ? {} : { VK_ICD_FILENAMES: icd, VK_DRIVER_FILES: icd, LD_LIBRARY_PATH: dirname(icd) };

const network = lower(smallChain);

/**
 * float32 sums in another order: 1e-7 per operation, times the root of the number of terms, adds up to about 1e-5 nats
 * over the layers of these networks.
 */
const TOLERANCE = 1e-4;

const program = await builtProgram();
const wasm = clientOf(program);
const webgpu = clientOf(program, { env });

test('the software Vulkan driver of chromium is there (apt-get install chromium)', () => expect(icd).toBeDefined());

describe.each(['linear', 'relu'] satisfies MeasuredActivation[])('%s', (activation) => {
  test('the same seed gives the same numbers on webgpu as on wasm', async () => {
    const request = requestFor(network, { activation, draws: 2, zenDraws: activation === 'relu' ? 1 : 0, seed: 11 });
    const [there, here] = await Promise.all([
      webgpu.measure({ ...request, backend: 'webgpu' }),
      wasm.measure({ ...request, backend: 'wasm' }),
    ]);
    if (!there.ok || !here.ok) throw new Error(JSON.stringify([there, here]));
    expect(there.value.backend.name).toBe('webgpu');
    expect(there.value.draws.flat()).toHaveLength(here.value.draws.flat().length);
    there.value.draws.flat().forEach((value, i) => {
      expect(Math.abs(value - (here.value.draws.flat()[i] ?? Number.NaN))).toBeLessThan(TOLERANCE);
    });
    // The two inputs of a Zen-Score differ by 1 %: rounding weighs a hundred times more there.
    there.value.zen.forEach((value, i) => {
      expect(Math.abs(value - (here.value.zen[i] ?? Number.NaN))).toBeLessThan(100 * TOLERANCE);
    });
  });
});

test('a GPU backend on a software device is reported as CPU, and auto takes wasm', async () => {
  const outcome = await examine(webgpu, { cudaFolders: [] }, NODE_MACHINE);
  if (!outcome.ok) throw new Error(outcome.failure.message);
  const found = outcome.value.backends.find((b) => b.name === 'webgpu');
  expect(found).toMatchObject({ usable: true, kind: 'cpu' });
  expect(found?.usable === true && found.device).toMatch(/swiftshader/i);
  expect(outcome.value.auto).toBe('wasm');
});

test('an image too large for the device is refused with a sentence, not with a crash', async () => {
  const huge = lower({
    name: 'huge',
    input: { channels: 3, height: 20_000, width: 20_000 },
    weights: {},
    groups: [group({ block: 'conv', out: 64, kernel: 3, stride: 1 })],
  });
  const outcome = await webgpu.measure({ ...requestFor(huge), backend: 'webgpu' });
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'too-large' } });
  expect(!outcome.ok && outcome.failure.message).toMatch(/20000 x 20000/);
});
