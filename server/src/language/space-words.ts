import { blockNamed, blockNames } from '../backbone/blocks.ts';
import type { Changeable, Space } from '../space/space.ts';
import type { NumberRule } from './quantity.ts';
import { DEPTH } from './vocabulary.ts';
import type { WordDoc } from './word-docs.ts';

interface AnyLimit extends WordDoc {
  /** Whether a stage may have it too. */
  readonly ofPlaces?: true;
}

/** A range of numbers, with a grid where it is one of widths. */
export interface RangeLimit extends AnyLimit {
  readonly type: 'range';
  readonly field: 'out' | 'btn' | 'depth';
  readonly rule: NumberRule;
  readonly stepped: boolean;
}

/** Some values to choose from. */
export interface ChoiceLimit extends AnyLimit {
  readonly type: 'kernels' | 'blocks';
}

export interface NumberLimit extends AnyLimit {
  readonly type: 'number';
  readonly field: 'growth' | 'squeeze' | 'expansion' | 'invertedExpansion' | 'kernelMargin' | 'firstDepth';
  readonly rule: NumberRule;
}

export interface FlagLimit extends AnyLimit {
  readonly type: 'flag';
  readonly field: 'monotone' | 'depthFromLayers';
}

/** Lines that limit nothing by themselves. */
export interface NameLimit extends AnyLimit {
  readonly type: 'like' | 'keep';
}

export type SpaceWord = RangeLimit | ChoiceLimit | NumberLimit | FlagLimit | NameLimit;

const WIDTH = (what: string): NumberRule => ({ what, min: 1, max: 65_536, whole: true });
const RATIO = (what: string): NumberRule => ({ what, min: 0.01, max: 1e6, whole: false });

export const KERNEL: NumberRule = { what: 'k', min: 1, max: 31, whole: true, odd: true };
export const STEP: NumberRule = WIDTH('The step of a grid');

/** The word that keeps what a group has among its choices. */
export const OWN = 'own';

/** The lines of a space, in the order in which people are told of them. */
const WORDS = {
  like: {
    type: 'like',
    doc: 'The space that this one begins with, a preset or another space of the file; tinynas where it is left out.',
    example: 'like tinynas',
  },
  out: {
    type: 'range',
    field: 'out',
    rule: WIDTH('out'),
    stepped: true,
    ofPlaces: true,
    doc: 'Output channels of the groups after the stem, and their grid: steps count from 0.',
    formula: 'least ≤ out ≤ most,  out = n · step',
    example: 'out 16..1024 step 16',
  },
  btn: {
    type: 'range',
    field: 'btn',
    rule: WIDTH('btn'),
    stepped: true,
    ofPlaces: true,
    doc: 'Bottleneck widths of the groups after the stem, and their grid.',
    formula: 'least ≤ btn ≤ most,  btn = n · step',
    example: 'btn 8..256 step 8',
  },
  k: {
    type: 'kernels',
    ofPlaces: true,
    doc: 'Kernels to choose from; own keeps what a group has among them. Plain convolutions keep theirs.',
    example: 'k 3, 5',
  },
  depth: {
    type: 'range',
    field: 'depth',
    rule: DEPTH,
    stepped: false,
    ofPlaces: true,
    doc: 'Blocks in a group. It takes the place of first-depth and depth-from-layers.',
    example: 'depth 1..8',
  },
  blocks: {
    type: 'blocks',
    ofPlaces: true,
    doc: 'Block types that may take each other’s place; own leaves groups of other types as they are.',
    example: 'blocks bottleneck, basic',
  },
  growth: {
    type: 'number',
    field: 'growth',
    rule: RATIO('growth'),
    doc: 'How much wider the output of a group may be than what it reads.',
    formula: 'out ≤ growth · in',
    example: 'growth 4',
  },
  monotone: {
    type: 'flag',
    field: 'monotone',
    doc: 'Whether no group after the stem may be narrower than what it reads.',
    formula: 'out ≥ in',
    example: 'monotone yes',
  },
  squeeze: {
    type: 'number',
    field: 'squeeze',
    rule: RATIO('squeeze'),
    doc: 'How much narrower a bottleneck may be than the output.',
    formula: 'btn ≥ out / squeeze',
    example: 'squeeze 10',
  },
  expansion: {
    type: 'number',
    field: 'expansion',
    rule: RATIO('expansion'),
    doc: 'How wide the bottleneck of a residual block may be.',
    formula: 'btn ≤ expansion · out',
    example: 'expansion 1',
  },
  'inverted-expansion': {
    type: 'number',
    field: 'invertedExpansion',
    rule: RATIO('inverted-expansion'),
    doc: 'How wide the inside of an inverted block may be.',
    formula: 'btn ≤ inverted-expansion · out',
    example: 'inverted-expansion 6',
  },
  'kernel-margin': {
    type: 'number',
    field: 'kernelMargin',
    rule: RATIO('kernel-margin'),
    doc: 'How many times a kernel must fit into the shorter side of the feature map.',
    formula: 'k · kernel-margin ≤ side',
    example: 'kernel-margin 1.5',
  },
  'first-depth': {
    type: 'number',
    field: 'firstDepth',
    rule: { ...DEPTH, what: 'first-depth' },
    doc: 'The most blocks of the first group after the stem.',
    example: 'first-depth 3',
  },
  'depth-from-layers': {
    type: 'flag',
    field: 'depthFromLayers',
    doc: 'Whether the depth of the later groups follows from the budget of layers.',
    formula: 'depth ≤ ⌊⌊layers / 3⌋ / (groups − 1)⌋',
    example: 'depth-from-layers yes',
  },
  keep: {
    type: 'keep',
    doc: 'What stays as it is written: the stem, a stage or a node, or one of out, btn, k, depth and block of it.',
    example: 'keep stem, C3.out',
  },
} as const satisfies Readonly<Record<string, SpaceWord>>;

export type SpaceWordName = keyof typeof WORDS;

export const SPACE_WORDS = Object.keys(WORDS) as readonly SpaceWordName[];
export const isSpaceWord = (name: string): name is SpaceWordName => Object.hasOwn(WORDS, name);
export const spaceWord = (name: SpaceWordName): SpaceWord => WORDS[name];

/** The lines that the limits of one stage may have. */
export const PLACE_WORDS = SPACE_WORDS.filter((name) => spaceWord(name).ofPlaces === true);

/** What a line of limits writes into, beside what `like` and `keep` say. */
export type LimitField = Exclude<keyof Space, 'name' | 'keep' | 'stem' | 'places'>;

/** What may be kept of a group, by the names in the text. */
export const KEPT_FIELDS: Readonly<Record<string, Changeable>> = {
  out: 'out',
  btn: 'btn',
  k: 'kernel',
  depth: 'depth',
  block: 'block',
};

/** Blocks that may take each other's place: runs with a bottleneck. */
export const exchangeableBlocks = (): readonly string[] =>
  blockNames().filter((name) => {
    const definition = blockNamed(name);
    return definition?.search.depth === true && definition.search.btn !== 'none';
  });
