import { boughtText, isTheLimit, pricedAmount } from '../../../common/numbers.ts';
import { type CostName, costOf, type Limit } from '../cost/budget.ts';
import type { Costs } from '../cost/cost.ts';
import { costNamed } from '../cost/registry.ts';
import type { Prices } from '../search/bound/prices.ts';
import type { Goal, SearchResult } from '../search/task.ts';
import { amountText, costText } from './cost-text.ts';

/** What the prices of a search are to be said of. */
export interface Priced {
  readonly prices: Prices;
  readonly goal: Goal;
  /** The score, or the minimised cost, beside which a price is much or nothing. */
  readonly reached: number;
}

/** The prices of a result; undefined where none are known. */
export function pricedBy({ prices, goal, score, costs }: SearchResult): Priced | undefined {
  return prices === undefined ? undefined : { prices, goal, reached: reachedBy(goal, score, costs) };
}

const reachedBy = (goal: Goal, score: number, costs: Costs): number =>
  goal.kind === 'maximise' ? Math.abs(score) : costOf(costs, goal.cost);

/** «1 G macs more buys +9.8 score», «layers are not the limit»; undefined for a limit without a price. */
export function limitPriceText({ cost, amount }: Limit, { prices, goal, reached }: Priced): string | undefined {
  const price = prices.costs[cost];
  if (price === undefined) return undefined;
  if (!isTheLimit(price, amount, reached)) return notTheLimit([cost]);
  const step = pricedAmount(costNamed(cost)?.unit ?? 'count', amount);
  return goal.kind === 'maximise'
    ? `${costText(cost, step)} more buys ${boughtText(price * step)} score`
    : `${costText(cost, step)} more saves ${savedText(goal.cost, price * step)}`;
}

/** «+1 G → +9.8 Z», «+1 → −30.8 k params», «not the limit»: behind a line that says of which cost it is. */
export function limitPriceHint(
  { cost, amount }: Limit,
  { prices, goal, reached }: Priced,
  score: string,
): string | undefined {
  const price = prices.costs[cost];
  if (price === undefined) return undefined;
  if (!isTheLimit(price, amount, reached)) return 'not the limit';
  const step = pricedAmount(costNamed(cost)?.unit ?? 'count', amount);
  const bought =
    goal.kind === 'maximise' ? `${boughtText(price * step)} ${score}` : `−${savedText(goal.cost, price * step)}`;
  return `+${amountText(cost, step)} → ${bought}`;
}

/** «1 G macs more buys +9.8 score; params and layers are not the limit», and what a nat to hold takes; undefined without any. */
export function pricesText(limits: readonly Limit[], priced: Priced): string | undefined {
  const { prices, goal, reached } = priced;
  const known = tightest(limits).filter(({ cost }) => prices.costs[cost] !== undefined);
  const isLimit = ({ cost, amount }: Limit): boolean => isTheLimit(prices.costs[cost] ?? 0, amount, reached);
  const others = known.filter((limit) => !isLimit(limit)).map(({ cost }) => cost);
  const parts = [
    ...known.filter(isLimit).map((limit) => limitPriceText(limit, priced)),
    goal.kind === 'minimise' && prices.held !== undefined
      ? `a score of 1 more to hold takes ${savedText(goal.cost, prices.held)}`
      : undefined,
    others.length === 0 ? undefined : notTheLimit(others),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** Of several limits on one cost the one that holds. */
export const tightest = (limits: readonly Limit[]): Limit[] =>
  limits.filter(
    ({ cost, amount }, at) =>
      !limits.some((other, i) => other.cost === cost && (other.amount < amount || (other.amount === amount && i < at))),
  );

function notTheLimit(costs: readonly CostName[]): string {
  const plural = costs.length > 1 || costs[0]?.endsWith('s') === true;
  const last = costs.at(-1) ?? '';
  const names = costs.length > 1 ? `${costs.slice(0, -1).join(', ')} and ${last}` : last;
  return `${names} ${plural ? 'are' : 'is'} not the limit`;
}

/** «41 k params», «0.31 layers»: a slope has parts of what is whole. */
const savedText = (cost: CostName, amount: number): string => costText(cost, Number(amount.toPrecision(3)));
