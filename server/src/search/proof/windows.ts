import type { Windows } from '../bound/priced-groups.ts';
import { fullWindows } from '../bound/relaxation.ts';
import type { ChainModel } from '../model/model.ts';
import { SpatialTree } from '../model/spatial.ts';
import type { Part } from './part.ts';

/** Ways through the first groups of a part that are followed, at most. */
const MOST_WAYS = 20_000;

/**
 * What the windows of a part can give by the exact estimator. It depends on the kernels and depths of all groups before,
 * so that every way through these is followed, while they are few; behind too many of them windows count as if no zero
 * were padded to, which is more than any has.
 */
export class PartWindows {
  readonly tree: SpatialTree;
  /** As if no zero were padded to. */
  readonly full: Windows;

  constructor(model: ChainModel) {
    this.tree = new SpatialTree(model);
    this.full = fullWindows(model);
  }

  /** The most that each variant and depth can give in a part, and how many places were looked at. */
  of({ variants, depths }: Part): { readonly windows: Windows; readonly looked: number } {
    let places: readonly number[] = [0];
    let looked = 0;
    const linear: boolean[] = [];
    const nats = this.full.nats.map((full, g) => {
      const [kinds = [], deep = []] = [variants[g], depths[g]];
      linear[g] = true;
      if (places.length === 0 || places.length * kinds.length * deep.length > MOST_WAYS) {
        places = [];
        return full;
      }
      const most = full.map(({ length }) => new Float64Array(length).fill(-Infinity));
      const next: number[] = [];
      for (const place of places)
        for (const v of kinds)
          for (const d of deep) {
            const behind = this.tree.step(place, g, v, d);
            const own = most[v];
            if (own !== undefined && behind >= 0) own[d - 1] = Math.max(own[d - 1] ?? 0, this.tree.worth(behind, g));
            next.push(behind);
          }
      looked += next.length;
      // A full tree tells nothing.
      places = next.includes(-1) ? [] : next;
      if (places.length === 0) return full;
      linear[g] = false;
      return most;
    });
    return { windows: { nats, linear }, looked };
  }
}
