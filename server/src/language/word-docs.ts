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
  detector: {
    doc: 'A whole detector: a backbone with its neck and heads. Its lines say what each costs, and a budget may be that of the whole.',
    example: 'detector gfl { backbone my_net  neck fpn()  head gfl() }',
  },
  budget: {
    doc: 'Upper limits that a backbone, a detector or a search is held to.',
    example: 'budget small { macs <= 4.4G }',
  },
  search: {
    doc: 'How a better backbone is looked for within a budget.',
    example: 'search { start my_net  within small }',
  },
  space: {
    doc: 'What a search may change, and how far: widths, kernels, depths, types, and what stays as it is written.',
    example: 'space mine { like tinynas  out 16..1024 step 16  keep stem }',
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
  within: { doc: 'The budget that this backbone, detector or search is held to.', example: 'within small' },
  start: {
    doc: 'The backbone that the search starts from, or a detector: then the budget is the whole detector’s, and its backbone changes.',
    example: 'start my_net',
  },
} as const satisfies Readonly<Record<string, WordDoc>>;

/** The words of a time on a device. */
export const DEVICE_WORDS = {
  latency: {
    doc: 'Milliseconds of one image on a device, by the device’s profile: a table of what operators of many shapes take there.',
    formula: 'Σ work / rate of every operator, by the profile',
    example: 'budget live { latency <= 12ms on phone }',
  },
  on: {
    doc: 'The device of a latency. Its profile, NAME.maeprofile.json, stands beside this file.',
    example: 'latency <= 12ms on phone',
  },
} as const satisfies Readonly<Record<string, WordDoc>>;

/** The words of a search that have no value of their own. */
export const SEARCH_WORDS = {
  vary: {
    doc: 'Numbers of the detector’s neck and heads that are tried at lighter values after the search: `mae search` prints a table of what each combination buys.',
    formula: 'widths × 1, 3/4, 1/2, 1/4; counts alike',
    example: 'vary neck.out, gfl.convs',
  },
} as const satisfies Readonly<Record<string, WordDoc>>;

/** The words of a detector's lines. */
export const DETECTOR_WORDS = {
  backbone: {
    doc: 'The backbone that the detector is built on; left out it is the only one of the file.',
    example: 'backbone my_net',
  },
  classes: { doc: 'How many classes the heads tell apart: 80 for COCO, which is the default.', example: 'classes 80' },
  neck: {
    doc: 'What stands between the backbone and the heads: it reads outputs of the backbone and hands on levels.',
    example: 'neck fpn(from: C3..C5, out: 256, levels: 5)',
  },
  head: {
    doc: 'What reads the levels and says what is where. A detector may have several.',
    example: 'head gfl(width: 256, convs: 4)',
  },
} as const satisfies Readonly<Record<string, WordDoc>>;

/** The words of a graph. */
export const GRAPH_WORDS = {
  node: {
    doc: 'A group of blocks with a name, which says what it reads. A backbone with nodes is a graph and has no stages.',
    example: 'node b bottleneck(out: 512, btn: 128, k: 3, s: 2) x 2 from a',
  },
  from: {
    doc: 'What a node reads: the stem or other nodes, which may stand later in the text. Several of one shape are added.',
    example: 'from a, b',
  },
  at: {
    doc: 'The resolution that a node reads at, as a share of the input or that of another node: everything it reads is brought there and to its width, then added.',
    formula: '1×1 to half the width, 3×3 of stride 2 and max-pool down or nearest up, 1×1 to out',
    example: 'at /8 from a, b',
  },
  as: {
    doc: 'Read as it is, where the others are resampled: it must have the shape already.',
    example: 'at /8 from a, as b',
  },
  concat: { doc: 'What a node reads, channel behind channel, at one resolution.', example: 'from concat(a, b)' },
  output: {
    doc: 'Names for what the graph hands on: what the entropy line weighs and detectors read.',
    example: 'output C3: b, C4: c, C5: d',
  },
} as const satisfies Readonly<Record<string, WordDoc>>;
