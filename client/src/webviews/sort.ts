/** By which column rows are ordered. */
export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** The column of the rows' own order, which is no order of numbers. */
export const FILE_ORDER = 'group';

/**
 * A column that is pressed again and again: the largest first, the smallest first, as in the file.
 * @param descending whether it begins with the largest; words begin with the first of the alphabet
 */
export function nextSort(sort: Sort | undefined, column: string, descending = true): Sort | undefined {
  if (column === FILE_ORDER) return undefined;
  if (sort?.column !== column) return { column, descending };
  return sort.descending === descending ? { column, descending: !descending } : undefined;
}

/** What the head of a column says of the order, as `aria-sort` has it. */
export function orderOf(column: string, sort: Sort | undefined): 'ascending' | 'descending' | undefined {
  if (column === FILE_ORDER) return sort === undefined ? 'ascending' : undefined;
  if (sort?.column !== column) return undefined;
  return sort.descending ? 'descending' : 'ascending';
}

/** In order of a number; those that are equal stay as they were. */
export const sorted = <T>(items: readonly T[], { descending }: Sort, by: (item: T) => number): T[] =>
  items.toSorted((a, b) => (descending ? by(b) - by(a) : by(a) - by(b)));

/** The order that was kept, as far as it is one. */
export function keptSort(kept: unknown): Sort | undefined {
  if (typeof kept !== 'object' || kept === null || !('sort' in kept)) return undefined;
  const { sort } = kept;
  if (typeof sort !== 'object' || sort === null || !('column' in sort) || !('descending' in sort)) return undefined;
  const { column, descending } = sort;
  return typeof column === 'string' && typeof descending === 'boolean' ? { column, descending } : undefined;
}
