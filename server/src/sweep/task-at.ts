import { detectorAtSize } from '../detector/at-size.ts';
import { taskOf } from '../features/search-report.ts';
import type { ReadySearch } from '../features/search-targets.ts';
import type { Design } from '../language/design.ts';
import type { Read } from '../language/quantity.ts';
import { withValues } from '../language/search-settings.ts';
import { spaceNamed } from '../language/spaces.ts';
import { withLimit } from '../search/frontier.ts';
import { isMeasured, type SearchTask } from '../search/task.ts';
import { withProfiles } from '../search/watched.ts';
import type { Point } from './plan.ts';

/** The task of one point of a sweep: that of the text with the point's changes. The same on every machine. */
export function taskAt(search: ReadySearch, { spaces }: Pick<Design, 'spaces'>, point: Point): Read<SearchTask> {
  let ready = search;
  for (const { change } of point) {
    if (change.kind === 'setting') {
      ready = { ...ready, values: withValues(ready.values, [[change.setting, change.value]]) };
    } else if (change.kind === 'input') {
      const sized = atInput(ready, change.size);
      if (sized === undefined)
        return wrong(`${ready.name} cannot be read at ${change.size.height}x${change.size.width}.`);
      ready = sized;
    } else if (change.kind === 'space') {
      const space = spaceNamed(change.name, spaces);
      if (space === undefined) return wrong(`there is no space '${change.name}' in this file.`);
      ready = { ...ready, space };
    }
  }
  let task = taskOf(ready, 1);
  for (const { change } of point) if (change.kind === 'limit') task = withLimit(task, change.cost, change.amount);
  if (isMeasured(task))
    return wrong('searches whose scores are measured are not swept: choose an objective that is a closed form.');
  if (task.timeLimit !== undefined)
    return wrong('this search has a time-limit, and its answers would depend on the machine: take it out of the file.');
  return { ok: true, value: withProfiles(task) };
}

const wrong = (message: string) => ({ ok: false, message }) as const;

/** A search at another image size: with a detector all costs behind its backbone are those of that size. */
function atInput(ready: ReadySearch, size: { height: number; width: number }): ReadySearch | undefined {
  const { start, detector } = ready;
  const sized = { ...ready, start: { ...start, input: { ...start.input, ...size } } };
  if (detector === undefined) return sized;
  const analysis = detector.analysis === undefined ? undefined : detectorAtSize(detector.analysis, size);
  return analysis === undefined ? undefined : { ...sized, detector: { ...detector, analysis } };
}
