/**
 * npm run bench:measure — GMAC/s and draws per second of each usable backend on each published network, peak memory,
 * and the two limits that measuring is held to. Build first: it times dist/measure.js.
 */
import { fileURLToPath } from 'node:url';
import { lower } from '../server/src/backbone/lower.ts';
import { BACKENDS, type BackendName } from '../server/src/measure/backends/backend.ts';
import { examine } from '../server/src/measure/doctor.ts';
import { doctorText } from '../server/src/measure/doctor-report.ts';
import { requestOf } from '../server/src/measure/measure.ts';
import { MEASURE_DEFAULTS } from '../server/src/measure/measure-settings.ts';
import type { Measured } from '../server/src/measure/messages.ts';
import { NODE_MACHINE } from '../server/src/measure/node/machine.ts';
import { processClient } from '../server/src/measure/node/process-client.ts';
import { type Plan, planMacs, planOf } from '../server/src/measure/plan.ts';
import { backboneOf, square, structureCases } from '../test/golden/structures.ts';

const program = fileURLToPath(new URL('../dist/measure.js', import.meta.url));
const backends = { cudaFolders: [fileURLToPath(new URL('..', import.meta.url))] };

function planAt(name: string, side: number): Plan {
  const found = structureCases.find((c) => c.name === name);
  if (found === undefined) throw new Error(`no golden structure ${name}`);
  return planOf(lower(backboneOf(found.structure_info, square(side))));
}

/** Measures in a fresh process, so that its peak memory is this network's. The first draw warms up and is not timed. */
async function measured(plan: Plan, backend: BackendName, draws: number, workers: number): Promise<Measured> {
  const client = processClient({ program, silenceMs: 600_000 });
  const settings = { ...MEASURE_DEFAULTS, backend, backends, workers };
  try {
    const warm = await client.measure(requestOf(plan, { ...settings, draws: workers, seed: 1 }));
    if (!warm.ok) throw new Error(warm.failure.message);
    const outcome = await client.measure(requestOf(plan, { ...settings, draws }));
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return outcome.value;
  } finally {
    client.close();
  }
}

const number = (value: number, width: number, digits: number): string => value.toFixed(digits).padStart(width);

function row(title: string, plan: Plan, result: Measured): void {
  const draws = result.draws.length;
  const rate = (planMacs(plan) * draws) / result.seconds / 1e9;
  const memory = result.peakBytes / 1024 ** 3;
  console.log(
    `${title.padEnd(34)}${number(planMacs(plan) / 1e9, 8, 2)}${number(result.seconds / draws, 10, 3)}` +
      `${number(draws / result.seconds, 10, 2)}${number(rate, 10, 1)}${number(memory, 10, 2)}`,
  );
}

const doctor = processClient({ program });
const report = await examine(doctor, backends, NODE_MACHINE);
doctor.close();
if (!report.ok) throw new Error(report.failure.message);
console.log(`${doctorText(report.value)}\n`);
console.log(`${'network, relu, weights drawn anew'.padEnd(34)}   GMAC  s/draw  draws/s  GMAC/s  peak GB`);

for (const name of BACKENDS) {
  const found = report.value.backends.find((b) => b.name === name);
  // A software GPU needs an hour for these networks.
  if (found?.usable !== true || (name !== 'wasm' && found.kind === 'cpu')) continue;
  for (const network of ['MAE-DET-S', 'MAE-DET-M', 'MAE-DET-L']) {
    const plan = planAt(network, 384);
    row(`${name} ${network} 384 x 384`, plan, await measured(plan, name, 3, 1));
  }
}
const large = await measured(planAt('MAE-DET-L', 480), 'wasm', 2, 1);
row('wasm MAE-DET-L 480 x 480', planAt('MAE-DET-L', 480), large);
const medium = await measured(planAt('MAE-DET-M', 384), 'wasm', 4, 1);
const both = await measured(planAt('MAE-DET-M', 384), 'wasm', 4, 2);
row('wasm MAE-DET-M 384 x 384, 2 workers', planAt('MAE-DET-M', 384), both);

const checks: [string, number, number][] = [
  ['one draw of MAE-DET-M at 384 x 384, wasm, one core (s)', medium.seconds / 4, 2],
  ['peak memory of MAE-DET-L at 480 x 480, wasm (GB)', large.peakBytes / 1024 ** 3, 2],
];
console.log();
for (const [what, value, limit] of checks) {
  console.log(`${value <= limit ? 'held  ' : 'MISSED'} ${what}: ${value.toFixed(2)}, limit ${limit}`);
  if (value > limit) process.exitCode = 1;
}
console.log(`speed-up of two workers: ${(medium.seconds / both.seconds).toFixed(2)}`);
