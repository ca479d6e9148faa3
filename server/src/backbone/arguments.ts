import type { ACTIVATIONS } from '../graph/operator.ts';

/** What a number may be. Bounds are inclusive. */
export interface NumberRule {
  readonly what: string;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  readonly odd?: boolean;
  readonly unit?: 'bytes' | 'percent' | 'seconds' | 'milliseconds';
}

/** The fields of a group that arguments fill; see backbone.ts. */
export type ArgumentField =
  | 'out'
  | 'btn'
  | 'kernel'
  | 'stride'
  | 'shortcut'
  | 'strided'
  | 'se'
  | 'squeeze'
  | 'groups'
  | 'dilation'
  | 'act'
  | 'project';

interface ArgumentBase {
  /** As it is written. */
  readonly name: string;
  /** The field that it fills; an argument that only its own block knows stands among the group's `options`. */
  readonly field?: ArgumentField;
  readonly doc: string;
  /** Where it enters entropy and costs. */
  readonly formula?: string;
  /** What other libraries call it, in lower case without `_` and `-`. */
  readonly synonyms?: string;
}

export interface NumberArgument extends ArgumentBase {
  readonly type: 'number';
  readonly rule: NumberRule;
  /** Values that completion proposes. */
  readonly usual: readonly number[];
  /** What a group has that does not say it; 0 stands for «none», or for what a formula gives. Required arguments have none. */
  readonly default?: number;
}

export interface ChoiceArgument extends ArgumentBase {
  readonly type: 'choice';
  /** Each value with what it means. */
  readonly values: Readonly<Record<string, string>>;
  readonly default: string;
}

/** `yes` or `no`; its bare name means `yes`. */
export interface FlagArgument extends ArgumentBase {
  readonly type: 'flag';
  readonly values: Readonly<Record<'yes' | 'no', string>>;
  readonly default: 'no';
}

export type Argument = NumberArgument | ChoiceArgument | FlagArgument;

export const CHANNELS: NumberRule = { what: 'The number of channels', min: 1, max: 65_536, whole: true };

export const OUT = {
  name: 'out',
  field: 'out',
  type: 'number',
  rule: { ...CHANNELS, what: 'out' },
  doc: 'Output channels of every block of the group.',
  formula: 'H = log σ + ln(out);  macs of its layer = in / groups · out · k² · height · width',
  usual: [16, 32, 64, 128, 256, 512, 1024, 2048],
  synonyms:
    'outchannels outchannel outch outc cout oc channels channel ch c filters numfilters width widths planes outplanes features outfeatures numfeatures outputs output outputchannels dim outdim embeddim c2 o nout',
} as const satisfies NumberArgument;

export const BTN = {
  name: 'btn',
  field: 'btn',
  type: 'number',
  rule: { ...CHANNELS, what: 'btn' },
  doc: 'Bottleneck width: the channels between the convolutions of a block.',
  formula: 'log γ of the layer behind it = ½ ln(btn / groups · k²);  macs grow with btn² · k²',
  usual: [32, 64, 96, 128, 192, 256, 512],
  default: 0,
  synonyms:
    'bottleneck bottleneckchannels bottleneckwidth neck hidden hiddendim hiddenchannels hiddenfeatures mid midchannels midplanes middle inner innerchannels innerplanes interchannels expchannels expandchannels expsize',
} as const satisfies NumberArgument;

export const K = {
  name: 'k',
  field: 'kernel',
  type: 'number',
  rule: { what: 'k', min: 1, max: 63, whole: true, odd: true },
  doc: 'Kernel size, an odd number; padding is (k − 1) / 2.',
  formula: 'log γ = ½ ln(in / groups · k²);  macs grow with k²',
  usual: [3, 5, 7, 1],
  synonyms: 'kernel kernels kernelsize ksize ks kern window windowsize filtersize poolsize',
} as const satisfies NumberArgument;

export const S = {
  name: 's',
  field: 'stride',
  type: 'number',
  rule: { what: 's', min: 1, max: 2, whole: true },
  doc: 'Stride of the first block: 2 opens the next stage, 1 keeps the resolution.',
  formula: 'height and width = ⌈size / s⌉;  macs of what follows shrink by s²',
  usual: [1, 2],
  synonyms: 'stride strides downsample downsampling',
} as const satisfies NumberArgument;

