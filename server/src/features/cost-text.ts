import { namedText, unitText } from '../../../common/numbers.ts';
import type { CostName } from '../cost/budget.ts';
import { costNamed } from '../cost/registry.ts';

const unitOf = (name: CostName) => costNamed(name)?.unit ?? 'count';

/** A cost without its name, for a table that names it: «18.8 G», «91», «31.3 MB». */
export const amountText = (name: CostName, value: number): string => unitText(unitOf(name), value);

/** A cost with what it counts: «18.8 G macs», «91 layers», «31.3 MB memory». */
export const costText = (name: CostName, value: number): string => namedText(unitOf(name), name, value);
