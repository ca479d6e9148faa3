import type { CostName } from '../cost/budget.ts';
import type { ArgumentName } from './vocabulary.ts';

/** What the words beside blocks and arguments mean, for hover and completion. */
export interface WordDoc {
  readonly doc: string;
  readonly formula?: string;
  readonly example: string;
}

export const DECLARATIONS = {
  backbone: {
    doc: 'A network: its input, a stem, and stages that each halve the resolution.',
    example: 'backbone my_net { … }',
  },
  budget: { doc: 'Upper limits that a backbone or a search is held to.', example: 'budget small { macs <= 4.4G }' },
  search: {
    doc: 'How a better backbone is looked for within a budget.',
    example: 'search { start my_net  within small }',
  },
} as const satisfies Readonly<Record<string, WordDoc>>;

export const STATEMENTS = {
  input: {
    doc: 'Size of the image: channels x height x width. Every cost and entropy is for this size.',
    example: 'input 3 x 480 x 480',
  },
  entropy: {
    doc: 'Weights α of the score by stage. A stage that is not named weighs 0; without this line it is C3: 1, C4: 1, C5: 6.',
    formula: 'Z = Σ αᵢ · Hᵢ,  H = log σ + ln(channels), in nats',
    example: 'entropy C3: 1, C4: 1, C5: 6',
  },
  stem: { doc: 'The first groups of blocks: stage C1.', example: 'stem conv(out: 32, k: 3, s: 2)' },
  stage: {
    doc: 'Groups of blocks at one resolution. The first has s: 2 and opens the stage; further ones follow after a +.',
    example: 'stage C3 bottleneck(out: 512, btn: 64, k: 3, s: 2) x 4',
  },
  within: { doc: 'The budget that this backbone or search is held to.', example: 'within small' },
  start: { doc: 'The backbone that the search starts from.', example: 'start my_net' },
} as const satisfies Readonly<Record<string, WordDoc>>;

export interface CostDoc {
  readonly doc: string;
  readonly formula: string;
}

/** Each counting convention by its name: «FLOPs» alone says nothing in this field. */
export const COSTS: Readonly<Record<CostName, CostDoc>> = {
  macs: {
    doc: 'Multiply–accumulates of the convolutions only, as fvcore counts.',
    formula: 'Σ (in / groups) · out · k² · height · width',
  },
  thop: { doc: 'As the thop package counts: BatchNorm too.', formula: 'macs + 2 · (elements after each BatchNorm)' },
  mmcv: {
    doc: 'As mmdetection’s published numbers count.',
    formula: 'macs + 2 · (BatchNorm elements) + 1 · (ReLU elements) + (pooling inputs)',
  },
  tinynas: {
    doc: 'As TinyNAS counts, with sizes as res / 2ⁿ: the convention of the published MAE-DET searches.',
    formula: 'macs + 2 · (BatchNorm elements) + 1 · (ReLU elements) + shortcuts',
  },
  params: { doc: 'Parameters: convolution weights and BatchNorm.', formula: 'Σ (in / groups) · out · k² + 2 · out' },
  layers: { doc: 'Convolutions on the main path; projections of shortcuts are not layers.', formula: 'Σ convolutions' },
  memory: {
    doc: 'Peak activation memory of one image in float32, shortcuts included.',
    formula: '4 bytes · the largest sum of elements alive at once',
  },
};

/** Where an argument enters entropy and costs. */
export const ARGUMENT_FORMULAS: Readonly<Partial<Record<ArgumentName, string>>> = {
  out: 'H = log σ + ln(out);  macs of its layer = in / groups · out · k² · height · width',
  btn: 'log γ of the layer behind it = ½ ln(btn / groups · k²);  macs grow with btn² · k²',
  k: 'log γ = ½ ln(in / groups · k²);  macs grow with k²',
  s: 'height and width = ⌈size / s⌉;  macs of what follows shrink by s²',
};