export const SHORTCUT = {
  name: 'shortcut',
  field: 'shortcut',
  type: 'choice',
  values: { pool: 'average-pool 2×2, then 1×1 (TinyNAS)', conv: 'a strided 1×1 convolution (ResNet)' },
  default: 'pool',
  doc: 'How the shortcut halves the resolution where s is 2.',
  synonyms: 'skip residual downsampletype shortcuttype projection',
} as const satisfies ChoiceArgument;

export const STRIDED = {
  name: 'strided',
  field: 'strided',
  type: 'choice',
  values: { second: 'the second convolution (TinyNAS)', first: 'the first convolution (ResNet-18/34)' },
  default: 'second',
  doc: 'Which convolution of the block carries the stride.',
  synonyms: 'stridedconv',
} as const satisfies ChoiceArgument;

export const PROJECT = {
  name: 'project',
  field: 'project',
  type: 'choice',
  values: {
    always: 'in the first block of the group (TinyNAS)',
    needed: 'only where width or resolution changes (ResNet)',
  },
  default: 'always',
  doc: 'When the shortcut has a 1×1 convolution of its own.',
} as const satisfies ChoiceArgument;

export const SE = {
  name: 'se',
  field: 'se',
  type: 'flag',
  values: { yes: 'squeeze-and-excitation after the k×k convolution', no: 'none' },
  default: 'no',
  doc: 'Squeeze-and-excitation. It costs MACs and parameters and is not scored.',
  synonyms: 'usese seratio squeezeexcite squeezeexcitation squeezeandexcitation selayer semodule withse',
} as const satisfies FlagArgument;

export const SQUEEZE = {
  name: 'squeeze',
  field: 'squeeze',
  type: 'number',
  rule: { ...CHANNELS, what: 'squeeze' },
  doc: 'Hidden width of squeeze-and-excitation, which it switches on; left out it is about a quarter of what is squeezed.',
  formula: 'q = 8 · max(1, ⌊round(x / 4) / 8⌋) with x the channels that are squeezed',
  usual: [8, 16, 32, 64],
  default: 0,
  synonyms: 'squeezechannels squeezewidth sechannels sereduction rdchannels',
} as const satisfies NumberArgument;

export const GROUPS = {
  name: 'groups',
  field: 'groups',
  type: 'number',
  rule: { what: 'groups', min: 1, max: 65_536, whole: true },
  doc: 'Channel groups of the k×k convolution (ResNeXt, RegNet): each output reads its own share of the input.',
  formula: 'log γ = ½ ln(in / groups · k²);  macs and params = in / groups · out · k²',
  usual: [1, 2, 4, 8, 16, 32],
  default: 1,
  synonyms: 'group g cardinality numgroups',
} as const satisfies NumberArgument;

export const DIL = {
  name: 'dil',
  field: 'dilation',
  type: 'number',
  rule: { what: 'dil', min: 1, max: 32, whole: true },
  doc: 'Dilation of the k×k convolution: its taps are so many positions apart; padding is dil · (k − 1) / 2.',
  usual: [1, 2, 4, 8],
  default: 1,
  synonyms: 'dilation dilations dilate d rate atrous',
} as const satisfies NumberArgument;

/** What each activation computes. */
const ACTIVATION_DOCS: Readonly<Record<Exclude<(typeof ACTIVATIONS)[number], 'sigmoid'> | 'none', string>> = {
  relu: 'max(x, 0)',
  relu6: 'min(max(x, 0), 6)',
  silu: 'x · sigmoid(x)',
  hardswish: 'x · relu6(x + 3) / 6',
  gelu: 'x · Φ(x)',
  leaky: 'max(x, 0.01 x)',
  none: 'no activation',
};

export const ACT = {
  name: 'act',
  field: 'act',
  type: 'choice',
  values: ACTIVATION_DOCS,
  default: 'relu',
  doc: 'Activation behind the convolutions. It changes what mmcv and tinynas count; entropy is of a linear or a ReLU network.',
  synonyms: 'acts actlayer activation actcfg nonlinearity',
} as const satisfies ChoiceArgument;

/** Whether a convolution adds a number to each channel although a norm follows that takes it away. */
export const BIAS = {
  name: 'bias',
  type: 'flag',
  values: { yes: 'a bias besides BatchNorm', no: 'none' },
  default: 'no',
  doc: 'A bias besides BatchNorm, as some published stems have. It costs parameters and additions and is not scored.',
  synonyms: 'convbias withbias',
} as const satisfies FlagArgument;
