import type { ArgumentField } from '../backbone/arguments.ts';
import { type BlockKind, type Group, group, sameGroup } from '../backbone/backbone.ts';
import { argumentsOf, blockOf } from '../backbone/blocks.ts';
import { CHANNEL_STEP, roundToGrid } from './grid.ts';
import type { GroupLimits } from './limits.ts';
import type { Changeable, Widths } from './space.ts';

/** Factors on channels and bottleneck widths, and the other values that TinyNAS's moves choose from (docs/method.md 4). */
export const WIDTH_FACTORS = [2, 1.5, 1.25, 0.8, 0.6, 0.5] as const;
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

export const scaleWidth = (width: number, factor: number, step = CHANNEL_STEP): number =>
  roundToGrid(width * Math.round(factor * TWENTIETHS), TWENTIETHS, step);

/** Whether a group's bottleneck follows its output, as a multiple of it. */
export const isRatio = (g: Group): boolean => blockOf(g).search.btn === 'ratio';

/**
 * Whether a width may change: channel groups divide those that the grouped convolution reads and writes, and no move keeps
 * them divisible.
 */
export const movesWidth = (g: Group, width: 'out' | 'btn'): boolean => {
  const { search, grouped } = blockOf(g);
  if (g.groups > 1 && grouped.includes(width)) return false;
  return width === 'out' ? search.out : g.btn > 0 && search.btn !== 'none';
};

/** Whether a group is of a block that another may take the place of. */
export const isExchangeable = (g: Group): boolean => g.btn > 0 && blockOf(g).search.depth;

/** What a definition says of its block, and whether the group has what would change. */
const mayChange: Readonly<Record<MoveKind, (g: Group) => boolean>> = {
  out: (g) => movesWidth(g, 'out'),
  btn: (g) => movesWidth(g, 'btn') && !isRatio(g),
  ratio: (g) => movesWidth(g, 'btn') && isRatio(g),
  kernel: (g) => blockOf(g).search.kernel,
  depth: (g) => blockOf(g).search.depth,
  block: isExchangeable,
};

/** What a move changes of a group, by which it may be kept. */
const FIELDS: Readonly<Record<MoveKind, Changeable>> = {
  out: 'out',
  btn: 'btn',
  ratio: 'btn',
  kernel: 'kernel',
  depth: 'depth',
  block: 'block',
};

/** What moves go by where no space says otherwise: the grid of the presets, and nothing that is kept. */
export type MoveLimits = Pick<GroupLimits, 'out' | 'btn' | 'kept'>;

const ANY: Widths = { least: CHANNEL_STEP, most: Infinity, step: CHANNEL_STEP };
export const FREE: MoveLimits = { out: ANY, btn: ANY, kept: new Set() };

/** The group with another output. An `inverted` block keeps its ratio, where its inside is not kept. */
export const withOut = (g: Group, out: number, { btn, kept }: MoveLimits = FREE): Group =>
  isRatio(g) && g.btn > 0 && !kept.has('btn')
    ? { ...g, out, btn: roundToGrid(g.btn * out, g.out, btn.step) }
    : { ...g, out };

/** The group after the move, not yet checked against the limits of any space. */
function changed(g: Group, move: Move, limits: MoveLimits): Group {
  switch (move.kind) {
    case 'out':
      return withOut(g, scaleWidth(g.out, move.factor, limits.out.step), limits);
    case 'btn':
      return { ...g, btn: scaleWidth(g.btn, move.factor, limits.btn.step) };
    case 'ratio':
      return { ...g, btn: scaleWidth(g.out, move.ratio, limits.btn.step) };
    case 'kernel':
      return { ...g, kernel: move.kernel };
    case 'depth':
      return { ...g, depth: Math.max(1, g.depth + move.by) };
    case 'block':
      return asBlock(g, move.block);
  }
}

/**
 * The group as a run of another block: without the arguments that it does not take, and with its own stride where it
 * stands by default, since the first convolution of one block is not that of another.
 */
export function asBlock(g: Group, block: BlockKind): Group {
  if (block === g.block) return g;
  const { out, btn, kernel, stride, depth, shortcut, se, squeeze, groups, dilation, act } = g;
  const taken = new Set(argumentsOf(blockOf({ block })).map(({ field }) => field));
  const kept = Object.entries({ shortcut, se, squeeze, groups, dilation, act }).filter(([field]) =>
    taken.has(field as ArgumentField),
  );
  return { ...group({ block, out, btn, kernel, stride, depth }), ...Object.fromEntries(kept) };
}

/**
 * The groups with one of them moved, or undefined when the move does not apply or changes nothing. Widths end on the
 * grid. A neighbour's input channels follow by themselves, because they are derived.
 */
export function applyMove(
  groups: readonly Group[],
  index: number,
  move: Move,
  limits: MoveLimits = FREE,
): readonly Group[] | undefined {
  const g = groups[index];
  if (g === undefined || !mayChange[move.kind](g) || limits.kept.has(FIELDS[move.kind])) return undefined;
  const moved = changed(g, move, limits);
  return sameGroup(g, moved) ? undefined : groups.with(index, moved);
}

/** Every move that the limits offer for a group; those that would change nothing are left out. */
export function movesFor(g: Group, limits: GroupLimits, phase: 'coarse' | 'fine' = 'coarse'): readonly Move[] {
  const widths: Move[] = [
    ...WIDTH_FACTORS.map((factor): Move => ({ kind: 'out', factor })),
    ...WIDTH_FACTORS.map((factor): Move => ({ kind: 'btn', factor })),
    ...EXPANSION_RATIOS.map((ratio): Move => ({ kind: 'ratio', ratio })),
  ];
  const shapes: Move[] = [
    ...limits.kernels.of.map((kernel): Move => ({ kind: 'kernel', kernel })),
    ...DEPTH_STEPS.map((by): Move => ({ kind: 'depth', by })),
    ...blocksFor(g, limits).map((block): Move => ({ kind: 'block', block })),
  ];
  const all = phase === 'coarse' ? [...widths, ...shapes] : widths;
  return all.filter((move) => applyMove([g], 0, move, limits) !== undefined);
}

/**
 * The blocks that may take the place of a group's: the others of the list that it is on. Where its own is not on it, it
 * stays if the list says so.
 */
export function blocksFor(g: Group, { blocks, kept }: Pick<GroupLimits, 'blocks' | 'kept'>): readonly BlockKind[] {
  if (!isExchangeable(g) || kept.has('block')) return [];
  return blocks.of.includes(g.block) || !blocks.own ? blocks.of : [];
}
