import { group } from '../../../server/src/backbone/backbone.ts';
import { lower } from '../../../server/src/backbone/lower.ts';
import { MeasureClient } from '../../../server/src/measure/client.ts';
import { MEASURE_DEFAULTS, requestOf } from '../../../server/src/measure/measure.ts';
import { planOf } from '../../../server/src/measure/plan.ts';

/** A parent that starts a long measurement, prints the process's number at the first progress, and is killed then. */
const network = lower({
  name: 'small',
  input: { channels: 3, height: 64, width: 64 },
  weights: {},
  groups: [group({ block: 'conv', out: 32, kernel: 3, stride: 2 })],
});
const client = new MeasureClient({ program: process.argv[2] ?? '' });
const request = requestOf(planOf(network), { ...MEASURE_DEFAULTS, backend: 'wasm', draws: 1_000_000, workers: 1 });
let told = false;
await client.measure(request, {
  onProgress: () => {
    if (told) return;
    told = true;
    console.log(client.pid);
  },
});
