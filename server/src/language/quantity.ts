import type { Span } from './problem.ts';

/** What a number may be. Bounds are inclusive. */
export interface NumberRule {
  readonly what: string;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  readonly odd?: boolean;
  readonly unit?: 'bytes' | 'percent';
}

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

const SI = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12 } as const;
const BYTES = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 } as const;

const factorOf = (suffix: string, rule: NumberRule): number | undefined => {
  if (Object.hasOwn(SI, suffix)) return SI[suffix as keyof typeof SI];
  if (rule.unit === 'bytes' && Object.hasOwn(BYTES, suffix)) return BYTES[suffix as keyof typeof BYTES];
  return undefined;
};

const FORMAT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/** Reads one QUANTITY token, such as 64, 18.8G, 2GB or 50%, against its rule; the message says what would be right. */
export function readQuantity(text: string, rule: NumberRule): Read<number> {
  const wrong = (what: (expected: string) => string): Read<number> => {
    return { ok: false, message: what(`${rule.what} must be ${describe(rule)}`) };
  };
  const parts = /^(-?\d+(?:\.\d+)?(?:e\d+)?)([a-zA-Z%]*)$/u.exec(text);
  if (parts === null) {
    const glued = /^\d+(?:x\d+)+$/.test(text) ? `; put spaces around the x: ${text.replaceAll('x', ' x ')}` : '';
    return wrong((expected) => `'${text}' is not a number: ${expected}${glued}.`);
  }
  const [, digits = '', suffix = ''] = parts;
  let value: number;
  if (rule.unit === 'percent') {
    if (suffix !== '%' && suffix !== '') return wrong((expected) => `'${text}' is not a percentage: ${expected}.`);
    value = Number(digits) / (suffix === '%' ? 100 : 1);
  } else {
    const factor = factorOf(suffix, rule);
    if (factor === undefined) {
      const suffixes = rule.unit === 'bytes' ? 'B, kB, MB, GB, KiB, MiB or GiB' : 'k, M, G or T';
      return wrong((expected) => `'${suffix}' is not a unit here: ${expected}, with ${suffixes} as a suffix.`);
    }
    value = Number(digits) * factor;
    // 18.8 × 10⁹ is not exact in binary; a count of MACs is.
    if (factor > 1) value = Number(value.toPrecision(15));
  }
  const outside = !Number.isFinite(value) || value > rule.max || value < rule.min;
  if (outside || (rule.whole && !Number.isInteger(value))) return wrong((expected) => `${expected}, not ${text}.`);
  if (rule.odd === true && value % 2 === 0)
    return wrong((expected) => `${expected}, not ${text}: an even kernel has no centre.`);
  return { ok: true, value };
}

function describe(rule: NumberRule): string {
  if (rule.unit === 'percent') return 'between 0% and 100%';
  const kind = rule.odd === true ? 'an odd whole number' : rule.whole ? 'a whole number' : 'a number';
  return `${kind} from ${FORMAT.format(rule.min)} to ${FORMAT.format(rule.max)}`;
}

/** A number of the text with the place it stands at. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}
