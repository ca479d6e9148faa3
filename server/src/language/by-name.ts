/**
 * A way to look up the members of a list by a name of theirs, in the order of the list. A list is sorted by names once:
 * all uses of all names are looked up with every keystroke.
 */
export function byName<T>(
  nameOf: (member: T) => string | undefined,
): (list: readonly T[], name: string | undefined) => readonly T[] {
  const sorted = new WeakMap<readonly T[], ReadonlyMap<string | undefined, readonly T[]>>();
  return (list, name) => {
    const names = sorted.get(list) ?? Map.groupBy(list, nameOf);
    sorted.set(list, names);
    return names.get(name) ?? [];
  };
}
