import type { DetectorBuilder, Level } from './builder.ts';

/** Levels of a pyramid that regions are cut out of: those up to 1/32 of the image, as RoIAlign does in mmdetection. */
const COARSEST = 5;

/** So many windows cut out of the levels, one below the other. Which level each is from costs nothing and changes no shape. */
export function regionsOf(
  net: DetectorBuilder,
  levels: readonly Level[],
  regions: number,
  size: number,
  place: string,
): Level {
  const read = levels.filter(({ shape }) => shape.halvings <= COARSEST);
  return net.add(place, read.length > 0 ? read : levels.slice(-1), (cell, ...refs) =>
    cell.behind({ op: 'regions', regions, size }, refs),
  );
}
