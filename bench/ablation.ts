import { analyse } from '../server/src/analysis/analyse.ts';
import { type Backbone, DEFAULT_WEIGHTS, group } from '../server/src/backbone/backbone.ts';
import { runSearch } from '../server/src/search/node/run-search.ts';
import { DEFAULT_TASK, type SearchTask } from '../server/src/search/task.ts';
import { PRESETS } from '../server/src/space/presets.ts';
import { bottleneck } from './tasks.ts';

/**
 * The ablation of MAE-DET (docs/method.md 7): under the FLOPs of ResNet-50 at 224², what the score and coarse-to-fine do
 * to the parameters. AP is quoted from the paper; nothing is trained here. Medians over the seeds, with the least and the
 * most: what lies within that is chance, and the paper gives one figure for each row.
 *
 * Usage: node bench/ablation.ts [paper|default|exact]
 */
const SEEDS = 21;
const [algorithm = 'paper'] = process.argv.slice(2);

const task: SearchTask = {
  ...DEFAULT_TASK,
  // Wide enough for capacity to pile up where a score wants it: the released limits on depth would hide the trend.
  space: PRESETS.paper,
  algorithm: algorithm as SearchTask['algorithm'],
  start: {
    name: 'small',
    input: { channels: 3, height: 224, width: 224 },
    weights: DEFAULT_WEIGHTS,
    groups: [
      group({ block: 'conv', out: 32, kernel: 3, stride: 2 }),
      bottleneck(128, 32, 2),
      bottleneck(256, 64, 2),
      bottleneck(512, 128, 2),
      bottleneck(512, 128, 1),
      bottleneck(1024, 256, 2),
    ],
  },
  budget: {
    name: 'r50 at 224',
    limits: [
      { cost: 'macs', amount: 4.4e9 },
      { cost: 'layers', amount: 91 },
    ],
  },
};

const rows = [
  { name: 'Zen-Score (closed form), coarse', published: '67.9 M  38.1 AP', objective: 'zen', coarseToFine: 1 },
  { name: 'single-scale entropy, coarse', published: '60.1 M  38.8 AP', objective: 'single-scale', coarseToFine: 1 },
  { name: 'multi-scale entropy, coarse', published: '29.4 M  39.4 AP', objective: 'multi-scale', coarseToFine: 1 },
  {
    name: 'multi-scale entropy, coarse-to-fine',
    published: '25.8 M  40.0 AP',
    objective: 'multi-scale',
    coarseToFine: 0.5,
  },
] as const;

/** Share of the parameters that the last stage has. */
function lastStageShare(backbone: Backbone): number {
  const { costs, stages } = analyse(backbone);
  return (stages.at(-1)?.costs.params ?? 0) / costs.params;
}

const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.round(share * (values.length - 1))] ?? Number.NaN;
const median = (values: readonly number[]): number => at(values, 0.5);
const millions = (value: number): string => (value / 1e6).toFixed(1);

console.log(
  `${algorithm} rules`.padEnd(38),
  'params'.padEnd(20),
  'last stage'.padEnd(12),
  'macs'.padEnd(9),
  'published',
);
for (const { name, published, ...fields } of rows) {
  const results = [];
  for (let seed = 0; seed < SEEDS; seed++) {
    const result = await runSearch({ ...task, ...fields, seed, prove: false });
    if (result.kind === 'problem') throw new Error(result.message);
    results.push(result);
  }
  const found = results.map((r) => r.costs.params);
  const params = `${millions(median(found))} M (${millions(at(found, 0))}–${millions(at(found, 1))})`;
  const share = median(results.map(({ backbone }) => lastStageShare(backbone)));
  const macs = `${(median(results.map((r) => r.costs.macs)) / 1e9).toFixed(2)} G`;
  console.log(
    name.padEnd(38),
    params.padEnd(20),
    `${(100 * share).toFixed(0)} %`.padEnd(12),
    macs.padEnd(9),
    published,
  );
}
