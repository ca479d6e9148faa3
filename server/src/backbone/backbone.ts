import type { ACT, PROJECT, SHORTCUT, STRIDED } from './arguments.ts';

/** Tensor size without the batch, as written in `input 3 x 480 x 480`. */
export interface InputSize {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Height and width of an image in pixels. */
export type ImageSize = Pick<InputSize, 'height' | 'width'>;

/** The name of a block in the registry; see blocks.ts. */
export type BlockKind = string;

/** What the shortcut does where a block halves the resolution: average-pool then 1×1 (TinyNAS), or a strided 1×1 (ResNet). */
export type ShortcutKind = keyof typeof SHORTCUT.values;

/** Which convolution of a block carries the stride. */
export type StridedConv = keyof typeof STRIDED.values;

/** When a shortcut has a 1×1 convolution of its own: in the first block of a group, or where the shape changes. */
export type ProjectKind = keyof typeof PROJECT.values;

export type ActKind = keyof typeof ACT.values;

/** Arguments that only one block has, as they are written; what is at its default is left out. */
export type Options = Readonly<Record<string, number | string>>;

/** A run of identical blocks: one line of the language (docs/method.md 1). */
export interface Group {
  readonly block: BlockKind;
  /** Output channels; 0 for a block that keeps the channels of its input (`maxpool`). */
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
  readonly project: ProjectKind;
  readonly se: boolean;
  /** Hidden width of squeeze-and-excitation; 0 for what the formula gives. */
  readonly squeeze: number;
  /** Channel groups of the k×k convolution. */
  readonly groups: number;
  readonly dilation: number;
  readonly act: ActKind;
  readonly options: Options;
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

const NO_OPTIONS: Options = {};

/** A group with everything a block may leave out at its default. */
export function group(fields: Pick<Group, 'block' | 'kernel' | 'stride'> & Partial<Group>): Group {
  return {
    out: 0,
    btn: 0,
    depth: 1,
    shortcut: 'pool',
    strided: 'second',
    project: 'always',
    se: false,
    squeeze: 0,
    groups: 1,
    dilation: 1,
    act: 'relu',
    options: NO_OPTIONS,
    ...fields,
  };
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
    a.project === b.project &&
    a.se === b.se &&
    a.squeeze === b.squeeze &&
    a.groups === b.groups &&
    a.dilation === b.dilation &&
    a.act === b.act &&
    sameFields(a.options, b.options));

/** Whether two records of plain values, or of records of them, say the same. */
export const sameFields = (a: object, b: object): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

export const sameInput = (a: InputSize, b: InputSize): boolean =>
  a.channels === b.channels && a.height === b.height && a.width === b.width;

/** Whether two backbones say the same. */
export const sameBackbone = (a: Backbone, b: Backbone): boolean =>
  a === b ||
  (a.name === b.name &&
    sameInput(a.input, b.input) &&
    sameFields(a.weights, b.weights) &&
    sameFields(a.wiring ?? NO_OPTIONS, b.wiring ?? NO_OPTIONS) &&
    a.groups.length === b.groups.length &&
    a.groups.every((g, i) => sameGroup(g, b.groups[i] ?? g)));

/**
 * Stage number of every group, 1 for C1. A stage ends just before each stride-2 group, so the first group is C1
 * whatever its stride, and every later group with stride 2 opens the next stage (docs/method.md 1).
 */
export function stageNumbers(groups: readonly Pick<Group, 'stride'>[]): number[] {
  let stage = 1;
  return groups.map((g, index) => {
    if (index > 0 && g.stride === 2) stage += 1;
    return stage;
  });
}

export const stageName = (stage: number): string => `C${stage}`;
