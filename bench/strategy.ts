import { readFileSync } from 'node:fs';
import { type Backbone, DEFAULT_WEIGHTS, group } from '../server/src/backbone/backbone.ts';
import { DEFAULT, PAPER, type Strategy } from '../server/src/search/evolve/strategy.ts';
import { runSearch } from '../server/src/search/node/run-search.ts';
import type { SearchTask } from '../server/src/search/task.ts';
import { PRESETS } from '../server/src/space/presets.ts';
import { r50Task } from './tasks.ts';

/**
 * What each departure from the paper's rules is worth: the default rules with one of them taken back, on the R50 task
 * and within what MAE-DET-S and M cost. Shares of the bound over ten seeds at 96,000 evaluations: least and median.
 */
const SEEDS = 10;

interface Published {
  readonly name: string | null;
  readonly conv_bn_params: number;
  readonly conv_layers_on_main_path: number;
  readonly tinynas: { readonly flops_480: number };
}

const golden = new URL('../test/fixtures/golden/structures.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(golden, 'utf8')) as { readonly cases: readonly Published[] };

const small: Backbone = {
  name: 'small',
  input: { channels: 3, height: 480, width: 480 },
  weights: DEFAULT_WEIGHTS,
  groups: [
    group({ block: 'conv', out: 32, kernel: 3, stride: 2 }),
    ...[64, 128, 256, 512].map((out) => group({ block: 'bottleneck', out, btn: 32, kernel: 3, stride: 2 })),
  ],
};

function within(name: string): SearchTask {
  const found = cases.find((c) => c.name === name);
  if (found === undefined) throw new Error(`no published ${name}`);
  const limits = [
    { cost: 'tinynas', amount: found.tinynas.flops_480 },
    { cost: 'params', amount: found.conv_bn_params },
    { cost: 'layers', amount: found.conv_layers_on_main_path },
  ] as const;
  return { ...r50Task, space: PRESETS.paper, start: small, budget: { name, limits } };
}

const tasks = [r50Task, within('MAE-DET-S'), within('MAE-DET-M')];

const variants: Readonly<Record<string, Partial<Strategy>>> = {
  'default rules': {},
  'without the relaxation’s designs': { settling: undefined },
  'uniform parents': { tournament: 1 },
  'one child per parent': { brood: 1 },
  'no repair': { repairs: 0 },
  'moves outside the space dropped': { outside: 'drop' },
  'no small steps': { finest: { coarse: 0, fine: 0 } },
  'one island': { islands: 1 },
  "the paper's rules": PAPER,
};

const defaults = { ...DEFAULT };
console.log(''.padEnd(50), ...tasks.map((t) => t.budget.name.padEnd(22)));
for (const [name, change] of Object.entries(variants)) {
  // The strategies are read when a search begins; nothing else holds a copy.
  Object.assign(DEFAULT, defaults, change);
  const cells: string[] = [];
  for (const task of tasks) {
    const shares: number[] = [];
    for (let seed = 0; seed < SEEDS; seed++) {
      const result = await runSearch({ ...task, seed, prove: false });
      if (result.kind === 'problem') throw new Error(result.message);
      shares.push((100 * result.score) / (result.bound ?? Number.NaN));
    }
    shares.sort((a, b) => a - b);
    cells.push(`${shares[0]?.toFixed(3)}  ${shares[SEEDS >> 1]?.toFixed(3)}`.padEnd(22));
  }
  console.log(name.padEnd(50), ...cells);
}
