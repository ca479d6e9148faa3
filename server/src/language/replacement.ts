import type { Edit } from './rewrite.ts';

/** What differs between two texts as one replacement, the shortest there is: what both begin and end with stays. */
export function replacement(before: string, after: string): Edit {
  const shared = Math.min(before.length, after.length);
  let start = 0;
  while (start < shared && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (
    tail < shared - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  return { span: { start, end: before.length - tail }, text: after.slice(start, after.length - tail) };
}
