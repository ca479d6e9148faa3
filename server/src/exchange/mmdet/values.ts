import { quoted } from '../pytorch/names.ts';
import { indent } from '../pytorch/python.ts';

/** A value of a config: `dict(…)` for an object, whose undefined entries are left out. */
export type Value = number | string | boolean | null | readonly Value[] | Dict | Tuple;

export interface Dict {
  readonly [key: string]: Value | undefined;
}

/** A tuple, where mmdetection writes one. */
export class Tuple {
  readonly items: readonly number[];

  constructor(...items: readonly number[]) {
    this.items = items;
  }
}

/** Columns of a line. */
const WIDTH = 100;

/** As configs are written: what fits stands on one line, all else an entry on each. */
export function valueText(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return String(value);
  if (value instanceof Tuple) return `(${value.items.join(', ')}${value.items.length === 1 ? ',' : ''})`;
  if (isList(value)) return bracketed('[', value.map(valueText), ']');
  const entries = Object.entries(value).flatMap(([key, own]) =>
    own === undefined ? [] : [`${key}=${valueText(own)}`],
  );
  return bracketed('dict(', entries, ')');
}

const isList = (value: object): value is readonly Value[] => Array.isArray(value);

function bracketed(open: string, items: readonly string[], close: string): string {
  const line = `${open}${items.join(', ')}${close}`;
  if (line.length <= WIDTH - 20 && !line.includes('\n')) return line;
  return `${open}\n${indent(items.map((item) => `${item},`).join('\n'))}\n${close}`;
}
