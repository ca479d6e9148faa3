import type { Backbone } from '../backbone/backbone.ts';
import type { Downstream } from '../cost/downstream.ts';
import { downstreamOf } from '../detector/downstream.ts';
import { type Priced, pricedBy } from '../features/price-text.ts';
import { certificateText } from '../features/search-report.ts';
import type { SnapshotBackbone, SnapshotDetector } from '../features/snapshot.ts';
import type { SearchResult, SearchTask } from '../search/task.ts';
import { designKey } from './design-key.ts';

/** Designs are forgotten in the order they came in: nobody goes back further than this. */
const KEPT = 200;

/** How far found designs can be from the best possible, for the lens over a backbone that is one of them, and what budgets are worth. */
export class Certificates {
  private readonly known = new Map<string, string>();
  private readonly priced = new Map<string, Priced>();

  remember(task: SearchTask, result: SearchResult): void {
    const gap = certificateText(result);
    if (gap !== undefined) keep(this.known, wholeKey(result.backbone, task.downstream), gap);
    const priced = pricedBy(result);
    if (priced === undefined) return;
    // Whoever writes the design into the text searches from it next, and in the same space.
    for (const start of [task.start, result.backbone]) keep(this.priced, taskKey({ ...task, start }), priced);
  }

  of({ source }: SnapshotBackbone): string | undefined {
    return source.backbone === undefined ? undefined : this.known.get(designKey(source.backbone));
  }

  ofDetector({ analysis, fresh }: SnapshotDetector): string | undefined {
    if (analysis === undefined || !fresh) return undefined;
    return this.known.get(wholeKey(analysis.detector.backbone, downstreamOf(analysis)));
  }

  pricesOf(task: SearchTask): Priced | undefined {
    return this.priced.get(taskKey(task));
  }
}

/** Keeps the newest. */
function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of [...map.keys()].slice(0, map.size - KEPT)) map.delete(oldest);
}

/** All that prices depend on: what may be, what is asked for, and not how it is looked for. */
const taskKey = ({ start, downstream, budget: { limits }, space, goal, objective, estimator }: SearchTask): string =>
  JSON.stringify([designKey(start), downstream, limits, space, goal, objective, estimator]);

/** A design, and what stands behind it: a budget of the whole proves nothing for the backbone alone. */
const wholeKey = (backbone: Backbone, downstream: Downstream | undefined): string =>
  downstream === undefined ? designKey(backbone) : `${designKey(backbone)}${JSON.stringify(downstream)}`;
