import { INT64 } from '../model.ts';
import {
  type Call,
  intOf,
  intsOf,
  MISSING,
  type Rules,
  type Shaped,
  shaped,
  shapeText,
  textOf,
  unknown,
} from './rule.ts';

/** One spatial axis of a window. */
interface Side {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

/** The spatial axes of a window over an input. Pads of the wrong number count as none, as exporters leave them out. */
function sidesOf(call: Call, sizes: readonly number[], kernel: readonly number[]): Side[] {
  const strides = intsOf(call, 'strides');
  const dilations = intsOf(call, 'dilations');
  const pads = intsOf(call, 'pads');
  return sizes.map((size, i) => ({
    size,
    kernel: kernel[i] ?? 1,
    stride: strides?.[i] ?? 1,
    dilation: dilations?.[i] ?? 1,
    before: pads?.[i] ?? 0,
    after: pads?.[i + sizes.length] ?? 0,
  }));
}

const reach = ({ kernel, dilation }: Side): number => dilation * (kernel - 1) + 1;

function windowed(side: Side, pad: string, ceil: boolean): number {
  const { size, stride, before, after } = side;
  if (pad === 'SAME_UPPER' || pad === 'SAME_LOWER') return Math.ceil(size / stride);
  const [left, right] = pad === 'VALID' ? [0, 0] : [before, after];
  const room = size + left + right - reach(side);
  if (!ceil) return Math.floor(room / stride) + 1;
  const count = Math.ceil(room / stride) + 1;
  // The last window begins inside the image or its padding on the left.
  return (count - 1) * stride >= size + left ? count - 1 : count;
}

const isWindow = ({ kernel, stride, dilation, before, after }: Side): boolean =>
  kernel >= 1 && stride >= 1 && dilation >= 1 && before >= 0 && after >= 0;

const NO_WINDOW = unknown('its window is none: kernel, stride and dilation begin at 1, pads at 0');
const TOO_SMALL = unknown('its window is larger than its input');

function outputs(call: Call, sizes: readonly number[], kernel: readonly number[], ceil: boolean) {
  const sides = sidesOf(call, sizes, kernel);
  if (!sides.every(isWindow)) return NO_WINDOW;
  const pad = textOf(call, 'auto_pad', 'NOTSET');
  const spatial = sides.map((side) => windowed(side, pad, ceil));
  return spatial.some((size) => size < 1) ? TOO_SMALL : spatial;
}

const isSizes = (found: readonly number[] | { readonly why: string }): found is readonly number[] => !('why' in found);

function convolution(call: Call): Shaped {
  const [x, weight] = call.inputs;
  if (x === undefined || weight === undefined) return MISSING;
  const [batch = 1, channels = 0, ...sizes] = x.dims;
  const [out = 0, perGroup = 0, ...kernel] = weight.dims;
  const group = intOf(call, 'group', 1);
  if (x.dims.length < 3 || weight.dims.length !== x.dims.length)
    return unknown(`its input is ${shapeText(x.dims)} and its weight ${shapeText(weight.dims)}`);
  if (group < 1 || perGroup * group !== channels || out % group !== 0)
    return unknown(`its input has ${channels} channels, and its weight is for ${perGroup} × ${group}`);
  const spatial = outputs(call, sizes, kernel, false);
  return isSizes(spatial) ? shaped([batch, out, ...spatial], x.type) : spatial;
}

function transposed(call: Call): Shaped {
  const [x, weight] = call.inputs;
  if (x === undefined || weight === undefined) return MISSING;
  const [batch = 1, channels = 0, ...sizes] = x.dims;
  const [from = 0, perGroup = 0, ...kernel] = weight.dims;
  const group = intOf(call, 'group', 1);
  if (x.dims.length < 3 || weight.dims.length !== x.dims.length || from !== channels || group < 1)
    return unknown(`its input is ${shapeText(x.dims)} and its weight ${shapeText(weight.dims)}`);
  const sides = sidesOf(call, sizes, kernel);
  if (!sides.every(isWindow)) return NO_WINDOW;
  const given = intsOf(call, 'output_shape');
  const extra = intsOf(call, 'output_padding');
  const pad = textOf(call, 'auto_pad', 'NOTSET');
  const spatial = sides.map((side, i) => {
    const { size, stride, before, after } = side;
    if (given !== undefined) return given[given.length - sizes.length + i] ?? -1;
    if (pad.startsWith('SAME')) return size * stride;
    const pads = pad === 'VALID' ? 0 : before + after;
    return stride * (size - 1) + (extra?.[i] ?? 0) + reach(side) - pads;
  });
  return spatial.some((size) => size < 1) ? TOO_SMALL : shaped([batch, perGroup * group, ...spatial], x.type);
}

function pool(call: Call): Shaped {
  const [x] = call.inputs;
  if (x === undefined) return MISSING;
  const [batch = 1, channels = 0, ...sizes] = x.dims;
  const kernel = intsOf(call, 'kernel_shape');
  if (kernel === undefined || kernel.length !== sizes.length) return unknown('its kernel does not fit its input');
  const spatial = outputs(call, sizes, kernel, intOf(call, 'ceil_mode', 0) === 1);
  if (!isSizes(spatial)) return spatial;
  const result = shaped([batch, channels, ...spatial], x.type);
  // A max-pool may also tell where the largest were.
  return 'why' in result ? result : [...result, ...result.map(({ dims }) => ({ dims, type: INT64 }))];
}

function globalPool({ inputs: [x] }: Call): Shaped {
  if (x === undefined) return MISSING;
  return shaped(
    x.dims.map((size, i) => (i < 2 ? size : 1)),
    x.type,
  );
}

/** Sizes of the regions come from attributes, their number from the second input. */
function regions(call: Call): Shaped {
  const [x, rois] = call.inputs;
  if (x === undefined || rois === undefined) return MISSING;
  const size = ['output_height', 'output_width'].map((name) => intOf(call, name, 1));
  return shaped([rois.dims[0] ?? 0, x.dims[1] ?? 0, ...size], x.type);
}

export const WINDOWS: Rules = {
  Conv: convolution,
  ConvTranspose: transposed,
  MaxPool: pool,
  AveragePool: pool,
  LpPool: pool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  GlobalLpPool: globalPool,
  RoiAlign: regions,
};
