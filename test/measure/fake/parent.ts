import { group } from '../../../server/src/backbone/backbone.ts';
import { lower } from '../../../server/src/backbone/lower.ts';
import { requestOf } from '../../../server/src/measure/measure.ts';
import { MEASURE_DEFAULTS } from '../../../server/src/measure/measure-settings.ts';
import { processClient } from '../../../server/src/measure/node/process-client.ts';
import { planOf } from '../../../server/src/measure/plan.ts';

/**
 * A parent that prints the number of its measuring process, at the first progress of a long measurement (`busy`) or
 * when a short one is over (`idle`), and then waits to be killed.
 */
const network = lower({
  name: 'small',
  input: { channels: 3, height: 64, width: 64 },
  weights: {},
  groups: [group({ block: 'conv', out: 32, kernel: 3, stride: 2 })],
});
const [, , program = '', mode] = process.argv;
const client = processClient({ program });
const draws = mode === 'idle' ? 1 : 1_000_000;
const request = requestOf(planOf(network), { ...MEASURE_DEFAULTS, backend: 'wasm', draws, workers: 1 });
let told = false;
const tell = (): void => {
  if (!told) console.log(client.pid);
  told = true;
};
await client.measure(request, mode === 'idle' ? {} : { onProgress: tell });
tell();
