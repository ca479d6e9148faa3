import type * as ast from '../language/generated/ast.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import type { Knowledge } from './knowledge.ts';
import { limitPriceHint, limitPriceText, type Priced, tightest } from './price-text.ts';
import { taskOf, taskScoreName } from './search-report.ts';
import { type ReadySearch, resolveRunnable, runnables } from './search-targets.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * «1 G macs more buys +9.8 score (search from small)», for a line of a budget, by each search of the file that was run in
 * this session and is held to it. Undefined where none is known: nothing is computed here.
 */
export function limitWorth(snapshot: Snapshot, node: ast.Limit, knowledge: Knowledge): string | undefined {
  const priced = pricedSearches(snapshot, knowledge);
  const texts = pricedLimits(snapshot, priced).flatMap(({ written, search, priced: by }) => {
    const text = written.node === node ? limitPriceText(written.limit, by) : undefined;
    return text === undefined ? [] : [`${text} (search ${search.source?.name ?? `from ${search.start.name}`})`];
  });
  return texts.length === 0 ? undefined : `${capitalised(texts.join('; '))}.`;
}

/** What a line of a budget is worth in a few letters, for behind it. */
export interface LimitHint {
  readonly node: ast.Limit;
  readonly cost: string;
  readonly text: string;
}

/** «+1 G → +9.8 Z» for each line of a budget whose price is known, by the first search of the file that has it. */
export function limitHints(snapshot: Snapshot, knowledge: Knowledge): LimitHint[] {
  const hints = new Map<ast.Limit, LimitHint>();
  for (const { written, search, priced } of pricedLimits(snapshot, pricedSearches(snapshot, knowledge))) {
    const { node, limit } = written;
    const text = hints.has(node) ? undefined : limitPriceHint(limit, priced, taskScoreName(search.values));
    if (text !== undefined) hints.set(node, { node, cost: limit.cost, text });
  }
  return [...hints.values()];
}

interface PricedSearch {
  readonly search: ReadySearch;
  readonly priced: Priced;
}

type PricedLimit = PricedSearch & { readonly written: BudgetSource['limits'][number] };

/** The lines that hold the searches: of two limits on one cost the other one has no price. */
const pricedLimits = (snapshot: Snapshot, searches: readonly PricedSearch[]): PricedLimit[] =>
  snapshot.design.budgets.flatMap((budget) =>
    searches
      .filter(({ search }) => search.budgets.includes(budget))
      .flatMap(({ search, priced }) => {
        const holding = tightest(search.budget.limits);
        return budget.limits
          .filter(({ limit }) => holding.some(({ cost, amount }) => cost === limit.cost && amount === limit.amount))
          .map((written) => ({ written, search, priced }));
      }),
  );

/** Nothing is looked for before a search of this session has said what anything is worth: this runs at every key. */
const pricedSearches = (snapshot: Snapshot, knowledge: Knowledge): PricedSearch[] =>
  !knowledge.anyPrices()
    ? []
    : runnables(snapshot).flatMap((runnable) => {
        const resolved = resolveRunnable(snapshot, runnable, [], 'shrink');
        const priced = resolved.ok ? knowledge.prices(taskOf(resolved.search, 1)) : undefined;
        return resolved.ok && priced !== undefined ? [{ search: resolved.search, priced }] : [];
      });

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
