import { namedText, type Unit, unitText } from '../../../common/numbers.ts';

/** What each cost is counted in, as the server says it. */
export type Units = Readonly<Record<string, Unit>>;

/** A run that an older version kept does not say it. */
const unitOf = (units: Units, name: string): Unit => units[name] ?? 'count';

/** A cost without its name, for a place that names it: «18.8 G», «91», «31.3 MB». */
export const amountText = (units: Units, name: string, value: number, digits?: number): string =>
  unitText(unitOf(units, name), value, digits);

/** A cost with what it counts: «18.8 G macs», «1 layer», «31.3 MB memory». */
export const costText = (units: Units, name: string, value: number): string =>
  namedText(unitOf(units, name), name, value);
