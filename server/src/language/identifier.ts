/** Words of the grammar that cannot be names. A test holds this list against the grammar. */
export const KEYWORDS: readonly string[] = [
  'backbone',
  'budget',
  'entropy',
  'input',
  'on',
  'search',
  'stage',
  'start',
  'stem',
  'within',
  'x',
];

/** A name that the language accepts, as close to the text as possible: `1-net` → `_1-net`, `my net` → `my_net`. */
export function identifier(text: string): string {
  const words = text
    .split('-')
    .map((word) => word.replace(/[^\p{L}\p{M}\p{N}_]/gu, '_'))
    .filter((word) => word !== '')
    // A combining mark cannot begin a word; digits can, but not the name.
    .map((word) => (/^\p{M}/u.test(word) ? `_${word}` : word));
  const name = words.join('-');
  if (name === '') return 'unnamed';
  if (KEYWORDS.includes(name)) return `${name}_`;
  return /^[\p{L}_]/u.test(name) ? name : `_${name}`;
}
