import type { ImageSize } from '../../backbone/backbone.ts';
import type { Axis, ValueInfo } from './model.ts';

/** The usual size of the networks that are exported most, where a file leaves it open and nobody says another. */
export const USUAL_SIZE: ImageSize = { height: 224, width: 224 };

/** An input of the network with every axis known. */
export interface SizedInput {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
}

export interface Sizing {
  readonly inputs: readonly SizedInput[];
  /** The height and width that were taken for axes that the file leaves open. */
  readonly assumed: ImageSize | undefined;
  /** Whether every size that the file declares holds, and so the shapes that it tells of inner tensors. */
  readonly declared: boolean;
}

/**
 * Sizes of all inputs: what the file says, `size` for the height and width of images, one image where the batch is open. An
 * image of which one side is said is taken as square.
 */
export function sized(inputs: readonly ValueInfo[], size: ImageSize | undefined): Sizing {
  let assumed: ImageSize | undefined;
  let declared = true;
  const all = inputs.map(({ name, type, dims = [] }): SizedInput => {
    if (dims.length !== 4) {
      declared &&= dims.every((axis) => typeof axis === 'number');
      return { name, type, shape: dims.map((axis) => (typeof axis === 'number' ? axis : 1)) };
    }
    const [top, side, channel] = isChannelsLast(dims) ? [1, 2, 3] : [2, 3, 1];
    const [height, width] = [dims[top], dims[side]];
    const open = typeof height !== 'number' || typeof width !== 'number';
    const own = { height: sideOf(height, width, USUAL_SIZE.height), width: sideOf(width, height, USUAL_SIZE.width) };
    const taken = size ?? own;
    if (open && size === undefined) assumed ??= own;
    const shape = dims.map((axis, i) => {
      if (i === top) return taken.height;
      if (i === side) return taken.width;
      return typeof axis === 'number' ? axis : i === channel ? 3 : 1;
    });
    declared &&= shape.every((axis, i) => axis === dims[i]);
    return { name, type, shape };
  });
  return { inputs: all, assumed, declared };
}

const sideOf = (own: Axis, other: Axis, usual: number): number =>
  typeof own === 'number' ? own : typeof other === 'number' ? other : usual;

const isFew = (axis: Axis): boolean => axis === 1 || axis === 3 || axis === 4;
const isChannelsLast = (dims: readonly Axis[]): boolean => isFew(dims[3]) && !isFew(dims[1]);
