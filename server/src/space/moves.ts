import type { BlockKind, Group } from '../backbone/backbone.ts';
import { roundToGrid } from './grid.ts';
import type { Space } from './space.ts';

/** Factors on channels and bottleneck widths, and the other values that TinyNAS's moves choose from (METHOD section 4). */
export const WIDTH_FACTORS = [2, 1.5, 1.25, 0.8, 0.6, 0.5] as const;
export const KERNELS = [3, 5] as const;
export const DEPTH_STEPS = [-2, -1, 1, 2] as const;
/** btn = ratio × out of an `inverted` block. */
export const EXPANSION_RATIOS = [1.5, 2, 2.5, 3, 3.5, 4, 5, 6] as const;

/** One change of one group. Quick fixes and the search use the same. */
export type Move =
  | { readonly kind: 'out'; readonly factor: number }
  | { readonly kind: 'btn'; readonly factor: number }
  | { readonly kind: 'ratio'; readonly ratio: number }
  | { readonly kind: 'kernel'; readonly kernel: number }
  | { readonly kind: 'depth'; readonly by: number }
  | { readonly kind: 'block'; readonly block: BlockKind };

export type MoveKind = Move['kind'];

/** All factors and ratios are whole in twentieths; so no rounding error turns a tie. */
const TWENTIETHS = 20;

export const scaleWidth = (width: number, factor: number): number =>
  roundToGrid(width * Math.round(factor * TWENTIETHS), TWENTIETHS);

/**
 * A max-pool has nothing to change. A plain convolution is no run of blocks, and the authors' code keeps its kernel: in
 * all the golden structures stems have 3 and the last convolution 1, while every other number varies.
 */
const mayChange: Readonly<Record<MoveKind, (g: Group) => boolean>> = {
  out: (g) => g.block !== 'maxpool',
  btn: (g) => g.btn > 0 && g.block !== 'inverted',
  ratio: (g) => g.btn > 0 && g.block === 'inverted',
  kernel: (g) => g.block !== 'maxpool' && g.block !== 'conv',
  depth: (g) => g.block !== 'maxpool' && g.block !== 'conv',
  block: (g) => g.block !== 'maxpool' && g.block !== 'conv' && g.btn > 0,
};

/** The group after the move, not yet checked against any space. An `inverted` block keeps its ratio when out changes. */
function changed(g: Group, move: Move): Group {
  switch (move.kind) {
    case 'out': {
      const out = scaleWidth(g.out, move.factor);
      return g.block === 'inverted' && g.btn > 0 ? { ...g, out, btn: roundToGrid(g.btn * out, g.out) } : { ...g, out };
    }
    case 'btn':
      return { ...g, btn: scaleWidth(g.btn, move.factor) };
    case 'ratio':
      return { ...g, btn: scaleWidth(g.out, move.ratio) };
    case 'kernel':
      return { ...g, kernel: move.kernel };
    case 'depth':
      return { ...g, depth: Math.max(1, g.depth + move.by) };
    case 'block':
      // Only a basic block has two k×k convolutions to choose the strided one from.
      return { ...g, block: move.block, strided: move.block === 'basic' ? g.strided : 'second' };
  }
}

const same = (a: Group, b: Group): boolean =>
  a.block === b.block && a.out === b.out && a.btn === b.btn && a.kernel === b.kernel && a.depth === b.depth;

/**
 * The groups with one of them moved, or undefined when the move does not apply or changes nothing. Widths end on
 * multiples of 8. A neighbour's input channels follow by themselves, because they are derived.
 */
export function applyMove(groups: readonly Group[], index: number, move: Move): readonly Group[] | undefined {
  const g = groups[index];
  if (g === undefined || !mayChange[move.kind](g)) return undefined;
  const moved = changed(g, move);
  return same(g, moved) ? undefined : groups.with(index, moved);
}

/** Every move that the space offers for a group; those that would change nothing are left out. */
export function movesFor(g: Group, space: Space, phase: 'coarse' | 'fine' = 'coarse'): readonly Move[] {
  const widths: Move[] = [
    ...WIDTH_FACTORS.map((factor): Move => ({ kind: 'out', factor })),
    ...WIDTH_FACTORS.map((factor): Move => ({ kind: 'btn', factor })),
    ...EXPANSION_RATIOS.map((ratio): Move => ({ kind: 'ratio', ratio })),
  ];
  const shapes: Move[] = [
    ...KERNELS.map((kernel): Move => ({ kind: 'kernel', kernel })),
    ...DEPTH_STEPS.map((by): Move => ({ kind: 'depth', by })),
    ...(space.blocks.includes(g.block) ? space.blocks.map((block): Move => ({ kind: 'block', block })) : []),
  ];
  const all = phase === 'coarse' ? [...widths, ...shapes] : widths;
  return all.filter((move) => applyMove([g], 0, move) !== undefined);
}
