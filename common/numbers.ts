/**
 * How numbers are written for people, by the server, the command line and the views alike: three or four digits, an SI
 * prefix, and never without saying what they count.
 */

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

/** A score by the unit of its objective: nats to a tenth; without one, and large, as a whole number: «123.4», «11118». */
export const scoreAmount = (value: number, unit: string): string =>
  unit === '' && Math.abs(value) >= 1000 ? value.toFixed(0) : nats(value);

/** Nats where the closed forms are held against each other: «123.45». */
export const fineNats = (value: number): string => value.toFixed(2);

/** «+4.1», «−0.3» with a real minus sign. */
export function signed(value: number, show: (magnitude: number) => string = nats): string {
  return `${value < 0 ? '−' : '+'}${show(Math.abs(value))}`;
}

/** A share, two digits while it is small: «0.04 %», «8.4 %», «150 %». */
export const percent = (ratio: number): string => {
  const value = ratio * 100;
  return `${Math.abs(value) < 10 ? Number(value.toPrecision(2)) : Math.round(value)} %`;
};

/** A difference as a share: «12 %»; 99.6 % less is not all of it. */
export function changePercent(ratio: number, digits = 2): string {
  const value = ratio * 100;
  return `${Number(value.toPrecision(value > 99 && value < 100 ? 3 : digits))} %`;
}

/** A time that has passed: «4.2 s», «45 s». */
export const seconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;

/** A time that is about to pass: «45 s», «3 min», «2.5 h». */
export function durationText(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** What a cost is counted in: written with an SI prefix, as bytes, as a whole number, as a plain small number, or as a time. */
export type Unit = 'count' | 'bytes' | 'layers' | 'number' | 'milliseconds';

/** An amount by its unit, for a place that names the cost: «18.8 G», «91», «31.3 MB». */
export function unitText(unit: Unit, value: number, digits = 4): string {
  if (unit === 'layers') return String(value);
  if (unit === 'milliseconds') return milliseconds(value, Math.min(digits, 3));
  const text = si(value, digits);
  if (unit !== 'bytes') return text;
  return /\d$/.test(text) ? `${text} B` : `${text}B`;
}

/** A time on a device: «12.3 ms», «0.42 ms», «1230 ms»; fractions that nobody can measure are left out. */
export const milliseconds = (value: number, digits = 3): string => `${millisecondsOf(value, digits)} ms`;

/** The same without its unit. */
export const millisecondsOf = (value: number, digits = 3): string =>
  String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(digits)));

/** A round part of a budget that is worth a price: the greatest power of ten up to its tenth, 18.8 G → 1 G, 91 → 1. */
export function pricedAmount(unit: Unit, limit: number): number {
  const tenth = 10 ** Math.floor(Math.log10(limit / 10) + 1e-9);
  return unit === 'number' || unit === 'milliseconds' ? tenth : Math.max(1, tenth);
}

/** What more of a budget buys, two digits of it: «+9.8», «+0.031», «+120». */
export const boughtText = (value: number): string =>
  signed(value, (amount) => String(Math.abs(amount) >= 100 ? Math.round(amount) : Number(amount.toPrecision(2))));

/**
 * Whether a budget is the limit of what is reached. All of it once more buys at least a thousandth: prices are found to
 * some hundred-thousandths, and less is none.
 */
export const isTheLimit = (price: number, limit: number, reached: number): boolean => price * limit > 1e-3 * reached;

/** «1 layer», «2 layers» */
export const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

/** An amount with what it counts: «18.8 G macs», «91 layers», «31.3 MB memory», «12.3 ms on phone» of `latency on phone`. */
export function namedText(unit: Unit, name: string, value: number, digits = 4): string {
  if (unit === 'layers') return counted(value, name.replace(/s$/, ''));
  return `${unitText(unit, value, digits)} ${unit === 'milliseconds' ? name.replace(/^latency /, '') : name}`;
}

export const shapeText = (shape: {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}): string => `${shape.channels}×${shape.height}×${shape.width}`;
