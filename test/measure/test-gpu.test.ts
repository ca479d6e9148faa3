import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../scripts/test-gpu.ts', import.meta.url));

/** Every kind of layer, and small: what stands in for a GPU computes in plain JavaScript. */
const NETWORK = `backbone tiny {
  input 3 x 32 x 32
  stem     conv(out: 8, k: 3, s: 2)
  stage C2 inverted(out: 8, btn: 16, k: 3, s: 2, se) x 1
  stage C3 bottleneck(out: 16, btn: 8, k: 3, s: 2) x 1
}
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mae-gpu-'));
  const home = join(folder, 'node_modules', '@tensorflow', 'tfjs-node-gpu');
  mkdirSync(home, { recursive: true });
  const manifest = { name: '@tensorflow/tfjs-node-gpu', version: '4.22.0', main: 'index.cjs' };
  writeFileSync(join(home, 'package.json'), JSON.stringify(manifest));
  const standIn = join(import.meta.dirname, 'fake', 'cpu-as-gpu.cjs');
  writeFileSync(join(home, 'index.cjs'), `require(${JSON.stringify(standIn)});`);
  writeFileSync(join(folder, 'tiny.mae'), NETWORK);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `npm run test:gpu -- FILE` runs, on a machine whose only GPU is the stand-in. */
async function testGpu(binding: string, ...args: string[]): Promise<{ exit: number | null; out: string; err: string }> {
  const env = { ...process.env, FAKE_BINDING: binding, MAE_CUDA_FOLDER: folder, PATH: '/nowhere' };
  const child = spawn(process.execPath, [SCRIPT, ...args], { env });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exit, out, err };
}

describe('npm run test:gpu', () => {
  test('proves the device, prints its speed, holds it to wasm and ends with 0', async () => {
    const { exit, out, err } = await testGpu('gpu', join(folder, 'tiny.mae'));
    expect(err).toBe('');
    expect(out).toMatch(/ cuda: usable, [\d.e+]+ GMAC\/s\n +device: CUDA device 0 \(GPU\)/);
    expect(out).toMatch(
      /\nok {5}cuda on CUDA device 0: [\d.e-]+ GMAC\/s with drawing and Zen, at most \d\.\de-\d nats from wasm \(limit 0\.001\)\n$/,
    );
    expect(exit).toBe(0);
  });

  test('a device that measures something else ends it with 1', async () => {
    const { exit, out } = await testGpu('drifts', join(folder, 'tiny.mae'));
    expect(out).toMatch(/\nFAILED cuda on CUDA device 0: .+ at most \d\.\de-2 nats from wasm/);
    expect(exit).toBe(1);
  });

  test('a GPU package that computes on the CPU is no GPU: it ends with 3', async () => {
    const { exit, out } = await testGpu('cpu', join(folder, 'tiny.mae'));
    expect(out).toContain('TensorFlow found no CUDA device');
    expect(out).toMatch(/\nNo GPU backend is usable on this machine: nothing is tested\.\n$/);
    expect(exit).toBe(3);
  });

  test('a file without a backbone is named', async () => {
    const { exit, err } = await testGpu('gpu', SCRIPT);
    expect(err).toContain('test-gpu.ts has no backbone that can be read.');
    expect(exit).toBe(2);
  });
});
