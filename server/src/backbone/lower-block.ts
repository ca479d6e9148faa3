import type { Group } from './backbone.ts';
import type { Activation, Layer, LayerRole } from './layer.ts';
import { inElements, outElements } from './layer.ts';

/** A tensor on its way through the network. */
export interface Tensor {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly halvings: number;
}

/** Hidden width of squeeze-and-excitation: q = 8·max(1, ⌊round(btn/4)/8⌋) (METHOD section 1). */
export const squeezeWidth = (btn: number): number => 8 * Math.max(1, Math.floor(Math.round(btn / 4) / 8));

interface Place {
  readonly group: number;
  readonly block: number;
}

/** Output of a k×k window with padding (k−1)/2: ceil(size / stride). */
function windowed(x: Tensor, channels: number, stride: number): Tensor {
  return {
    channels,
    height: Math.ceil(x.height / stride),
    width: Math.ceil(x.width / stride),
    halvings: x.halvings + (stride === 2 ? 1 : 0),
  };
}

const elements = (t: Tensor): number => t.channels * t.height * t.width;

/** Collects the layers of one block, following the main path. */
class BlockWriter {
  readonly layers: Layer[] = [];
  /** The current tensor of the main path. */
  tensor: Tensor;
  private readonly place: Place;
  private readonly input: Tensor;
  private readonly holdsInput: boolean;

  constructor(place: Place, input: Tensor, holdsInput: boolean) {
    this.place = place;
    this.tensor = input;
    this.input = input;
    this.holdsInput = holdsInput;
  }

  conv(out: number, kernel: number, stride: number, depthwise = false): void {
    // The first layer reads the block's input itself, so the shortcut holds nothing extra there.
    const held = this.holdsInput && this.tensor !== this.input ? elements(this.input) : 0;
    const to = windowed(this.tensor, out, stride);
    this.push('main', this.tensor, to, kernel, stride, depthwise ? this.tensor.channels : 1, 'relu', held);
    this.tensor = to;
  }

  /** Global average pool, 1×1 to q, SiLU, 1×1 back, sigmoid, scale: on one position, beside the main path. */
  squeezeExcite(): void {
    const x = this.tensor;
    const q = squeezeWidth(x.channels);
    const held = elements(x) + (this.holdsInput ? elements(this.input) : 0);
    const pooled: Tensor = { ...x, height: 1, width: 1 };
    this.push('squeeze-excite', pooled, { ...pooled, channels: q }, 1, 1, 1, 'silu', held);
    this.push('squeeze-excite', { ...pooled, channels: q }, pooled, 1, 1, 1, 'sigmoid', held);
  }

  /** The shortcut runs after the main path, whose result waits to be added. */
  shortcut(stride: number, kind: Group['shortcut'], project: boolean): void {
    const held = elements(this.tensor);
    let x = this.input;
    let convStride = stride;
    if (stride === 2 && kind === 'pool') {
      const to = windowed(x, x.channels, 2);
      this.layers.push({ op: 'avgpool', ...this.shape('shortcut', x, to, 2, 2, held) });
      x = to;
      convStride = 1;
    }
    if (project)
      this.push('shortcut', x, windowed(x, this.tensor.channels, convStride), 1, convStride, 1, 'none', held);
  }

  maxpool(kernel: number, stride: number): void {
    const to = windowed(this.tensor, this.tensor.channels, stride);
    this.layers.push({ op: 'maxpool', ...this.shape('main', this.tensor, to, kernel, stride, 0) });
    this.tensor = to;
  }

  private push(
    role: LayerRole,
    from: Tensor,
    to: Tensor,
    kernel: number,
    stride: number,
    groups: number,
    activation: Activation,
    held: number,
  ): void {
    this.layers.push({ op: 'conv', groups, activation, ...this.shape(role, from, to, kernel, stride, held) });
  }

  private shape(role: LayerRole, from: Tensor, to: Tensor, kernel: number, stride: number, heldElements: number) {
    return {
      ...this.place,
      role,
      in: from.channels,
      out: to.channels,
      kernel,
      stride,
      inHeight: from.height,
      inWidth: from.width,
      height: to.height,
      width: to.width,
      inHalvings: from.halvings,
      halvings: to.halvings,
      heldElements,
    };
  }
}

/** Whether the block adds its input to its output, and whether that shortcut needs a 1×1 convolution with BatchNorm. */
function shortcutOf(g: Group, stride: number, input: number, first: boolean): { exists: boolean; project: boolean } {
  const changes = input !== g.out;
  if (g.block === 'conv' || g.block === 'maxpool') return { exists: false, project: false };
  if (g.block === 'inverted') return { exists: !changes, project: stride === 2 && g.shortcut === 'conv' };
  const project = changes || (g.block === 'bottleneck' && first) || (stride === 2 && g.shortcut === 'conv');
  return { exists: true, project };
}

/** Lowers one block of a group: its layers and the tensor it hands on. */
export function lowerBlock(g: Group, place: Place, input: Tensor): { layers: readonly Layer[]; output: Tensor } {
  const first = place.block === 0;
  const stride = first ? g.stride : 1;
  const shortcut = shortcutOf(g, stride, input.channels, first);
  const w = new BlockWriter(place, input, shortcut.exists);
  switch (g.block) {
    case 'conv':
      w.conv(g.out, g.kernel, stride);
      break;
    case 'maxpool':
      w.maxpool(g.kernel, stride);
      break;
    case 'bottleneck':
      w.conv(g.btn, 1, 1);
      w.conv(g.btn, g.kernel, stride);
      w.conv(g.out, 1, 1);
      break;
    case 'basic':
      w.conv(g.btn, g.kernel, g.strided === 'first' ? stride : 1);
      w.conv(g.out, g.kernel, g.strided === 'second' ? stride : 1);
      break;
    case 'k1kx':
      w.conv(g.btn, 1, 1);
      w.conv(g.out, g.kernel, stride);
      break;
    case 'inverted':
      if (g.btn > 0) w.conv(g.btn, 1, 1);
      w.conv(w.tensor.channels, g.kernel, stride, true);
      if (g.se) w.squeezeExcite();
      w.conv(g.out, 1, 1);
      break;
  }
  if (shortcut.exists) w.shortcut(stride, g.shortcut, shortcut.project);
  return { layers: w.layers, output: w.tensor };
}

/** Bytes alive while a layer runs, float32, batch 1: its input, its output and what waits beside it. */
export const aliveBytes = (l: Layer): number => 4 * (inElements(l) + outElements(l) + l.heldElements);
