import type { CostName } from '../cost/budget.ts';
import { isOfWhole, limitedCosts } from '../cost/registry.ts';
import type { Design } from '../language/design.ts';
import type { BudgetSource } from '../language/read-budget.ts';
import { isLatency } from '../latency/latency-cost.ts';

/** What may name a device. */
type Naming = Pick<Design, 'budgets' | 'searches'>;

/** Whoever shows many designs of a text asks for each of them. */
const known = new WeakMap<Naming, readonly CostName[]>();

/** The times on devices that a text shows: those that its budgets limit, in its order, and those that its searches minimise. */
export function deviceCosts(text: Naming): readonly CostName[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  const minimised = text.searches.flatMap(({ values }) => values.minimise ?? []);
  const found = [...new Set([...timesLimitedBy(text.budgets), ...minimised.filter(isLatency)])];
  known.set(text, found);
  return found;
}

/** The times on devices that some budgets limit: those in force where the budgets are. */
export const timesLimitedBy = (budgets: readonly Pick<BudgetSource, 'budget'>[]): CostName[] => [
  ...new Set(budgets.flatMap(({ budget }) => budget.limits.map(({ cost }) => cost).filter(isLatency))),
];

/** Every cost that a text shows of a whole network: what a network costs everywhere, and its times on the devices that it names. */
export const shownCosts = (design: Naming): CostName[] => [...limitedCosts(), ...deviceCosts(design)];

/** The same of a part of a network. */
export const shownPartCosts = (design: Naming): CostName[] => shownCosts(design).filter((name) => !isOfWhole(name));
