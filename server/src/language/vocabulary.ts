import type { BlockKind } from '../backbone/backbone.ts';
import type { NumberRule } from './quantity.ts';

/** The words of the language and what they take: read by the reader, completion, hover and the formatter. */

const CHANNELS: NumberRule = { what: 'The number of channels', min: 1, max: 65_536, whole: true };

export const INPUT_CHANNELS: NumberRule = { ...CHANNELS, what: 'The number of input channels' };
export const INPUT_SIDE: NumberRule = { what: 'The input size', min: 1, max: 16_384, whole: true };
export const DEPTH: NumberRule = { what: 'The number of blocks', min: 1, max: 1_000, whole: true };
export const STAGE_WEIGHT: NumberRule = { what: 'The weight of a stage', min: 0, max: 1e6, whole: false };

export interface NumberArgument {
  readonly type: 'number';
  readonly rule: NumberRule;
  readonly doc: string;
  /** Values that completion proposes. */
  readonly usual: readonly number[];
}

export interface ChoiceArgument {
  readonly type: 'choice';
  readonly values: Readonly<Record<string, string>>;
  readonly default: string;
  readonly doc: string;
}

export const ARGUMENTS = {
  out: {
    type: 'number',
    rule: { ...CHANNELS, what: 'out' },
    doc: 'Output channels of every block of the group.',
    usual: [16, 32, 64, 128, 256, 512, 1024, 2048],
  },
  btn: {
    type: 'number',
    rule: { ...CHANNELS, what: 'btn' },
    doc: 'Bottleneck width: the channels between the convolutions of a block.',
    usual: [32, 64, 96, 128, 192, 256, 512],
  },
  k: {
    type: 'number',
    rule: { what: 'k', min: 1, max: 63, whole: true, odd: true },
    doc: 'Kernel size, an odd number; padding is (k − 1) / 2.',
    usual: [3, 5, 7, 1],
  },
  s: {
    type: 'number',
    rule: { what: 's', min: 1, max: 2, whole: true },
    doc: 'Stride of the first block: 2 opens the next stage, 1 keeps the resolution.',
    usual: [1, 2],
  },
  shortcut: {
    type: 'choice',
    values: { pool: 'average-pool 2×2, then 1×1 (TinyNAS)', conv: 'a strided 1×1 convolution (ResNet)' },
    default: 'pool',
    doc: 'How the shortcut halves the resolution where s is 2.',
  },
  strided: {
    type: 'choice',
    values: { second: 'the second k×k convolution (TinyNAS)', first: 'the first k×k convolution (ResNet-18/34)' },
    default: 'second',
    doc: 'Which convolution of the block carries the stride.',
  },
  se: {
    type: 'choice',
    values: { yes: 'squeeze-and-excitation after the depthwise convolution', no: 'none' },
    default: 'no',
    doc: 'Squeeze-and-excitation. It costs MACs and parameters and is not scored.',
  },
} as const satisfies Record<string, NumberArgument | ChoiceArgument>;

export type ArgumentName = keyof typeof ARGUMENTS;
export const isArgumentName = (name: string): name is ArgumentName => Object.hasOwn(ARGUMENTS, name);

export interface BlockWords {
  readonly doc: string;
  readonly required: readonly ArgumentName[];
  readonly optional: readonly ArgumentName[];
}

export const BLOCKS: Readonly<Record<BlockKind, BlockWords>> = {
  conv: { doc: 'k×k convolution in→out, BatchNorm, ReLU', required: ['out', 'k', 's'], optional: [] },
  bottleneck: {
    doc: 'ResNet bottleneck: 1×1 in→btn, k×k btn→btn, 1×1 btn→out, plus the shortcut',
    required: ['out', 'btn', 'k', 's'],
    optional: ['shortcut'],
  },
  basic: {
    doc: 'ResNet basic block: k×k in→btn, k×k btn→out, plus the shortcut',
    required: ['out', 'btn', 'k', 's'],
    optional: ['shortcut', 'strided'],
  },
  k1kx: {
    doc: 'DAMO-YOLO block: 1×1 in→btn, k×k btn→out, plus the shortcut',
    required: ['out', 'btn', 'k', 's'],
    optional: ['shortcut'],
  },
  inverted: {
    doc: 'MobileNetV2 inverted residual: 1×1 in→btn, k×k depthwise, 1×1 btn→out; without btn nothing is expanded',
    required: ['out', 'k', 's'],
    optional: ['btn', 'se'],
  },
  maxpool: { doc: 'k×k max-pooling, as in ResNet stems', required: ['k', 's'], optional: [] },
};

export const BLOCK_KINDS = Object.keys(BLOCKS).filter(isBlockKind);
export function isBlockKind(name: string): name is BlockKind {
  return Object.hasOwn(BLOCKS, name);
}

export const argumentsOf = (block: BlockKind): readonly ArgumentName[] => [
  ...BLOCKS[block].required,
  ...BLOCKS[block].optional,
];
