/**
 * npm run test:gpu — for a machine with a GPU: proves that one is really used, prints its name and GMAC/s, and checks
 * that it measures what wasm measures. Ends with 3 where no GPU backend is usable. Build first.
 */
import { fileURLToPath } from 'node:url';
import { group } from '../server/src/backbone/backbone.ts';
import { lower } from '../server/src/backbone/lower.ts';
import { MeasureClient } from '../server/src/measure/client.ts';
import { doctorText, examine } from '../server/src/measure/doctor.ts';
import { MEASURE_DEFAULTS, requestOf } from '../server/src/measure/measure.ts';
import { planMacs, planOf } from '../server/src/measure/plan.ts';

/** As in test/measure/webgpu.test.ts; deeper networks add up more rounding. */
const TOLERANCE = 1e-3;

const root = fileURLToPath(new URL('..', import.meta.url));
const backends = {
  cudaFolders: [root, ...(process.env['MAE_CUDA_FOLDER'] === undefined ? [] : [process.env['MAE_CUDA_FOLDER']])],
};
const client = new MeasureClient({ program: fileURLToPath(new URL('../dist/measure.js', import.meta.url)) });

const network = lower({
  name: 'r50-like',
  input: { channels: 3, height: 320, width: 320 },
  weights: {},
  groups: [
    group({ block: 'conv', out: 64, kernel: 3, stride: 2 }),
    group({ block: 'bottleneck', out: 256, btn: 64, kernel: 3, stride: 2, depth: 3 }),
    group({ block: 'bottleneck', out: 512, btn: 128, kernel: 5, stride: 2, depth: 4 }),
    group({ block: 'inverted', out: 256, btn: 768, kernel: 5, stride: 2, depth: 4 }),
    group({ block: 'bottleneck', out: 2048, btn: 512, kernel: 3, stride: 2, depth: 3 }),
  ],
});
const request = requestOf(planOf(network), { ...MEASURE_DEFAULTS, draws: 4, zenDraws: 1, seed: 3, backends });

const report = await examine(client, backends);
if (!report.ok) throw new Error(report.failure.message);
console.log(doctorText(report.value));
const gpus = report.value.backends.filter((b) => b.usable && b.kind === 'gpu');
if (gpus.length === 0) {
  console.log('\nNo GPU backend is usable on this machine: nothing is tested.');
  process.exitCode = 3;
} else {
  const reference = await client.measure({ ...request, backend: 'wasm' });
  if (!reference.ok) throw new Error(reference.failure.message);
  for (const gpu of gpus) {
    const outcome = await client.measure({ ...request, backend: gpu.name });
    if (!outcome.ok) throw new Error(`${gpu.name}: ${outcome.failure.message}`);
    const { draws, seconds } = outcome.value;
    const worst = Math.max(
      ...draws.flat().map((v, i) => Math.abs(v - (reference.value.draws.flat()[i] ?? Number.NaN))),
    );
    const rate = (planMacs(request.plan) * draws.length) / seconds / 1e9;
    const held = worst <= TOLERANCE;
    console.log(
      `${held ? 'ok    ' : 'FAILED'} ${gpu.name} on ${outcome.value.backend.device}: ${rate.toFixed(0)} GMAC/s with drawing and Zen, ` +
        `at most ${worst.toExponential(1)} nats from wasm (limit ${TOLERANCE})`,
    );
    if (!held) process.exitCode = 1;
  }
}
client.close();
