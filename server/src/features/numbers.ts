import type { CostName } from '../cost/budget.ts';
import type { CostUnit } from '../cost/definition.ts';
import { costNamed } from '../cost/registry.ts';

/** How numbers are written for people: three or four digits, an SI prefix, and never without saying what they count. */

const PREFIXES = [
  { factor: 1e12, prefix: 'T' },
  { factor: 1e9, prefix: 'G' },
  { factor: 1e6, prefix: 'M' },
  { factor: 1e3, prefix: 'k' },
] as const;

/** 18800000000 → «18.8 G», 25843536 → «25.84 M», 512 → «512». */
export function si(value: number, digits = 4): string {
  const scale = PREFIXES.find(({ factor }) => Math.abs(value) >= factor);
  if (scale === undefined) return String(Number(value.toPrecision(digits)));
  return `${Number((value / scale.factor).toPrecision(digits))} ${scale.prefix}`;
}

/** Nats with as many decimals as a reader compares: «123.4». */
export const nats = (value: number): string => value.toFixed(1);

/** «+4.1», «−0.3» with a real minus sign. */
export function signed(value: number, show: (magnitude: number) => string = nats): string {
  return `${value < 0 ? '−' : '+'}${show(Math.abs(value))}`;
}

export const percent = (ratio: number): string => {
  const value = ratio * 100;
  return `${value < 10 ? Number(value.toPrecision(2)) : Math.round(value)} %`;
};

/** A time that is about to pass: «45 s», «3 min», «2.5 h». */
export function durationText(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** A cost without its name, for a table that names it: «18.8 G», «91», «31.3 MB». */
export const amountText = (name: CostName, value: number): string => unitText(costNamed(name)?.unit ?? 'count', value);

/** An amount by the unit of its cost. */
export function unitText(unit: CostUnit, value: number): string {
  if (unit === 'layers') return String(value);
  return unit === 'bytes' ? `${si(value)}B` : si(value);
}

/** «1 layer», «2 layers» */
export const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

/** A cost with its unit: «18.8 G macs», «91 layers», «31.3 MB memory». */
export const costText = (name: CostName, value: number): string =>
  costNamed(name)?.unit === 'layers' ? counted(value, name.replace(/s$/, '')) : `${amountText(name, value)} ${name}`;

export const shapeText = (shape: { channels: number; height: number; width: number }): string =>
  `${shape.channels}×${shape.height}×${shape.width}`;
