import type { Token } from './cursor-context.ts';
import { type GroupPlace, groupPlace } from './cursor-group.ts';

/** Where a word of a graph is typed that is no part of a group. */
export type GraphPlace =
  | { readonly kind: 'node-name' | 'share' | 'output-name' | 'output-node' }
  /** What a node reads; the first of it may be a concatenation, and what is resampled may be read as it is. */
  | { readonly kind: 'read'; readonly first: boolean; readonly resampled: boolean }
  /** Behind a clause, which says whether another may follow. */
  | { readonly kind: 'statement'; readonly after: 'node' | 'at' | 'other' };

/** The place behind the words of a node line. */
export function nodePlace(index: number, words: readonly Token[]): GroupPlace | GraphPlace {
  if (words.length === 0) return { kind: 'node-name' };
  const clause = words.findLastIndex((t) => t.begins === 'clause' && (t.text === 'at' || t.text === 'from'));
  if (clause < 0) {
    const place = groupPlace(
      'node',
      index,
      words.slice(1).map((t) => t.text),
    );
    return place.kind === 'statement' && place.after === 'depth' ? { kind: 'statement', after: 'node' } : place;
  }
  const rest = words.slice(clause + 1);
  const last = rest.at(-1)?.text;
  if (words[clause]?.text === 'at') return last === undefined ? { kind: 'share' } : { kind: 'statement', after: 'at' };
  const resampled = words.some((t) => t.begins === 'clause' && t.text === 'at');
  if (last === undefined || last === ',' || last === '(' || last === 'as')
    return { kind: 'read', first: last === undefined, resampled: resampled && last !== 'as' };
  const open = rest.some((t) => t.text === '(') && !rest.some((t) => t.text === ')');
  return open || last === 'concat' ? { kind: 'none' } : { kind: 'statement', after: 'other' };
}

/** The place behind the words of an output line. */
export function outputPlace(words: readonly string[]): GraphPlace | GroupPlace {
  const last = words.at(-1);
  if (last === undefined || last === ',') return { kind: 'output-name' };
  if (last === ':') return { kind: 'output-node' };
  return words.at(-2) === ':' ? { kind: 'statement', after: 'other' } : { kind: 'none' };
}
