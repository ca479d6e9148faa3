import { type AstNode, GrammarUtils } from 'langium';
import type { Edit } from './problem.ts';
import { spanOf } from './span.ts';

/** One of a list goes with the comma before it, or after it when it is the first; a comment between them stays. */
export function argumentRemoval(node: AstNode, written: AstNode): Edit[] {
  const own = spanOf(written);
  const text = node.$cstNode?.root.fullText ?? '';
  const commas = GrammarUtils.findNodesForKeyword(node.$cstNode, ',');
  const before = commas.findLast((c) => c.end <= own.start);
  const comma = before ?? commas.find((c) => c.offset >= own.end);
  const remove = (start: number, end: number): Edit => ({ span: { start, end }, text: '' });
  if (comma === undefined) return [remove(own.start, own.end)];
  const between = before === undefined ? text.slice(own.end, comma.offset) : text.slice(comma.end, own.start);
  if (before !== undefined && /^\s*$/.test(between)) return [remove(comma.offset, own.end)];
  if (before === undefined && /^\s*$/.test(between)) {
    const space = /^[^\S\r\n]*/.exec(text.slice(comma.end))?.[0].length ?? 0;
    return [remove(own.start, comma.end + space)];
  }
  return before === undefined
    ? [remove(own.start, own.end), remove(comma.offset, comma.end)]
    : [remove(comma.offset, comma.end), remove(own.start, own.end)];
}
