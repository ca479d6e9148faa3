/**
 * npm run test:gpu — for a machine with a GPU: proves that one is really used, prints its name and GMAC/s, and checks
 * that it measures what wasm measures. Ends with 1 where it does not, with 3 where no GPU backend is usable. Build first.
 * `-- FILE.mae` measures the first backbone of a file instead of the built-in one.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Backbone, group } from '../server/src/backbone/backbone.ts';
import { lower } from '../server/src/backbone/lower.ts';
import { readDesign } from '../server/src/language/design.ts';
import type { MeasureClient } from '../server/src/measure/client.ts';
import { examine } from '../server/src/measure/doctor.ts';
import { doctorText } from '../server/src/measure/doctor-report.ts';
import { requestOf } from '../server/src/measure/measure.ts';
import { MEASURE_DEFAULTS } from '../server/src/measure/measure-settings.ts';
import type { Measured } from '../server/src/measure/messages.ts';
import { DRAW_THREADS, NODE_MACHINE } from '../server/src/measure/node/machine.ts';
import { processClient } from '../server/src/measure/node/process-client.ts';
import { type Plan, planMacs, planOf } from '../server/src/measure/plan.ts';

/** As in test/measure/webgpu.test.ts; deeper networks add up more rounding. */
const TOLERANCE = 1e-3;

const BUILT_IN: Backbone = {
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
};

const own = process.env['MAE_CUDA_FOLDER'];
const backends = { cudaFolders: [...(own === undefined ? [] : [own]), fileURLToPath(new URL('..', import.meta.url))] };
const SETTINGS = { ...MEASURE_DEFAULTS, workers: DRAW_THREADS, draws: 4, zenDraws: 1, seed: 3, backends };

/** The largest difference of one draw at one stage, or of the Zen-Score, in nats. */
const distance = (a: Measured, b: Measured): number =>
  Math.max(
    ...[...a.draws.flat(), ...a.zen].map((v, i) => Math.abs(v - ([...b.draws.flat(), ...b.zen][i] ?? Number.NaN))),
  );

/** Exit code. */
async function testGpus(client: MeasureClient, backbone: Backbone): Promise<number> {
  const request = requestOf(planOf(lower(backbone)), SETTINGS);
  const report = await examine(client, backends, NODE_MACHINE);
  if (!report.ok) throw new Error(report.failure.message);
  console.log(doctorText(report.value));
  const gpus = report.value.backends.flatMap((b) => (b.usable && b.kind === 'gpu' ? [b] : []));
  if (gpus.length === 0) {
    console.log('\nNo GPU backend is usable on this machine: nothing is tested.');
    return 3;
  }
  const reference = await client.measure({ ...request, backend: 'wasm' });
  if (!reference.ok) throw new Error(reference.failure.message);
  let exit = 0;
  for (const gpu of gpus) {
    const outcome = await client.measure({ ...request, backend: gpu.name });
    const result = outcome.ok
      ? judged(request.plan, outcome.value, reference.value)
      : { held: false, text: outcome.failure.message };
    console.log(`${result.held ? 'ok    ' : 'FAILED'} ${gpu.name} on ${gpu.device}: ${result.text}`);
    if (!result.held) exit = 1;
  }
  return exit;
}

function judged(
  plan: Plan,
  measured: Measured,
  reference: Measured,
): { readonly held: boolean; readonly text: string } {
  const worst = distance(measured, reference);
  const rate = (planMacs(plan) * measured.draws.length) / measured.seconds / 1e9;
  const speed = `${rate.toPrecision(3)} GMAC/s with drawing and Zen`;
  return {
    held: worst <= TOLERANCE,
    text: `${speed}, at most ${worst.toExponential(1)} nats from wasm (limit ${TOLERANCE})`,
  };
}

const [file] = process.argv.slice(2);
const backbone = file === undefined ? BUILT_IN : readDesign(readFileSync(file, 'utf8')).backbones[0]?.backbone;
if (backbone === undefined) {
  console.error(`${file} has no backbone that can be read.`);
  process.exitCode = 2;
} else {
  const client = processClient({ program: fileURLToPath(new URL('../dist/measure.js', import.meta.url)) });
  process.exitCode = await testGpus(client, backbone).finally(() => client.close());
}
