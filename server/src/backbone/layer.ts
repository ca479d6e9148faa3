/** Where in its block a layer stands. Only `main` layers are scored and counted as layers (METHOD sections 1 and 2). */
export type LayerRole = 'main' | 'shortcut' | 'squeeze-excite';

export type Activation = 'relu' | 'silu' | 'sigmoid' | 'none';

interface LayerShape {
  /** Index of the group in the backbone, and of the block in the group. */
  readonly group: number;
  readonly block: number;
  readonly role: LayerRole;
  readonly in: number;
  readonly out: number;
  readonly kernel: number;
  readonly stride: number;
  /** Real sizes: ceil(size / stride) at every step. */
  readonly inHeight: number;
  readonly inWidth: number;
  readonly height: number;
  readonly width: number;
  /** Number of times the input resolution was halved before and after the layer: TinyNAS counts sizes as res / 2ⁿ. */
  readonly inHalvings: number;
  readonly halvings: number;
  /** Elements of other tensors that stay alive while this layer runs (a block's input waiting for its shortcut …). */
  readonly heldElements: number;
}

export interface ConvLayer extends LayerShape {
  readonly op: 'conv';
  /** Channel groups: 1, or `in` for a depthwise convolution. */
  readonly groups: number;
  /** BatchNorm follows every convolution. The last ReLU of a block comes after its shortcut was added. */
  readonly activation: Activation;
}

export interface PoolLayer extends LayerShape {
  readonly op: 'maxpool' | 'avgpool';
}

export type Layer = ConvLayer | PoolLayer;

/** A convolution on the main path: what is scored, measured and counted as a layer. */
export type MainConv = ConvLayer & { readonly role: 'main' };

export const isMainConv = (layer: Layer): layer is MainConv => layer.op === 'conv' && layer.role === 'main';

export const inElements = (l: Layer): number => l.in * l.inHeight * l.inWidth;
export const outElements = (l: Layer): number => l.out * l.height * l.width;
