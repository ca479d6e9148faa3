import type { PartSource } from './detector-source.ts';
import type { Edit } from './problem.ts';
import { spanOf } from './span.ts';

/** An argument more of a neck or head, behind the others or before them; with parentheses where it has none. */
export function insertArgument({ node, kindSpan }: PartSource, text: string, where: 'first' | 'last' = 'last'): Edit {
  const [first] = node.arguments;
  const last = node.arguments.at(-1);
  const insert = (at: number, inserted: string): Edit => ({ span: { start: at, end: at }, text: inserted });
  if (first !== undefined && last !== undefined)
    return where === 'first' ? insert(spanOf(first).start, `${text}, `) : insert(spanOf(last).end, `, ${text}`);
  const rest = node.$cstNode?.root.fullText.slice(kindSpan.end, spanOf(node).end) ?? '';
  const open = rest.indexOf('(');
  return open < 0 ? insert(kindSpan.end, `(${text})`) : insert(kindSpan.end + open + 1, text);
}
