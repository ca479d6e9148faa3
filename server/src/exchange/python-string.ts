const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

export type DecodedString =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string; readonly at: number };

/** The value of one Python string literal as written, quotes and prefix included. `at` is an offset into it. */
export function decodeString(raw: string): DecodedString {
  const [, prefix = '', quote = ''] = /^([a-zA-Z]*)("""|'''|"|')/.exec(raw) ?? [];
  if (/b/i.test(prefix)) return { ok: false, message: 'Bytes are no text: leave out the b before the quote.', at: 0 };
  const start = prefix.length + quote.length;
  const body = raw.slice(start, raw.length - quote.length).replace(/\r\n?/g, '\n');
  if (/r/i.test(prefix)) return { ok: true, value: body };
  let value = '';
  for (let i = 0; i < body.length; i++) {
    const char = body.charAt(i);
    if (char !== '\\') {
      value += char;
      continue;
    }
    const decoded = decodeEscape(body, i);
    if (typeof decoded === 'string') return { ok: false, message: decoded, at: start + i };
    value += decoded.value;
    i += decoded.length - 1;
  }
  return { ok: true, value };
}

/** The character that the escape at `at` stands for and its length in the text, or what is wrong with it. */
function decodeEscape(body: string, at: number): { readonly value: string; readonly length: number } | string {
  const next = body.charAt(at + 1);
  const simple = SIMPLE[next];
  if (simple !== undefined) return { value: simple, length: 2 };
  if (next === '\n') return { value: '', length: 2 };
  const octal = /^[0-7]{1,3}/.exec(body.slice(at + 1, at + 4))?.[0];
  if (octal !== undefined) return { value: String.fromCodePoint(Number.parseInt(octal, 8)), length: 1 + octal.length };
  const digits = next === 'x' ? 2 : next === 'u' ? 4 : next === 'U' ? 8 : 0;
  if (digits > 0) {
    const hex = body.slice(at + 2, at + 2 + digits);
    const code = /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : Number.NaN;
    if (!(code <= 0x10_ffff)) return `\\${next} needs ${digits} hexadecimal digits of a character.`;
    return { value: String.fromCodePoint(code), length: 2 + digits };
  }
  if (next === 'N') return 'Write the character itself instead of its name: \\N{…} is not read.';
  // Python keeps the backslash of an escape that it does not know.
  return { value: `\\${next}`, length: 2 };
}
