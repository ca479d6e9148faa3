import { LONGEST_LIST } from '../fields.ts';
import { product } from '../model.ts';
import type { Tensor } from './rule.ts';

/**
 * The numbers of a small constant tensor in another arrangement: `from` says, for a place of the result, which place of the
 * tensor it takes. Undefined where the numbers are not known, or are many.
 */
export function rearranged(
  { dims, values }: Tensor,
  to: readonly number[],
  from: (place: readonly number[]) => readonly number[],
): readonly number[] | undefined {
  const count = product(to);
  if (values === undefined || !(count >= 0 && count <= LONGEST_LIST)) return undefined;
  return Array.from({ length: count }, (_, index) => {
    const place = from(placeOf(index, to));
    return values[place.reduce((all, at, axis) => all * (dims[axis] ?? 1) + at, 0)] ?? 0;
  });
}

/** The coordinates of an element that stands at an index, the last axis running fastest. */
function placeOf(index: number, dims: readonly number[]): number[] {
  const place: number[] = [];
  let rest = index;
  for (const size of [...dims].reverse()) {
    place.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return place;
}
