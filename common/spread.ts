/** So many of a list, with its ends and at even distances between them. */
export function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  const places = Array.from({ length: most }, (_, i) => Math.round((i * (all.length - 1)) / Math.max(1, most - 1)));
  return places.flatMap((place) => all.slice(place, place + 1));
}
