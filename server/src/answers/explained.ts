import { alternatives, nearest } from '../language/nearest.ts';
import { done, EXIT, fail, type Outcome } from './exit.ts';
import { type Entry, entries, entriesFor } from './explanations.ts';

/**
 * What the documentation says of a diagnostic's code, a term, or a word of the language; of an unknown one the nearest there are.
 *
 * @param otherwise what helps where no word is near
 */
export async function explained(word: string, otherwise: string): Promise<Outcome<readonly Entry[]>> {
  const all = await entries();
  const found = entriesFor(word, all);
  if (found.length > 0) return done(found);
  const near = nearest(word.trim(), new Set(all.map(({ title }) => title)));
  const hint = near.length === 0 ? otherwise : `did you mean ${alternatives(near)}?`;
  return fail(EXIT.input, `Nothing is known here as '${word.trim()}': ${hint}`);
}
