import type { Matcher } from '../matcher.ts';
import { behind, type Found, isDepthwise, isPoint } from '../path.ts';
import { branches, halved } from './shuffle.ts';

/** Depthwise and 1×1, three times. */
const LAYERS = 6;

export const xceptionMatcher: Matcher = {
  block: 'xception',
  *propose(spot) {
    for (const first of branches(spot)) {
      let last: Found | undefined = isDepthwise(spot.net, first) ? first : undefined;
      for (let layer = 1; layer < LAYERS && last !== undefined; layer++) {
        const next = behind(spot.net, last);
        last = next !== undefined && (layer % 2 === 0 || isPoint(next)) ? next : undefined;
      }
      if (last !== undefined) yield* halved(spot, 'xception', { first, window: first, last });
    }
  },
};
