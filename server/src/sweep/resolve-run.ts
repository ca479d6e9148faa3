import { type ReadySearch, resolveRunnable } from '../features/search-targets.ts';
import { snapshotOf } from '../features/snapshot.ts';
import type { Read } from '../language/quantity.ts';
import type { SearchTask } from '../search/task.ts';
import type { Point } from './plan.ts';
import { taskAt } from './task-at.ts';
import type { SweepRun } from './wire.ts';

/** The tasks of a run's points, read from its text alone. What is wrong with it is told by every point. */
export function tasksOf({ text, search }: Pick<SweepRun, 'text' | 'search'>): (point: Point) => Read<SearchTask> {
  const snapshot = snapshotOf(text);
  const resolved = resolveRunnable(snapshot, search, [], 'shrink');
  if (!resolved.ok) return () => resolved;
  return (point) => taskAt(resolved.search, snapshot.design, point);
}

/** How a search of a text is named on the wire. */
export function runnableOf({ source, detector, start }: ReadySearch, searches: readonly unknown[]): SweepRun['search'] {
  if (source !== undefined) return { kind: 'search', id: String(searches.indexOf(source)) };
  return detector === undefined ? { kind: 'backbone', id: start.name } : { kind: 'detector', id: detector.source.name };
}
