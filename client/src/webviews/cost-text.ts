import * as l10n from '@vscode/l10n';
import { namedText, si, unitText } from '../../../common/numbers.ts';

const unitOf = (name: string) => (name === 'layers' ? 'layers' : name === 'memory' ? 'bytes' : 'count');

/** A cost without its name, for a place that names it: «18.8 G», «91», «31.3 MB». */
export const amountText = (name: string, value: number, digits?: number): string =>
  unitText(unitOf(name), value, digits);

/** A cost with what it counts, in VS Code's language: «18.8 G macs», «1 layer», «31.3 MB memory». */
export const costText = (name: string, value: number): string =>
  name === 'memory' ? l10n.t('{0}B memory', si(value)) : namedText(unitOf(name), name, value);
