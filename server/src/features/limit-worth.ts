import type * as ast from '../language/generated/ast.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import type { Knowledge } from './knowledge.ts';
import { limitPriceText, tightest } from './price-text.ts';
import { taskOf } from './search-report.ts';
import { type ReadySearch, resolveRunnable, runnables } from './search-targets.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * «1 G macs more buys +9.8 score (search from small)», for a line of a budget, by each search of the file that was run in
 * this session and is held to it. Undefined where none is known: nothing is computed here.
 */
export function limitWorth(snapshot: Snapshot, node: ast.Limit, knowledge: Knowledge): string | undefined {
  const budget = snapshot.design.budgets.find(({ limits }) => limits.some((limit) => limit.node === node));
  if (budget === undefined) return undefined;
  const written = budget.limits.find((limit) => limit.node === node)?.limit.cost;
  const texts = searchesWithin(snapshot, budget).flatMap((search) => {
    const task = taskOf(search, 1);
    const priced = knowledge.prices(task);
    const limit = tightest(task.budget.limits).find(({ cost }) => cost === written);
    const own = budget.budget.limits.some(({ cost, amount }) => cost === limit?.cost && amount === limit.amount);
    const text = priced === undefined || limit === undefined || !own ? undefined : limitPriceText(limit, priced);
    return text === undefined ? [] : [`${text} (search ${search.source?.name ?? `from ${search.start.name}`})`];
  });
  return texts.length === 0 ? undefined : `${capitalised(texts.join('; '))}.`;
}

const searchesWithin = (snapshot: Snapshot, budget: BudgetSource): ReadySearch[] =>
  runnables(snapshot).flatMap((runnable) => {
    const resolved = resolveRunnable(snapshot, runnable, [], 'shrink');
    return resolved.ok && resolved.search.budgets.includes(budget) ? [resolved.search] : [];
  });

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
