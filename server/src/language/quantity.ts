import type { NumberRule } from '../backbone/arguments.ts';
import type { Span } from './problem.ts';

export type { NumberRule } from '../backbone/arguments.ts';

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

const SI = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12 } as const;
const BYTES = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 } as const;

const SECONDS = { '': 1, ms: 1e-3, s: 1, min: 60 } as const;
const MILLISECONDS = { '': 1, us: 1e-3, ms: 1, s: 1e3 } as const;

/** The suffixes of a kind of number, each with its factor, and how they are named in messages. */
function suffixesOf({ unit }: NumberRule): {
  readonly factors: Readonly<Record<string, number>>;
  readonly names: string;
} {
  if (unit === 'seconds') return { factors: SECONDS, names: 'ms, s or min' };
  if (unit === 'milliseconds') return { factors: MILLISECONDS, names: 'us, ms or s' };
  if (unit === 'bytes') return { factors: { ...SI, ...BYTES }, names: 'B, kB, MB, GB, KiB, MiB or GiB' };
  return { factors: SI, names: 'k, M, G or T' };
}

const FORMAT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/** Reads one QUANTITY token, such as 64, 18.8G, 2GB or 50%, against its rule; the message says what would be right. */
export function readQuantity(text: string, rule: NumberRule): Read<number> {
  const wrong = (what: (expected: string) => string): Read<number> => {
    return { ok: false, message: what(`${rule.what} must be ${describe(rule)}`) };
  };
  const parts = /^(-?\d+(?:\.\d+)?(?:e\d+)?)([a-zA-Z%]*)$/u.exec(text);
  if (parts === null) {
    return wrong((expected) => `'${text}' is not a number: ${expected}.`);
  }
  const [, digits = '', suffix = ''] = parts;
  let value: number;
  if (rule.unit === 'percent') {
    if (suffix !== '%' && suffix !== '') return wrong((expected) => `'${text}' is not a percentage: ${expected}.`);
    value = Number(digits) / (suffix === '%' ? 100 : 1);
  } else {
    const { factors, names } = suffixesOf(rule);
    const factor = Object.hasOwn(factors, suffix) ? factors[suffix] : undefined;
    if (factor === undefined)
      return wrong((expected) => `'${suffix}' is not a unit here: ${expected}, with ${names} as a suffix.`);
    value = Number(digits) * factor;
    // 18.8 × 10⁹ is not exact in binary; a count of MACs is.
    if (factor !== 1) value = Number(value.toPrecision(15));
  }
  const outside = !Number.isFinite(value) || value > rule.max || value < rule.min;
  if (outside || (rule.whole && !Number.isInteger(value))) return wrong((expected) => `${expected}, not ${text}.`);
  if (rule.odd === true && value % 2 === 0)
    return wrong((expected) => `${expected}, not ${text}: an even kernel has no centre.`);
  return { ok: true, value };
}

function describe(rule: NumberRule): string {
  if (rule.unit === 'percent') return 'between 0% and 100%';
  if (rule.unit === 'seconds') return `a time from ${FORMAT.format(rule.min)} s to ${FORMAT.format(rule.max)} s`;
  if (rule.unit === 'milliseconds') return `a time from ${rule.min} ms to ${rule.max / 1000} s`;
  const kind = rule.odd === true ? 'an odd whole number' : rule.whole ? 'a whole number' : 'a number';
  return `${kind} from ${FORMAT.format(rule.min)} to ${FORMAT.format(rule.max)}`;
}

/** A number of the text with the place it stands at. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}
