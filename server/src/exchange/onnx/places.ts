import type { Network, Step } from './infer.ts';
import { ACTIVATIONS } from './operators/elementwise.ts';
import type { Tensor } from './operators/rule.ts';

/** Where a tensor that comes of the image stands in the network. */
export interface Place {
  readonly name: string;
  readonly tensor: Tensor | undefined;
  /** Its step's number; tensors of earlier steps come before it. */
  readonly order: number;
  /** By how much the image was made smaller on the way: 32 at the end of most backbones. */
  readonly stride: number;
  /** False behind a global pool: what is left of the image is one position. */
  readonly spatial: boolean;
  /** Whether a convolution is before it. */
  readonly convolved: boolean;
  /** The tensor of which norms and activations made this one, and what there was between them. */
  readonly origin: string;
  readonly acted: boolean;
  readonly normed: boolean;
  readonly step: Step | undefined;
  /** Whether its step is one that makes maps larger, if only by nothing. */
  readonly raised: boolean;
  /** How many times smaller its step made the map. */
  readonly down: number;
}

export type Places = ReadonlyMap<string, Place>;

const NORMS = /^(Batch|Instance|Group|Layer)Normalization$|^LRN$/;
const ARITHMETIC: ReadonlySet<string> = new Set('Add Sub Mul Div Max Min Pow'.split(' '));
const PASSING: ReadonlySet<string> = new Set('Identity Dropout Cast Pad'.split(' '));
const POOLS = /^(Global|Reduce)|Pool$/;

/** The place of every tensor that comes of an image, in one walk along the network. */
export function placesOf({ steps, sizing }: Network): Places {
  const places = new Map<string, Place>();
  const flags = { stride: 1, convolved: false, acted: false, normed: false, raised: false, down: 1 };
  for (const { name, type, shape } of sizing.inputs)
    if (shape.length === 4)
      places.set(name, {
        ...flags,
        name,
        tensor: { dims: shape, type },
        order: -1,
        spatial: true,
        origin: name,
        step: undefined,
      });
  for (const [order, step] of steps.entries()) {
    if (step.node.op === 'Shape' || step.node.op === 'Size') continue;
    const read = step.node.inputs.flatMap((name) => places.get(name) ?? []);
    if (read.length === 0) continue;
    const common = placeOf(step, read);
    for (const [i, name] of step.node.outputs.entries())
      places.set(name, { ...common, name, tensor: step.outputs[i], order, ...passedOn(step, read, name) });
  }
  return places;
}

function placeOf(
  step: Step,
  read: readonly Place[],
): Pick<Place, 'stride' | 'spatial' | 'convolved' | 'step' | 'raised' | 'down'> {
  const maps = read.filter(({ spatial }) => spatial);
  const before = (maps.length === 0 ? read : maps).reduce((most, { stride }) => Math.max(most, stride), 0);
  const spatial = maps.length > 0 && !poolsAll(step);
  const { up, down } = spatial ? scaleOf(step) : { up: 1, down: 1 };
  const convolved = step.node.op === 'Conv' || read.some((place) => place.convolved);
  return { stride: (before * down) / up, spatial, convolved, step, raised: spatial && isRaising(step, up, down), down };
}

/** Whether nothing is left of height and width: a global pool, by whatever operator. */
export function poolsAll({ node, inputs: [x], outputs: [y] }: Step): boolean {
  if (node.op.startsWith('Global')) return true;
  if (!POOLS.test(node.op) || x === undefined || y === undefined || x.dims.length !== 4) return false;
  if (y.dims.length < 4) return y.dims.length <= 2;
  const kernel = node.attributes.get('kernel_shape')?.ints;
  const whole = kernel === undefined || kernel.every((size, i) => size === x.dims[i + 2]);
  return whole && y.dims.slice(2).every((size) => size === 1) && x.dims.slice(2).some((size) => size > 1);
}

/** A pyramid of two levels of one size has an up-sampling by 1. */
const isRaising = ({ node }: Step, up: number, down: number): boolean =>
  up > 1 || (down === 1 && (node.op === 'Resize' || node.op === 'Upsample'));

const WINDOWS: ReadonlySet<string> = new Set('Conv MaxPool AveragePool LpPool'.split(' '));

function scaleOf({ node, inputs, outputs: [y] }: Step): { readonly up: number; readonly down: number } {
  const [x] = inputs;
  const strides = node.attributes.get('strides')?.ints ?? [];
  const stride = Math.max(1, ...strides);
  if (WINDOWS.has(node.op)) return { up: 1, down: stride };
  if (node.op === 'ConvTranspose') return { up: stride, down: 1 };
  const block = node.attributes.get('blocksize')?.int ?? 1;
  if (node.op === 'SpaceToDepth') return { up: 1, down: block };
  if (node.op === 'DepthToSpace') return { up: block, down: 1 };
  if (x === undefined || y === undefined || x.dims.length !== 4) return { up: 1, down: 1 };
  if (node.op === 'Slice') {
    const steps = node.attributes.get('steps')?.ints ?? inputs[4]?.values ?? [];
    return { up: 1, down: Math.max(1, ...steps.filter(Number.isSafeInteger)) };
  }
  if (node.op !== 'Resize' && node.op !== 'Upsample') return { up: 1, down: 1 };
  const ratio = (y.dims[2] ?? 1) / Math.max(1, x.dims[2] ?? 1);
  return ratio >= 1 ? { up: Math.round(ratio), down: 1 } : { up: 1, down: Math.round(1 / ratio) };
}

/** What a norm or an activation passes on of the tensor that it began with; anything else begins anew. */
function passedOn({ node }: Step, read: readonly Place[], name: string): Pick<Place, 'origin' | 'acted' | 'normed'> {
  const [first] = read;
  const one = first !== undefined && read.every(({ origin }) => origin === first.origin);
  const acts = ACTIVATIONS.has(node.op);
  const norms = NORMS.test(node.op);
  // x · sigmoid(x) and its like are activations that were exported in parts; x · constant is a scale.
  const joins = ARITHMETIC.has(node.op);
  if (!one || !(acts || norms || joins || PASSING.has(node.op))) return { origin: name, acted: false, normed: false };
  return {
    origin: first.origin,
    acted: acts || read.some(({ acted }) => acted),
    normed: norms || read.some(({ normed }) => normed),
  };
}
