import type { Figure } from './evaluate.ts';

/** «.571», «−.24»: a figure between −1 and 1 as statistics write it. */
export const share = (value: number, digits = 3): string =>
  value
    .toFixed(digits)
    .replace(/^(-?)0(?=\.)/, '$1')
    .replace('-', '−');

export const interval = ({ value, low, high }: Figure): string => `${share(value)} (${share(low)} to ${share(high)})`;

/** Not all of it where it is not. */
export const percent = (value: number): string =>
  `${value < 1 && value > 0.99 ? (Math.floor(1000 * value) / 10).toFixed(1) : Math.round(100 * value)} %`;

export const plain = (value: number): string => value.toFixed(2).replace('-', '−');

export const whole = (value: number): string => value.toLocaleString('en-US');

export const mega = (value: number): string => whole(Math.round(value / 1e6));

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const align = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [head, align, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
