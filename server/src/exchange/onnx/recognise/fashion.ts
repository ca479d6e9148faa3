import { PROJECT, SHORTCUT, STRIDED } from '../../../backbone/arguments.ts';
import type { Group } from '../../../backbone/backbone.ts';
import { HALVES } from '../../../backbone/blocks/shuffle.ts';
import { argumentsOf, blockOf } from '../../../backbone/blocks.ts';
import { lowerBlock, lowerBlocks } from '../../../backbone/lower.ts';
import { isSqueezed } from '../../../backbone/residual.ts';
import { outputShape } from '../../../graph/cell.ts';
import type { Shape } from '../../../graph/shapes.ts';

/** A group with the shape that it reads. */
export interface Placed {
  readonly group: Group;
  readonly from: Shape;
}

/** An argument that says nothing in some groups, and that a person writes in all of a network if in one. */
interface Habit {
  readonly name: string;
  readonly has: (g: Group) => boolean;
  readonly with: (g: Group) => Group;
  /** Whether it is usual though no group needs it. */
  readonly usual?: (groups: readonly Group[]) => boolean;
}

const HABITS: readonly Habit[] = [
  { name: SHORTCUT.name, has: (g) => g.shortcut === 'conv', with: (g) => ({ ...g, shortcut: 'conv' }) },
  { name: STRIDED.name, has: (g) => g.strided === 'first', with: (g) => ({ ...g, strided: 'first' }) },
  { name: HALVES.name, has: (g) => g.options['halves'] === 'yes', with: (g) => ({ ...g, options: { halves: 'yes' } }) },
  {
    name: PROJECT.name,
    has: (g) => g.project === 'needed',
    with: (g) => ({ ...g, project: 'needed' }),
    // RegNet's blocks do not narrow, and project where they have to.
    usual: (groups) => groups.every(({ btn, out, shortcut }) => btn === out && shortcut === 'conv'),
  },
];

const takes = (g: Group, name: string): boolean => argumentsOf(blockOf(g)).some((argument) => argument.name === name);

/**
 * The same groups as a person would write them: what one of them needs to say, the others say too where it changes
 * nothing in them. Groups that were found say no more than they need.
 */
export function inFashion(placed: readonly Placed[]): readonly Group[] {
  let all = placed;
  for (const habit of HABITS) {
    const takers = all.map(({ group }) => group).filter((g) => takes(g, habit.name));
    const isUsual = takers.length > 0 && habit.usual?.(takers) === true;
    if (!isUsual && !takers.some(habit.has)) continue;
    all = all.map((one) => {
      const written = habit.with(one.group);
      return takes(one.group, habit.name) && isSame(one, written) ? { ...one, group: written } : one;
    });
  }
  return byFormula(all);
}

/** Squeezes without their width, where the formula gives the width of each of them. */
function byFormula(all: readonly Placed[]): readonly Group[] {
  const plain = all.map((one) => {
    const written = { ...one.group, se: true, squeeze: 0 };
    return isSqueezed(one.group) ? (isSame(one, written) ? written : undefined) : one.group;
  });
  return all.map(({ group }, i) => (plain.includes(undefined) ? group : (plain[i] ?? group)));
}

/** Whether a group may be written otherwise without a change to the network. */
function isSame({ group, from }: Placed, written: Group): boolean {
  const blocks = { ...group, depth: Math.min(group.depth, 2) };
  return lowerBlocks(blocks, from).every(({ cell }, i) => {
    const other = lowerBlock(written, i === 0 ? from : outputShape(cell), i === 0);
    return JSON.stringify(cell) === JSON.stringify(other);
  });
}
