import { withWorkers } from '../answers/search-workers.ts';
import type { ReadySearch } from '../features/search-targets.ts';
import { variantPlan } from '../features/search-variants.ts';
import { runSearch } from '../search/node/run-search.ts';
import type { SearchResult, SearchTask } from '../search/task.ts';
import { type Variants, variants } from '../search/variants.ts';
import { interruptibly } from './interruptible.ts';
import { say } from './output.ts';
import { variantLine } from './variants-result.ts';

/** What was searched for a line of `vary`, of how many, and how long it took. */
export interface Varied {
  readonly found: Variants;
  readonly asked: number;
  readonly seconds: number;
}

/** The searches with lighter necks and heads that follow on a search with `vary`; undefined where nothing is varied. */
export async function searchVaried(
  ready: ReadySearch,
  task: SearchTask,
  result: SearchResult,
  json: boolean,
): Promise<Varied | undefined> {
  if (ready.vary.length === 0) return undefined;
  if (task.goal.kind === 'minimise') {
    say('note: nothing is varied while a cost is minimised: a lighter neck or head buys no score.');
    return undefined;
  }
  const plan = variantPlan(ready, task);
  if (plan === undefined) {
    say('note: of what is varied nothing lighter can be built.');
    return undefined;
  }
  const { written, lighter } = plan;
  const begun = performance.now();
  let searched = 0;
  const found = await interruptibly((signal) =>
    withWorkers(task, (pool) =>
      variants(
        task,
        { ...written, result },
        lighter,
        (variant) => runSearch(variant, { pool, signal }),
        (point) => {
          searched += 1;
          if (!json) say(variantLine(task, point, searched / lighter.length));
        },
      ),
    ),
  );
  return { found, asked: lighter.length + 1, seconds: (performance.now() - begun) / 1000 };
}
