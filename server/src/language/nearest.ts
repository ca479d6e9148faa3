import { distance } from 'fastest-levenshtein';

/** The candidates that a misspelt word may have meant, best first: at most a third of its letters differ, or two, and never more than half. */
export function nearest(word: string, candidates: Iterable<string>): string[] {
  const limit = Math.max(2, Math.floor(word.length / 3));
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= limit && 2 * edits <= Math.max(word.length, candidate.length))
    .sort((a, b) => a.edits - b.edits)
    .map(({ candidate }) => candidate);
}

/** What words of other tools are called here, the likeliest first; none where the language has no such thing. */
export type Synonyms = Readonly<Record<string, readonly string[]>>;

/** `kernel_size`, `kernelSize` and `KernelSize` are one word. */
export const plain = (word: string): string => word.toLowerCase().replace(/[_-]/g, '');

/** Shorter words are too near to too many others. */
const LONG = 5;

/**
 * The candidates that a word may have meant: what others call so, or what is spelled nearly so, or nearly as others call
 * it. Letters say nothing about a word that has a meaning of its own.
 */
export function meantBy(word: string, candidates: readonly string[], synonyms: Synonyms): string[] {
  const known = plain(word);
  const meant = (synonym: string): string[] => (synonyms[synonym] ?? []).filter((name) => candidates.includes(name));
  if (candidates.some((name) => plain(name) === known)) return candidates.filter((name) => plain(name) === known);
  if (Object.hasOwn(synonyms, known)) return meant(known);
  const near = nearest(word, candidates);
  if (near.length > 0 || known.length < LONG) return near;
  const [synonym] = nearest(known, Object.keys(synonyms));
  return synonym === undefined ? [] : meant(synonym);
}

/** «a, b or c» */
export const alternatives = (words: readonly string[]): string => joined(words, 'or');

/** «a, b and c» */
export const together = (words: readonly string[]): string => joined(words, 'and');

function joined(words: readonly string[], last: string): string {
  const end = words[words.length - 1] ?? '';
  return words.length < 2 ? end : `${words.slice(0, -1).join(', ')} ${last} ${end}`;
}
