import type { NumbersBackbone, NumbersGroup } from '../../../server/src/server/protocol.ts';

/** The numbers of a file as it was saved: of a backbone that cannot be read there, those of the save before. */
export function keepSaved(
  before: readonly NumbersBackbone[],
  saved: readonly NumbersBackbone[],
): readonly NumbersBackbone[] {
  const fresh = saved.filter((backbone) => backbone.fresh);
  return [...fresh, ...before.filter(({ name }) => !fresh.some((backbone) => backbone.name === name))];
}

/**
 * Which group of the saved text each group was. Within a stage those that are the same from the front and from the end
 * belong together, so that a group in the middle may come or go; what is left in between does so by place.
 */
export function savedGroups(
  now: readonly NumbersGroup[],
  saved: readonly NumbersGroup[],
): ReadonlyMap<NumbersGroup, NumbersGroup> {
  const found = new Map<NumbersGroup, NumbersGroup>();
  for (const stage of new Set(now.map((group) => group.stage))) {
    const own = now.filter((group) => group.stage === stage);
    const were = saved.filter((group) => group.stage === stage);
    const shorter = Math.min(own.length, were.length);
    const alike = (a: NumbersGroup | undefined, b: NumbersGroup | undefined): boolean =>
      a !== undefined && b !== undefined && saysTheSame(a, b);
    let front = 0;
    while (front < shorter && alike(own[front], were[front])) front += 1;
    let end = 0;
    while (end < shorter - front && alike(own.at(-1 - end), were.at(-1 - end))) end += 1;
    const middle = were.slice(0, were.length - end);
    for (const [place, group] of own.entries()) {
      const fromEnd = own.length - place;
      const was = fromEnd <= end ? were.at(-fromEnd) : middle[place];
      if (was !== undefined) found.set(group, was);
    }
  }
  return found;
}

/** By what is written of it, whatever stands before it. */
const saysTheSame = (a: NumbersGroup, b: NumbersGroup): boolean =>
  a.block === b.block &&
  a.kernel === b.kernel &&
  a.depth === b.depth &&
  a.btn === b.btn &&
  a.shape.channels === b.shape.channels;
