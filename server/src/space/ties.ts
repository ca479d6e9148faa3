import type { Backbone, Group } from '../backbone/backbone.ts';
import { blockOf } from '../backbone/blocks.ts';
import { runOrder, wireOf } from '../backbone/lower.ts';
import { applyMove, FREE, type Move, type MoveLimits, movesWidth, withOut } from './moves.ts';

/**
 * Which outputs of a backbone have one width because of how it is wired: what is added as it is has one shape, what is read
 * `as` it is has that of the node, and some blocks hand on as many channels as they read. A concatenation asks for nothing.
 */
export interface Ties {
  /** For each group the first of those that have its width, itself where nothing ties it; −1 where it has none of its own. */
  readonly owner: readonly number[];
  /** By their owner: all groups of one width. */
  readonly members: readonly (readonly number[])[];
  /** By the owner: whether a move may change the width. */
  readonly movable: readonly boolean[];
}

/** The group whose output a tensor is as wide as, or the groups whose outputs stand in it one behind the other. */
type Width = number | readonly number[];

const IMAGE: Width = [];

export function tiesOf(backbone: Backbone): Ties {
  const { groups } = backbone;
  const root = groups.map((_, index) => index);
  const fixed = groups.map((g) => !movesWidth(g, 'out'));
  const find = (index: number): number => {
    let at = index;
    while ((root[at] ?? at) !== at) at = root[at] ?? at;
    return at;
  };
  const fix = (width: Width): void => {
    for (const index of typeof width === 'number' ? [width] : width) fixed[index] = true;
  };
  const tie = (a: Width, b: Width): void => {
    if (typeof a !== 'number' || typeof b !== 'number') {
      // Sums of widths are no gene: they stay as they are.
      fix(a);
      fix(b);
      return;
    }
    const [one, other] = [find(a), find(b)];
    root[Math.max(one, other)] = Math.min(one, other);
  };
  const widths: Width[] = [];
  for (const index of runOrder(backbone)) {
    const g = groups[index];
    if (g === undefined) continue;
    const wire = wireOf(backbone, index);
    const read = wire.reads.map(({ group }) => widths[group] ?? IMAGE);
    const first = read[0] ?? IMAGE;
    const own = g.out > 0 ? index : first;
    let input: Width = first;
    if (wire.join === 'concat') input = read.flat();
    else if (wire.at === undefined) {
      if (typeof first !== 'number') fix(first);
      for (const other of read.slice(1)) tie(first, other);
    } else {
      input = own;
      for (const [i, { asIs }] of wire.reads.entries()) if (asIs) tie(own, read[i] ?? IMAGE);
    }
    const { grouped, keepsChannels } = blockOf(g);
    if (keepsSame(g)) tie(input, index);
    if (g.groups > 1 && grouped.includes('in')) fix(input);
    widths[index] = keepsChannels ? input : index;
  }
  const owner = groups.map((g, index) => (blockOf(g).keepsChannels ? -1 : find(index)));
  const members = groups.map((): number[] => []);
  for (const [member, own] of owner.entries()) members[own]?.push(member);
  return { owner, members, movable: members.map((all) => all.length > 0 && all.every((m) => fixed[m] !== true)) };
}

/** Whether a block has to read just as many channels as it hands on. */
function keepsSame(g: Group): boolean {
  const range = blockOf(g).reads?.(g);
  return range !== undefined && range.least === range.most;
}

/**
 * The group whose output bounds that of another one: the one node that it reads as it is, past what keeps its channels; −1
 * for none. What is resampled is as wide as the node that reads it.
 */
export function boundBy(backbone: Backbone, index: number): number {
  for (let at = index; ; ) {
    const { reads, at: resolution } = wireOf(backbone, at);
    const [only] = reads;
    const source = only === undefined ? undefined : backbone.groups[only.group];
    if (only === undefined || source === undefined || reads.length > 1 || resolution !== undefined) return -1;
    if (!blockOf(source).keepsChannels) return only.group;
    at = only.group;
  }
}

/** The groups with another one in one of them: the outputs that are tied to it go with it. */
export function withGroup(
  groups: readonly Group[],
  ties: Ties,
  index: number,
  to: Group,
  limits: MoveLimits = FREE,
): readonly Group[] {
  const from = groups[index];
  if (from === undefined) return groups;
  const tied = from.out === to.out ? [] : (ties.members[ties.owner[index] ?? -1] ?? []);
  if (tied.length < 2) return groups.with(index, to);
  return groups.map((g, i) => (i === index ? to : tied.includes(i) ? withOut(g, to.out, limits) : g));
}

/** The same by a change that was chosen: undefined where the output has to stay and would not. */
export function withMoved(
  groups: readonly Group[],
  ties: Ties,
  index: number,
  to: Group,
  limits: MoveLimits = FREE,
): readonly Group[] | undefined {
  const widens = groups[index]?.out !== to.out;
  if (widens && ties.movable[ties.owner[index] ?? -1] !== true) return undefined;
  return withGroup(groups, ties, index, to, limits);
}

/** A move of one group, and of those that are tied to it; undefined where it does not apply or changes nothing. */
export function applyTied(
  groups: readonly Group[],
  ties: Ties,
  index: number,
  move: Move,
  limits: MoveLimits = FREE,
): readonly Group[] | undefined {
  const from = groups[index];
  const to = from === undefined ? undefined : applyMove([from], 0, move, limits)?.[0];
  return to === undefined ? undefined : withMoved(groups, ties, index, to, limits);
}
