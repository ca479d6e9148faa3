import * as l10n from '@vscode/l10n';

/** How the views write numbers: as the hints do, with a convention or unit beside them. */

const SCALES = [
  { factor: 1e12, prefix: 'T' },
  { factor: 1e9, prefix: 'G' },
  { factor: 1e6, prefix: 'M' },
  { factor: 1e3, prefix: 'k' },
] as const;

/** 18800000000 → «18.8 G», 91 → «91». */
export function si(value: number, digits = 4): string {
  const scale = SCALES.find(({ factor }) => Math.abs(value) >= factor);
  if (scale === undefined) return String(Number(value.toPrecision(digits)));
  return `${Number((value / scale.factor).toPrecision(digits))} ${scale.prefix}`;
}

/** A cost without its name, for a place that names it: «18.8 G», «91», «31.3 MB». */
export function amountText(name: string, value: number, digits = 4): string {
  if (name === 'layers') return String(value);
  return name === 'memory' ? `${si(value, digits)}B` : si(value, digits);
}

/** A cost with what it counts: «18.8 G macs», «1 layer», «31.3 MB memory». */
export function costText(name: string, value: number): string {
  if (name === 'memory') return l10n.t('{0}B memory', si(value));
  return name === 'layers' && value === 1 ? '1 layer' : `${amountText(name, value)} ${name}`;
}

export function percent(ratio: number): string {
  const value = ratio * 100;
  return `${Math.abs(value) < 10 ? Number(value.toPrecision(2)) : Math.round(value)} %`;
}

export const nats = (value: number): string => value.toFixed(1);

/** «+4.1», «−0.3» with a real minus sign. */
export const signed = (value: number, text: (magnitude: number) => string = nats): string =>
  `${value < 0 ? '−' : '+'}${text(Math.abs(value))}`;

export const seconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
