import { readFileSync } from 'node:fs';
import type { Backbone } from '../../server/src/backbone/backbone.ts';
import { conventions } from '../../server/src/cost/registry.ts';
import { readDesign } from '../../server/src/language/design.ts';
import { DEFAULT_TASK, type SearchTask } from '../../server/src/search/task.ts';
import { PRESETS } from '../../server/src/space/presets.ts';

/** DESIGN's sample of a graph: resampling, a concatenation, a lateral that narrows. */
const TWO_WAYS = `backbone two_ways {
  input 3 x 256 x 256
  stem   conv(out: 64, k: 7, s: 2)
  node a bottleneck(out: 256, btn: 64,  k: 3, s: 2) x 1  from stem
  node b bottleneck(out: 512, btn: 128, k: 3, s: 2) x 1  from a
  node c basic(out: 256, btn: 256, k: 3, s: 1) x 1       at /8 from a, b
  node d conv(out: 128, k: 1, s: 1)                      from concat(b, c)
  output C3: c, C4: d
  entropy C3: 1, C4: 6
}`;

/** Plain sums, whose parents are one width, some by way of a max-pool; squeeze-and-excitation; a node read as it is. */
const SUMS = `backbone sums {
  input 3 x 160 x 128
  stem   conv(out: 32, k: 3, s: 2)
       + maxpool(k: 3, s: 2)
  node a bottleneck(out: 64, btn: 16, k: 3, s: 1, se) x 1                   from stem
  node b basic(out: 64, btn: 32, k: 3, s: 1) x 2                            from a
  node c inverted(out: 64, btn: 192, k: 3, s: 1, se) x 1                    from a
  node d bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1                      from b, c
  node e k1kx(out: 96, btn: 32, k: 3, s: 1) x 2                             at /8 from d, a
  node p maxpool(k: 3, s: 1)                                                from e
  node f bottleneck(out: 96, btn: 24, k: 3, s: 1, project: needed) x 1      at d from c, as p, as e
  node g conv(out: 48, k: 3, s: 2)                                          from f
  node h bottleneck(out: 200, btn: 40, k: 3, s: 1, groups: 4) x 1           from concat(g, g2)
  node g2 basic(out: 80, btn: 40, k: 3, s: 1) x 1                           at /16 from d
  output C3: f, C4: h, P: p
  entropy C3: 1, C4: 2, P: 0.5
}`;

/** Blocks that branch inside a graph, and one that gives its own width to what it reads. */
const SPLITS = `backbone splits {
  input 3 x 96 x 128
  stem   conv(out: 32, k: 3, s: 2)
  node a conv(out: 48, k: 3, s: 2)                        from stem
  node b shuffle(out: 48, k: 5, s: 1) x 2                 from a
  node c xception(out: 128, k: 3, s: 2) x 2               from b
  node d shuffle(out: 96, k: 7, s: 2, halves: yes) x 1    from a
  node e basic(out: 64, btn: 64, k: 3, s: 1) x 1          at /8 from c, d
  output C3: e, C4: c
  entropy C3: 1, C4: 1
}`;

/** Two widths of one sum, a chain of blocks between them, and nothing more: few designs. */
const SMALL = `backbone small {
  input 3 x 48 x 48
  stem   conv(out: 16, k: 3, s: 2)
  node a bottleneck(out: 16, btn: 8, k: 3, s: 2) x 1  from stem
  node b basic(out: 16, btn: 8, k: 3, s: 1) x 1       from a
  node c conv(out: 16, k: 1, s: 1)                    from a, b
  output C3: b, C4: c
  entropy C3: 1, C4: 2
}`;

/** A chain in which the stem is read by a block that hands on all of it. */
const SPLIT_CHAIN = `backbone split_chain {
  input 3 x 160 x 160
  stem     conv(out: 24, k: 3, s: 2)
  stage C2 shuffle(out: 64, k: 3, s: 2) x 2
         + xception(out: 64, k: 3, s: 1) x 1
  stage C3 bottleneck(out: 128, btn: 32, k: 3, s: 2) x 1
  stage C4 shuffle(out: 256, k: 3, s: 2) x 1
}`;

export function backboneIn(text: string): Backbone {
  const { backbones, problems } = readDesign(text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const backbone = backbones[0]?.backbone;
  if (backbone === undefined || errors.length > 0) throw new Error(errors.map((e) => e.message).join('\n'));
  return backbone;
}

export const example = (name: string): Backbone =>
  backboneIn(readFileSync(new URL(`../../examples/${name}.mae`, import.meta.url), 'utf8'));

/** The same at another size, to be analysed often. */
const smaller = (backbone: Backbone, height: number, width = height): Backbone => ({
  ...backbone,
  input: { ...backbone.input, height, width },
});

export const TWO = backboneIn(TWO_WAYS);
export const TIED = backboneIn(SUMS);
export const SMALLEST = backboneIn(SMALL);

/** What is no chain of ordinary blocks, by name; each with the space in which it can be searched. */
export const GRAPHS: readonly (readonly [string, Backbone, SearchTask['space']])[] = [
  ['two ways', TWO, PRESETS.tinynas],
  ['plain sums', TIED, PRESETS.paper],
  ['plain sums without other block types', TIED, PRESETS.tinynas],
  ['blocks that branch in a graph', backboneIn(SPLITS), PRESETS.paper],
  ['blocks that branch in a chain', backboneIn(SPLIT_CHAIN), PRESETS.paper],
  ['SpineNet-49', smaller(example('spinenet49'), 640), PRESETS.tinynas],
  ['SpineNet-96', smaller(example('spinenet96'), 640, 896), PRESETS.paper],
  ['DetNAS', smaller(example('detnas_3_8g'), 256, 320), PRESETS.paper],
  ['ShuffleNetV2', smaller(example('shufflenetv2'), 224), PRESETS.paper],
];

const WATCHED = [...conventions(), 'params', 'layers', 'memory', 'activations', 'rho'];

/** A task that watches every cost and limits none. */
export const watching = (start: Backbone, fields: Partial<SearchTask> = {}): SearchTask => ({
  ...DEFAULT_TASK,
  start,
  budget: { name: 'all', limits: WATCHED.map((cost) => ({ cost, amount: 1e18 })) },
  ...fields,
});
