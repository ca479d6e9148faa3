/** Tensor size without the batch, as written in `input 3 x 480 x 480`. */
export interface InputSize {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Height and width of an image in pixels. */
export type ImageSize = Pick<InputSize, 'height' | 'width'>;

export type BlockKind = 'conv' | 'bottleneck' | 'basic' | 'k1kx' | 'inverted' | 'maxpool';

/** What the shortcut does where a block halves the resolution: average-pool then 1×1 (TinyNAS), or a strided 1×1 (ResNet). */
export type ShortcutKind = 'pool' | 'conv';

/** Which k×k convolution of a `basic` block carries the stride: the second (TinyNAS) or the first (ResNet-18/34). */
export type StridedConv = 'first' | 'second';

/** A run of identical blocks: one line of the language. METHOD section 1. */
export interface Group {
  readonly block: BlockKind;
  /** Output channels; 0 for `maxpool`, which keeps the channels of its input. */
  readonly out: number;
  /** Bottleneck width; 0 where the block has none (`conv`, `maxpool`, an `inverted` without expansion). */
  readonly btn: number;
  readonly kernel: number;
  /** Stride of the first block, 1 or 2; later blocks have stride 1. */
  readonly stride: number;
  /** Number of blocks. */
  readonly depth: number;
  readonly shortcut: ShortcutKind;
  readonly strided: StridedConv;
  /** Squeeze-and-excitation after the depthwise convolution; `inverted` only. */
  readonly se: boolean;
}

/** α of the multi-scale score by stage name: Z = Σ α_i H_i. */
export type StageWeights = Readonly<Record<string, number>>;

export interface Backbone {
  readonly name: string;
  readonly input: InputSize;
  /** The stem's groups first, then those of the stages or nodes, in the order of the text. */
  readonly groups: readonly Group[];
  readonly weights: StageWeights;
  /** How the groups of a graph are joined. A chain has none: each group reads the one before it. */
  readonly wiring?: Wiring;
}

/** The edges of a graph, and the names of what it hands on (docs/method.md 9). */
export interface Wiring {
  /** One for each group of the backbone. */
  readonly nodes: readonly Wire[];
  readonly outputs: readonly NamedOutput[];
}

/** What one group reads, and how that is brought together. */
export interface Wire {
  /** Its name in the text: `stem` for the last group of the stem, nothing for those before it. */
  readonly name: string;
  readonly reads: readonly Source[];
  readonly join: 'sum' | 'concat';
  /** `at`: the sources are resampled to the input's resolution, halved so many times. */
  readonly at?: number;
}

export interface Source {
  /** Index of the group that is read; −1 for the image. */
  readonly group: number;
  /** `as NAME`: added as it is, where the others are resampled. */
  readonly asIs: boolean;
}

/** What entropy weighs, necks read and pictures name. */
export interface NamedOutput {
  readonly name: string;
  /** Index of the group whose output it is. */
  readonly group: number;
}

/** α = (0, 0, 1, 1, 6) for C1..C5: detection with a feature pyramid (MAE-DET). */
export const DEFAULT_WEIGHTS: StageWeights = { C3: 1, C4: 1, C5: 6 };

/** α of the single-scale score: the last of five stages only. */
export const SINGLE_SCALE_WEIGHTS: StageWeights = { C5: 1 };

/** A group with everything a block may leave out at its default. */
export function group(fields: Pick<Group, 'block' | 'kernel' | 'stride'> & Partial<Group>): Group {
  return { out: 0, btn: 0, depth: 1, shortcut: 'pool', strided: 'second', se: false, ...fields };
}

/** Whether two groups say the same. */
export const sameGroup = (a: Group, b: Group): boolean =>
  a === b ||
  (a.block === b.block &&
    a.out === b.out &&
    a.btn === b.btn &&
    a.kernel === b.kernel &&
    a.stride === b.stride &&
    a.depth === b.depth &&
    a.shortcut === b.shortcut &&
    a.strided === b.strided &&
    a.se === b.se);

/** Whether two backbones say the same. */
export const sameBackbone = (a: Backbone, b: Backbone): boolean =>
  a === b ||
  (a.name === b.name &&
    a.input.channels === b.input.channels &&
    a.input.height === b.input.height &&
    a.input.width === b.input.width &&
    (a.weights === b.weights || JSON.stringify(a.weights) === JSON.stringify(b.weights)) &&
    a.groups.length === b.groups.length &&
    a.groups.every((g, i) => sameGroup(g, b.groups[i] ?? g)));

/** Input and output channels of every group, a max-pool's output being its input. */
export function groupChannels(backbone: Backbone): { readonly in: number; readonly out: number }[] {
  let channels = backbone.input.channels;
  return backbone.groups.map((g) => {
    const entry = { in: channels, out: g.block === 'maxpool' ? channels : g.out };
    channels = entry.out;
    return entry;
  });
}

/**
 * Stage number of every group, 1 for C1. A stage ends just before each stride-2 group, so the first group is C1
 * whatever its stride, and every later group with stride 2 opens the next stage (METHOD section 1).
 */
export function stageNumbers(groups: readonly Pick<Group, 'stride'>[]): number[] {
  let stage = 1;
  return groups.map((g, index) => {
    if (index > 0 && g.stride === 2) stage += 1;
    return stage;
  });
}

export const stageName = (stage: number): string => `C${stage}`;
