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
  /** By design, then by what stands behind it: a budget of the whole proves nothing for the backbone alone. */
  private readonly known = new Map<string, ReadonlyMap<string, string>>();
  private readonly priced = new Map<string, Priced>();
  private listener: () => void = () => undefined;

  /** Runs whenever it is known what another budget is worth. */
  onPrices(listener: () => void): void {
    this.listener = listener;
  }

  remember(task: SearchTask, result: SearchResult): void {
    const gap = certificateText(result);
    if (gap !== undefined) {
      const design = designKey(result.backbone);
      keep(this.known, design, new Map([...(this.known.get(design) ?? []), [wholeKey(task.downstream), gap]]));
    }
    const priced = pricedBy(result);
    if (priced === undefined) return;
    // Whoever writes the design into the text searches from it next, and in the same space.
    for (const start of [task.start, result.backbone]) keep(this.priced, taskKey({ ...task, start }), priced);
    this.listener();
  }

  of({ source }: SnapshotBackbone): string | undefined {
    // Before a search ran no design is written to ask for it.
    if (source.backbone === undefined || this.known.size === 0) return undefined;
    return this.known.get(designKey(source.backbone))?.get(wholeKey(undefined));
  }

  ofDetector({ analysis, fresh }: SnapshotDetector): string | undefined {
    if (analysis === undefined || !fresh || this.known.size === 0) return undefined;
    // What stands behind it is worked out for designs that some search has found, and not at every key.
    return this.known.get(designKey(analysis.detector.backbone))?.get(wholeKey(downstreamOf(analysis)));
  }

  hasPrices(): boolean {
    return this.priced.size > 0;
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
const taskKey = ({
  start,
  downstream,
  budget: { limits },
  space,
  goal,
  objective,
  estimator,
  profiles,
}: SearchTask): string =>
  JSON.stringify([designKey(start), downstream, limits, space, goal, objective, estimator, profiles]);

const wholeKey = (downstream: Downstream | undefined): string => JSON.stringify(downstream ?? null);
