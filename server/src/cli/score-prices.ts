import { amountText } from '../features/cost-text.ts';
import { pricesText } from '../features/price-text.ts';
import { taskOf } from '../features/search-report.ts';
import { resolveRunnable, runnables } from '../features/search-targets.ts';
import type { Snapshot } from '../features/snapshot.ts';
import { certify } from '../search/bound/bound.ts';
import { pricesOf } from '../search/bound/prices.ts';
import { evaluatorFor } from '../search/model/evaluator-for.ts';
import { prepare } from '../search/model/prepare.ts';
import type { SearchTask } from '../search/task.ts';

/** «search r50: no design scores above 2095.5; 1 G macs more buys +7.7 score», for each search of a file that has a bound. */
export function searchPrices(snapshot: Snapshot): string[] {
  return runnables(snapshot).flatMap((runnable) => {
    if (runnable.kind !== 'search') return [];
    const resolved = resolveRunnable(snapshot, runnable, [], 'shrink');
    const text = resolved.ok ? worthOf(taskOf(resolved.search, 1)) : undefined;
    return text === undefined ? [] : [`${runnable.label}: ${text}`];
  });
}

/** What a task's bound and budget say before anything is searched: a tenth of a second for a chain, and nothing for a graph. */
function worthOf(task: SearchTask): string | undefined {
  const prepared = prepare(task);
  const certificate = prepared.kind === 'problem' ? undefined : certify(task);
  if (prepared.kind === 'problem' || certificate === undefined) return undefined;
  const prices = pricesOf(task, certificate, evaluatorFor(prepared.model, 1));
  if (prices === undefined) return undefined;
  const { goal } = task;
  const { bound } = certificate;
  const said =
    goal.kind === 'maximise'
      ? `no design within ${task.budget.name} scores above ${bound.toFixed(1)}`
      : `no design that holds the score has less than ${amountText(goal.cost, bound)} ${goal.cost}`;
  const worth = pricesText(task.budget.limits, { prices, goal, reached: Math.abs(bound) });
  return worth === undefined ? said : `${said}; ${worth}`;
}
