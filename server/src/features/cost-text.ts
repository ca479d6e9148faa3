import { namedText, signed, unitText } from '../../../common/numbers.ts';
import type { CostName } from '../cost/budget.ts';
import { costNamed } from '../cost/registry.ts';

const unitOf = (name: CostName) => costNamed(name)?.unit ?? 'count';

/** A cost without its name, for a table that names it: «18.8 G», «91», «31.3 MB». */
export const amountText = (name: CostName, value: number, digits?: number): string =>
  unitText(unitOf(name), value, digits);

/** A cost with what it counts: «18.8 G macs», «91 layers», «31.3 MB memory». */
export const costText = (name: CostName, value: number): string => namedText(unitOf(name), name, value);

/** What a change adds to a cost, with three digits: «+6.2 G macs», «−0.8 ms on phone». */
export const costChange = (name: CostName, change: number): string =>
  signed(change, (value) => namedText(unitOf(name), name, value, 3));
