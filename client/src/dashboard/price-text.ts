import * as l10n from '@vscode/l10n';
import { boughtText, isTheLimit, pricedAmount } from '../../../common/numbers.ts';
import { amountText, costText } from '../webviews/cost-text.ts';
import type { Run } from './state.ts';

/** What a limit of the budget is worth, for its tile: «1 G more buys +9.8»; undefined where no price is known. */
export function priceText(
  { now, about: { goal, units } }: Run,
  { cost, amount }: Run['about']['limits'][number],
): string | undefined {
  const price = now.prices?.[cost];
  if (price === undefined) return undefined;
  const reached = goal === undefined ? Math.abs(now.score) : (now.best.costs[goal.cost] ?? 0);
  if (!isTheLimit(price, amount, reached)) return l10n.t('not the limit');
  // Who kept a run without its units counts in ones.
  const step = pricedAmount(units[cost] ?? 'count', amount);
  const more = amountText(units, cost, step);
  if (goal === undefined) return l10n.t('{0} more buys {1}', more, boughtText(price * step));
  return l10n.t('{0} more saves {1}', more, costText(units, goal.cost, Number((price * step).toPrecision(3))));
}
