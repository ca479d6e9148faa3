import type { Backbone } from '../backbone/backbone.ts';
import { certificateText } from '../features/search-report.ts';
import type { SnapshotBackbone } from '../features/snapshot.ts';
import type { SearchResult } from '../search/task.ts';
import { onceFor } from './once-for.ts';

/** Designs are forgotten in the order they came in: nobody goes back further than this. */
const KEPT = 200;

/** How far found designs can be from the best possible, for the lens over a backbone that is one of them. */
export class Certificates {
  private readonly known = new Map<string, string>();

  remember(result: SearchResult): void {
    const gap = certificateText(result);
    if (gap === undefined) return;
    this.known.set(keyOf(result.backbone), gap);
    for (const oldest of [...this.known.keys()].slice(0, this.known.size - KEPT)) this.known.delete(oldest);
  }

  of({ source }: SnapshotBackbone): string | undefined {
    return source.backbone === undefined ? undefined : this.known.get(keyOf(source.backbone));
  }
}

/** The design without its name: whoever renames a backbone keeps what is known of it. */
const keyOf = onceFor(({ input, groups, weights }: Backbone): string => JSON.stringify({ input, groups, weights }));
