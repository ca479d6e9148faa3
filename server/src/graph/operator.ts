/** What an activation is called; `none` stands for its absence in the language and never in a graph. */
export const ACTIVATIONS = ['relu', 'relu6', 'silu', 'hardswish', 'gelu', 'leaky', 'sigmoid'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** A k×k window with padding dilation · (k − 1) / 2: the output is ⌈size / stride⌉. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
}

export interface Convolution extends Window {
  readonly op: 'conv';
  readonly out: number;
  /** Channel groups: 1, or the input's channels for a depthwise convolution. */
  readonly groups: number;
  readonly dilation: number;
  readonly bias: boolean;
}

/** A transposed convolution without overlap: k = s, so that the output is size · stride. */
export interface Deconvolution extends Window {
  readonly op: 'deconv';
  readonly out: number;
  readonly bias: boolean;
}

export interface Pooling extends Window {
  readonly op: 'maxpool' | 'avgpool';
}

/** What a node of a graph computes. Shapes follow from it and from what it reads; see shapes.ts. */
export type Operator =
  | Convolution
  | Deconvolution
  | Pooling
  | { readonly op: 'batchnorm' }
  | { readonly op: 'groupnorm'; readonly groups: number }
  | { readonly op: 'activation'; readonly kind: Activation }
  | { readonly op: 'globalpool' }
  | { readonly op: 'linear'; readonly out: number; readonly bias: boolean }
  /** `residual`: all but the first input are a shortcut, which scoring leaves out (docs/method.md 2). */
  | { readonly op: 'sum'; readonly residual: boolean }
  /** Scales the first input by the second, channel by channel. */
  | { readonly op: 'product' }
  | { readonly op: 'concat' }
  /** The channels from `from` up to `to`. */
  | { readonly op: 'split'; readonly from: number; readonly to: number }
  /** Channels of so many parts in turn, as ShuffleNet does. */
  | { readonly op: 'shuffle'; readonly parts: number }
  /** One factor for all, which is learnt. */
  | { readonly op: 'scale' }
  /** Windows of size × size out of a map, one below the other: height = regions · size (Mask R-CNN's RoIAlign). */
  | { readonly op: 'regions'; readonly regions: number; readonly size: number }
  /** Each window of size × size becomes so many more channels of one position. */
  | { readonly op: 'flatten'; readonly size: number }
  /** Fewer numbers for each position without a weight: the largest of a distribution, and their mean (GFLV2). */
  | { readonly op: 'statistics'; readonly out: number }
  /** To the nearest pixel of a map of the given size. */
  | { readonly op: 'upsample'; readonly height: number; readonly width: number; readonly halvings: number };
